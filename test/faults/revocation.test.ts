/**
 * Two published promises, against the real program: an acknowledged revocation survives a kill, and removal,
 * disabling and revocation act at once: nothing that started after the acknowledgement is accepted, while a
 * stream of signed requests keeps every cache warm.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  ALICE,
  CONSUMER_KEY,
  type GrantedInstallation,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';

const WHOAMI = '/oauth/whoami';
const STREAMS = 4;
const REQUESTS_AFTERWARDS = 50;

describe('an acknowledged revocation', () => {
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  const whoami = async (token: TokenPair) => (await send(world.sign('GET', WHOAMI, token))).status;

  /** The two ways to revoke: on the person's page, and by command. */
  const ways: Record<string, () => Promise<unknown>> = {
    page: () => world.alice.revoke('Wiki'),
    command: () => world.installation.command(['token', 'revoke', '--user', ALICE.username]),
  };

  it('survives a kill at the moment it was acknowledged', async () => {
    const revoked: TokenPair[] = [];
    let [kills, violations] = [0, 0];
    for (const revoke of [...Object.values(ways), ...Object.values(ways)]) {
      const token = await world.grant();
      assert.equal(await whoami(token), 200);
      await revoke();
      await world.installation.crash();
      revoked.push(token);
      kills += 1;
      for (const one of revoked) if ((await whoami(one)) !== 401) violations += 1;
    }
    console.log(`revocation: ${kills} kills, ${violations} violations`);
    assert.equal(violations, 0);
  });
});

describe('what takes access away', () => {
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  /** Streams requests until some were begun after `end` was acknowledged; gives how many, and how many were accepted. */
  async function streamPast(
    token: TokenPair,
    end: () => Promise<unknown>,
  ): Promise<[tried: number, accepted: number]> {
    let [acknowledged, before, tried, accepted] = [false, 0, 0, 0];
    const stream = async () => {
      while (tried < REQUESTS_AFTERWARDS) {
        const isLate = acknowledged;
        const { status } = await send(world.sign('GET', WHOAMI, token));
        if (!isLate) before += Number(status === 200);
        else {
          tried += 1;
          if (status < 400) accepted += 1;
        }
      }
    };
    const streams = Array.from({ length: STREAMS }, stream);
    await end();
    acknowledged = true;
    await Promise.all(streams);
    assert.ok(before > 0, 'nothing was accepted before');
    return [tried, accepted];
  }

  const command = (...args: string[]) => world.installation.command(args);
  const ends: readonly [what: string, end: () => Promise<unknown>, back?: () => Promise<unknown>][] = [
    ['revoking on one’s own page', () => world.alice.revoke('Wiki')],
    ['revoking by user', () => command('token', 'revoke', '--user', ALICE.username)],
    ['revoking by consumer', () => command('token', 'revoke', '--consumer', CONSUMER_KEY)],
    [
      'disabling the user',
      () => command('user', 'disable', ALICE.username),
      () => command('user', 'enable', ALICE.username),
    ],
    ['removing the consumer', () => command('consumer', 'remove', CONSUMER_KEY)],
  ];
  for (const [what, end, back] of ends) {
    it(`acts at once under load: ${what}`, async () => {
      const [tried, accepted] = await streamPast(await world.grant(), end);
      console.log(`${what}: ${tried} requests begun afterwards, ${accepted} accepted`);
      assert.equal(accepted, 0);
      await back?.();
    });
  }
});
