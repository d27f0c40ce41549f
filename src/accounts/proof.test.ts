import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { generateSync } from 'otplib';
import { PASSWORD, peopledAccounts } from '../../test/support/accounts-world.ts';
import { nowSeconds } from '../base/index.ts';
import { CODE_LIMIT } from './log-in-with-code.ts';
import { type AccountMistakeCode, AccountRefused } from './mistakes.ts';
import { needsProof, PROOF_SECONDS, prove } from './proof.ts';
import { enableSecondFactor } from './second-factor.ts';
import { findSession, startSession } from './sessions.ts';

/** The refusal is this one, and says so at the field. */
function refusedAs(code: AccountMistakeCode) {
  return (error: unknown) => {
    assert.ok(error instanceof AccountRefused, String(error));
    assert.deepEqual(error.mistakes, [{ field: 'proof', code }]);
    return true;
  };
}

describe('proving anew who one is', () => {
  let world: Awaited<ReturnType<typeof peopledAccounts>>;
  let cookie: string;
  beforeEach(async () => {
    world = await peopledAccounts();
    cookie = await startSession(world, (await world.storage.users.find('root'))!);
  });

  const viewer = async () => (await findSession(world, cookie))!;
  const isAsked = async () => needsProof(world, await viewer());
  const proving = async (proof: string) => prove(world, await viewer(), proof);

  it('is not asked for while the login is young', async () => {
    world.clock.advance(PROOF_SECONDS - 1);
    assert.equal(await isAsked(), false);
    await proving('');
    world.clock.advance(1);
    assert.equal(await isAsked(), true);
    await assert.rejects(proving(''), refusedAs('proof-missing'));
  });

  it('takes the password, which then counts as long as a login', async () => {
    world.clock.advance(PROOF_SECONDS);
    await assert.rejects(proving('wrong'), refusedAs('proof-wrong'));
    assert.equal(await isAsked(), true);
    await proving(PASSWORD);
    assert.equal(await isAsked(), false);
    world.clock.advance(PROOF_SECONDS);
    assert.equal(await isAsked(), true);
  });

  it('counts for the one session in which it was given', async () => {
    const other = await startSession(world, (await viewer()).user);
    world.clock.advance(PROOF_SECONDS);
    await proving(PASSWORD);
    assert.equal(needsProof(world, (await findSession(world, other))!), true);
  });

  it('does not let whoever is at the browser guess without end', async () => {
    world.clock.advance(PROOF_SECONDS);
    for (let i = 0; i < 10; i += 1) await assert.rejects(proving(`wrong ${i}`), refusedAs('proof-wrong'));
    await assert.rejects(proving(PASSWORD), refusedAs('too-many-attempts'));
  });

  it('takes a code of the authenticator, each once, and few guesses', async () => {
    const secret = world.codes.createSecret().reveal();
    const code = () => generateSync({ secret, epoch: nowSeconds(world.clock) });
    const { hash: sessionHash } = (await viewer()).session;
    const place = { clientAddress: '192.0.2.1', sessionHash };
    await enableSecondFactor(world, { userName: 'root', password: PASSWORD, secret, code: code(), ...place });
    world.clock.advance(PROOF_SECONDS);
    const shown = code();
    await proving(` ${shown.slice(0, 3)} ${shown.slice(3)} `);
    assert.equal(await isAsked(), false);
    world.clock.advance(PROOF_SECONDS);
    await assert.rejects(proving(shown), refusedAs('proof-wrong'));
    for (let i = 1; i < CODE_LIMIT.attempts; i += 1)
      await assert.rejects(proving(shown), refusedAs('proof-wrong'));
    await assert.rejects(proving(code()), refusedAs('too-many-attempts'));
  });

  it('takes no code of somebody without an authenticator', async () => {
    world.clock.advance(PROOF_SECONDS);
    await assert.rejects(proving('123456'), refusedAs('proof-wrong'));
  });

  it('sends people without a password here to log in again', async () => {
    world.clock.advance(PROOF_SECONDS);
    const { user, session } = await viewer();
    const vouchedFor = { user: { ...user, passwordHash: null }, session };
    await assert.rejects(prove(world, vouchedFor, PASSWORD), refusedAs('proof-elsewhere'));
    cookie = await startSession(world, user);
    assert.equal(await isAsked(), false);
  });
});
