/**
 * Two published promises, against the real program: an acknowledged end of access survives a kill, and removal,
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
import { rounds, tallyOf } from './promise.ts';

const WHOAMI = '/oauth/whoami';
const STREAMS = 4;
const REQUESTS_AFTERWARDS = 50;

describe('an acknowledged end of a user or a consumer', () => {
  const tally = tallyOf(1, 'disabling and removal, killed at the moment of the acknowledgement');
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  it('survives a kill at the moment it was acknowledged', async () => {
    const token = await world.grant();
    const whoami = async () => (await send(world.sign('GET', WHOAMI, token))).status;
    for (const round of rounds({ usually: 1, long: 200 })) {
      await world.installation.command(['user', 'disable', ALICE.username]);
      await world.installation.crash();
      tally.try((await whoami()) === 401, `disabled, after kill ${round + 1}`);
      await world.installation.command(['user', 'enable', ALICE.username]);
      assert.equal(await whoami(), 200);
    }
    await world.installation.command(['consumer', 'remove', CONSUMER_KEY]);
    await world.installation.crash();
    tally.try((await whoami()) === 401, 'its consumer was removed');
    tally.assertKept();
  });
});

describe('what takes access away', () => {
  const tally = tallyOf(15, 'requests begun after the acknowledgement, under load');
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
    let [acknowledged, tried, accepted] = [false, 0, 0];
    const { promise: isWarm, resolve: warm } = Promise.withResolvers<void>();
    const stream = async () => {
      while (tried < REQUESTS_AFTERWARDS) {
        const isLate = acknowledged;
        const { status } = await send(world.sign('GET', WHOAMI, token));
        if (status === 200) warm();
        if (isLate) {
          tried += 1;
          if (status < 400) accepted += 1;
        }
      }
    };
    const streams = Array.from({ length: STREAMS }, stream);
    await isWarm;
    await end();
    acknowledged = true;
    await Promise.all(streams);
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
      tally.add(tried, accepted, `${accepted} were accepted after ${what}`);
      tally.assertKept();
      await back?.();
    });
  }
});
