/**
 * A published promise, against the real program: a request token is exchanged exactly once, also when many ask at
 * the same moment or the server is killed while they do, and nobody gets more than five guesses at its verifier.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Approved,
  type GrantedInstallation,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import { raceUntilAnswered } from '../support/race-until-answered.ts';
import { rounds, tallyOf } from './promise.ts';

const AT_ONCE = 10;
/** Tokens that are raced for at the same time. */
const RACES = 10;

/** Tokens that are raced for while the server is killed. */
const KILLED_RACES = 8;

describe('a request token', () => {
  const races = tallyOf(2, 'races on one node');
  const kills = tallyOf(2, 'races with a kill in the middle');
  const guesses = tallyOf(2, 'guesses at verifiers');
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  const exchanges = ({ requestToken }: Approved, verifiers: readonly string[]) =>
    verifiers.map((verifier) => world.sign('POST', '/oauth/access-token', requestToken, { verifier }));

  /** Asks so many times at once, with the right verifier. Gives the statuses as they come. */
  const raceFor = (approved: Approved, howMany = AT_ONCE) =>
    exchanges(approved, Array(howMany).fill(approved.verifier)).map(async (one) => (await send(one)).status);

  /** How many access tokens there are. */
  async function countTokens(): Promise<number> {
    return JSON.parse((await world.installation.command(['token', 'list', '--json'])).stdout).length;
  }

  it('gives one access token, however many ask for it at once', async () => {
    const before = await countTokens();
    let expected = 0;
    for (const _ of rounds({ usually: 2, long: 100, promised: 100 })) {
      const all = await world.approveMany(RACES);
      expected += all.length;
      const answers = await Promise.all(
        all.map((approved) => raceUntilAnswered(() => Promise.all(raceFor(approved)))),
      );
      for (const statuses of answers) {
        const given = statuses.filter((status) => status === 200).length;
        races.try(given === 1, `${given} access tokens were given: ${statuses}`);
      }
    }
    races.assertKept();
    assert.equal((await countTokens()) - before, expected);
  });

  it('gives at most one when the server is killed in the middle', async () => {
    const before = await countTokens();
    let expected = 0;
    for (const round of rounds({ usually: 3, long: 100, promised: 13 })) {
      const all = await world.approveMany(KILLED_RACES);
      expected += all.length;
      const racing = all.map((approved) => raceFor(approved));
      await Promise.race(racing.flat().slice((round * 7) % (KILLED_RACES * AT_ONCE)));
      await world.installation.crash();
      for (const [index, approved] of all.entries()) {
        const late = await Promise.all([...racing[index]!, ...raceFor(approved, 2)]);
        const given = late.filter((status) => status === 200).length;
        kills.try(given <= 1, `${given} were given`);
      }
    }
    const kept = (await countTokens()) - before;
    kills.add(0, Math.abs(kept - expected), `${kept} were kept of ${expected} that were exchanged`);
    kills.assertKept();
  });

  it('is gone after five wrong verifiers, also when the right one comes along with them', async () => {
    for (const round of rounds({ usually: 10, long: 200 })) {
      const approved = await world.approve();
      const wrong = exchanges(approved, Array(5).fill('wrong'));
      if (round % 2 === 0) await Promise.all(wrong.map(send));
      else for (const one of wrong) await send(one);
      const guessing = exchanges(approved, [...Array(AT_ONCE).fill('guess'), approved.verifier]);
      const answers = await Promise.all(guessing.map(send));
      for (const { status } of answers) guesses.try(status === 401, `answered ${status}`);
    }
    guesses.assertKept();
  });
});
