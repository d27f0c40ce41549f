/**
 * A published promise, against the real program: an acknowledged revocation survives that the server is killed the
 * moment it was acknowledged.
 */
import { after, before, describe, it } from 'node:test';
import { type GrantedInstallation, startGrantedInstallation } from '../support/granted-installation.ts';
import { placeOfStores } from '../support/stores.ts';
import { killAtAcknowledgements } from './killed-revocations.ts';
import { isLongRun, tallyOf } from './promise.ts';

describe('an acknowledged revocation', () => {
  const tallies = {
    kills: tallyOf(1, 'the server killed at the moment of an acknowledgement'),
    revocations: tallyOf(1, 'acknowledged revocations looked for after all kills of the server'),
  };
  const installations = isLongRun() ? 5 : 1;
  const promised = (placeOfStores() === 'SQLite' ? 500 : 100) / installations;
  const worlds: GrantedInstallation[] = [];
  before(async () => {
    while (worlds.length < installations) worlds.push(await startGrantedInstallation());
  });
  after(() => Promise.all(worlds.map(({ installation }) => installation.stop())));

  // Each kill waits for a start: several installations wait at the same time.
  it('survives a kill at the moment it was acknowledged', async () => {
    const howOften = { usually: 4, long: promised, promised };
    const kills = worlds.map((world) =>
      killAtAcknowledgements(world, () => world.installation.crash(), howOften, tallies),
    );
    await Promise.all(kills);
  });
});
