/**
 * A published promise, against the real program: a request token is exchanged exactly once, also when many ask at
 * the same moment or the server is killed while they do, and nobody gets more than five guesses at its verifier.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type GrantedInstallation, send, startGrantedInstallation } from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';

const AT_ONCE = 10;

describe('a request token', () => {
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
    const [rounds, before] = [20, await countTokens()];
    let violations = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { requestToken, verifier } = await world.approve();
      const answers = await Promise.all(exchanges(requestToken, Array(AT_ONCE).fill(verifier)).map(send));
      if (answers.filter(({ status }) => status === 200).length !== 1) violations += 1;
    }
    console.log(`exchange: ${rounds} races of ${AT_ONCE}, ${violations} violations`);
    assert.equal(violations, 0);
    assert.equal((await countTokens()) - before, rounds);
  });

  it('gives at most one when the server is killed in the middle', async () => {
    const rounds = 4;
    let violations = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = await countTokens();
      const { requestToken, verifier } = await world.approve();
      const racing = exchanges(requestToken, Array(AT_ONCE).fill(verifier)).map(send);
      await Promise.race(racing.slice(0, round + 1));
      await world.installation.crash();
      const late = exchanges(requestToken, [verifier, verifier]).map(send);
      const answers = await Promise.all([...racing, ...late]);
      const given = answers.filter(({ status }) => status === 200).length;
      const kept = (await countTokens()) - before;
      if (given > 1 || kept !== 1) violations += 1;
    }
    console.log(`exchange: ${rounds} races with a kill in the middle, ${violations} violations`);
    assert.equal(violations, 0);
  });

  it('is gone after five wrong verifiers, also when the right one comes along with them', async () => {
    const rounds = 10;
    let violations = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { requestToken, verifier } = await world.approve();
      const wrong = exchanges(requestToken, Array(5).fill('wrong'));
      if (round % 2 === 0) await Promise.all(wrong.map(send));
      else for (const one of wrong) await send(one);
      const guesses = exchanges(requestToken, [...Array(AT_ONCE).fill('guess'), verifier]);
      const answers = await Promise.all(guesses.map(send));
      violations += answers.filter(({ status }) => status !== 401).length;
    }
    console.log(`verifier: ${rounds} tokens, ${rounds * (AT_ONCE + 6)} guesses, ${violations} violations`);
    assert.equal(violations, 0);
  });
});
