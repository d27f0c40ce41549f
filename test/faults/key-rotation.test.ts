/**
 * The key that seals the secrets in the database is replaced while a real server is at work: no request and no dance
 * fails for it, before, during or after, and what was sealed before opens.
 */
import { after, before, describe, it } from 'node:test';
import { type GrantedInstallation, send, startGrantedInstallation } from '../support/granted-installation.ts';
import { rounds, tallyOf } from './promise.ts';

const WHOAMI = '/oauth/whoami';

describe('while the sealing key is replaced', () => {
  const tally = tallyOf(14, 'requests and dances while all secrets are sealed anew');
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  it('every request and every dance goes on, also after a kill', async () => {
    const old = await world.grant();
    for (const _ of rounds({ usually: 1, long: 50 })) {
      let isOver = false;
      const work = async () => {
        while (!isOver) {
          const token = await world.grant().catch((error: Error) => error.message);
          const isGranted = typeof token !== 'string';
          tally.try(isGranted, `a dance failed: ${token}`);
          for (const one of isGranted ? [old, token] : [old]) {
            const { status } = await send(world.sign('GET', WHOAMI, one));
            tally.try(status === 200, `${status} meanwhile`);
          }
        }
      };
      const working = work();
      await world.installation.command(['db', 'rotate-key']).finally(() => {
        isOver = true;
      });
      await working;
      await world.installation.crash();
      tally.try((await send(world.sign('GET', WHOAMI, old))).status === 200, 'an old token does not open');
    }
    tally.assertKept();
  });
});
