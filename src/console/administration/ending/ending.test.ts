import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readText } from '../../../../test/support/html-page.ts';
import { anApiKey, anEvent } from '../../../../test/support/records.ts';
import { registerConsumer, rotateConsumer } from '../../../administration/index.ts';
import { nowSeconds } from '../../../base/index.ts';
import { StorageUnavailable } from '../../../model/index.ts';

const PATH = '/oauth/admin/ending';

describe('what ends soon', () => {
  let world: AdministrationPagesWorld;
  const html = async (path: string) => (await world.root.get(path)).text();
  beforeEach(async () => {
    world = await openAdministration();
    const credential = { kind: 'generated-secret' } as const;
    await registerConsumer(world.context, { key: 'wiki', name: 'Wiki', credential }, 'root');
  });

  it('is nothing at first, and then the page says what will be there', async () => {
    assert.match(readText(await html(PATH)), /Nothing ends soon[\s\S]*14 days before they end/u);
    assert.doesNotMatch(await html(PATH), /class="waiting"/u);
  });

  it('is listed with its end and what to do, counted beside its name, and told where administrators begin', async () => {
    await rotateConsumer(world.context, 'wiki', { credential: { kind: 'generated-secret' } }, 'root');
    const expiresAt = nowSeconds(world.context.clock) + 3600;
    await world.context.storage.apiKeys.add(
      anApiKey('k', { userName: 'alice', label: 'Nightly', expiresAt }),
      anEvent(),
    );
    const page = await html(PATH);
    assert.match(
      readText(page),
      /Nightly alice API key of a user[\s\S]*Wiki Old key or secret of a consumer/u,
    );
    assert.match(page, /Ends soon <span class="waiting">2</u);
    const start = readText(await html('/oauth/admin/consumers'));
    assert.match(start, /2 keys or secrets end within 14 days\. Show which/u);
    assert.doesNotMatch(readText(await html('/oauth/admin/consumers?q=wiki')), /Show which/u);
    assert.match(readText(await html(`${PATH}?lang=ja`)), /コンシューマの古い鍵または秘密/u);
  });

  it('is told to administrators only', async () => {
    const alice = world.browser();
    await alice.logIn('alice');
    assert.equal((await alice.get(PATH)).status, 403);
    assert.doesNotMatch(await (await alice.get('/oauth/account')).text(), /Ends soon/u);
  });

  it('is left out of the navigation while storage does not say, so that other pages come', async () => {
    world.context.storage.endings.listBetween = () => Promise.reject(new StorageUnavailable('disk full'));
    const answer = await world.root.get('/oauth/admin/users');
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /Ends soon<\/a>/u);
  });
});
