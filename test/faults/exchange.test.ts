/**
 * A published promise, against the real program: a request token is exchanged exactly once, also when many ask at
 * the same moment or the server is killed while they do, and nobody gets more than five guesses at its verifier.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type GrantedInstallation, send, startGrantedInstallation } from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { rounds, tallyOf } from './promise.ts';

const AT_ONCE = 10;

describe('a request token', () => {
  const races = tallyOf(2, 'races on one node');
  const kills = tallyOf(2, 'races with a kill in the middle');
  const guesses = tallyOf(2, 'guesses at verifiers');
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  const exchanges = (requestToken: TokenPair, verifiers: readonly string[]) =>
    verifiers.map((verifier) => world.sign('POST', '/oauth/access-token', requestToken, { verifier }));

  /** How many access tokens there are. */
  async function countTokens(): Promise<number> {
    return JSON.parse((await world.installation.command(['token', 'list', '--json'])).stdout).length;
  }

  it('gives one access token, however many ask for it at once', async () => {
    const before = await countTokens();
    let expected = 0;
    for (const round of rounds({ usually: 20, long: 1000 })) {
      expected = round + 1;
      const { requestToken, verifier } = await world.approve();
      const answers = await Promise.all(exchanges(requestToken, Array(AT_ONCE).fill(verifier)).map(send));
      const given = answers.filter(({ status }) => status === 200).length;
      races.try(given === 1, `${given} access tokens were given`);
    }
    races.assertKept();
    assert.equal((await countTokens()) - before, expected);
  });

  it('gives at most one when the server is killed in the middle', async () => {
    for (const round of rounds({ usually: 4, long: 100 })) {
      const before = await countTokens();
      const { requestToken, verifier } = await world.approve();
      const racing = exchanges(requestToken, Array(AT_ONCE).fill(verifier)).map(send);
      await Promise.race(racing.slice(0, (round % AT_ONCE) + 1));
      await world.installation.crash();
      const late = exchanges(requestToken, [verifier, verifier]).map(send);
      const answers = await Promise.all([...racing, ...late]);
      const given = answers.filter(({ status }) => status === 200).length;
      const kept = (await countTokens()) - before;
      kills.try(given <= 1 && kept === 1, `${given} were given and ${kept} kept`);
    }
    kills.assertKept();
  });

  it('is gone after five wrong verifiers, also when the right one comes along with them', async () => {
    for (const round of rounds({ usually: 10, long: 200 })) {
      const { requestToken, verifier } = await world.approve();
      const wrong = exchanges(requestToken, Array(5).fill('wrong'));
      if (round % 2 === 0) await Promise.all(wrong.map(send));
      else for (const one of wrong) await send(one);
      const guessing = exchanges(requestToken, [...Array(AT_ONCE).fill('guess'), verifier]);
      const answers = await Promise.all(guessing.map(send));
      for (const { status } of answers) guesses.try(status === 401, `answered ${status}`);
    }
    guesses.assertKept();
  });
});
