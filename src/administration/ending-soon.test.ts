import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  BEGINNING,
  createAdministrationWorld,
} from '../../test/support/administration-world.ts';
import { becomeInstallation } from '../../test/support/own-identity.ts';
import { anApiKey, anEvent } from '../../test/support/records.ts';
import {
  ENDS_SOON_DAYS,
  endingSoon,
  registerConsumer,
  rotateConsumer,
  rotateInstallationKey,
} from './index.ts';

const DAY = 86_400;

describe('what ends soon', () => {
  let world: AdministrationWorld;
  const kinds = async () => (await endingSoon(world.context)).map(({ kind }) => kind);
  beforeEach(async () => {
    world = await createAdministrationWorld();
    await becomeInstallation(world.context, 'Tracker');
    const credential = { kind: 'generated-secret' } as const;
    await registerConsumer(world.context, { key: 'wiki', name: 'Wiki', credential }, 'alice');
  });

  it('is the old credential of a consumer, our key while the next one waits, and API keys with a last day', async () => {
    assert.deepEqual(await kinds(), []);
    const rotation = { credential: { kind: 'generated-secret' }, overlapSeconds: 3 * DAY } as const;
    await rotateConsumer(world.context, 'wiki', rotation, 'alice');
    await rotateInstallationKey(world.context, { overlapSeconds: 5 * DAY, modulusBits: 2048 }, 'alice');
    const key = anApiKey('k', { userName: 'bob', label: 'Nightly', expiresAt: BEGINNING + DAY });
    await world.context.storage.apiKeys.add(key, anEvent());
    assert.deepEqual(await kinds(), ['api-key', 'consumer-credential', 'installation-key']);
    assert.ok(!JSON.stringify(await endingSoon(world.context)).includes(key.hash));
    world.clock.advance(4 * DAY);
    assert.deepEqual(await kinds(), ['installation-key']);
    world.clock.advance(2 * DAY);
    assert.deepEqual(await kinds(), []);
  });

  it('is not what ends later', async () => {
    const rotation = { credential: { kind: 'generated-secret' }, overlapSeconds: 30 * DAY } as const;
    await rotateConsumer(world.context, 'wiki', rotation, 'alice');
    assert.deepEqual(await kinds(), []);
    world.clock.advance((30 - ENDS_SOON_DAYS) * DAY);
    assert.deepEqual(await kinds(), ['consumer-credential']);
  });
});
