import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateSync } from 'otplib';
import { PASSWORD, peopledAccounts } from '../../test/support/accounts-world.ts';
import { nowSeconds } from '../base/index.ts';
import { logIn } from './log-in.ts';
import { CODE_LIMIT, logInWithCode } from './log-in-with-code.ts';
import type { AccountMistakeCode } from './mistakes.ts';
import { AccountRefused } from './mistakes.ts';
import {
  disableSecondFactor,
  enableSecondFactor,
  RECOVERY_CODES,
  renewRecoveryCodes,
  resetSecondFactor,
} from './second-factor.ts';
import { changePassword, disableUser } from './users.ts';

const clientAddress = '192.0.2.1';

/** Where it is turned on. */
const place = { clientAddress, sessionHash: 'none' };

/** Alice with a second factor, and what her authenticator shows. */
async function protectedAlice() {
  const world = await peopledAccounts();
  const secret = world.codes.createSecret().reveal();
  const show = () => generateSync({ secret, epoch: nowSeconds(world.clock) });
  const enable = (code = show(), password = PASSWORD) =>
    enableSecondFactor(world, { ...place, userName: 'alice', password, secret, code });
  const recovery = await enable();
  world.clock.advance(30);
  const ticket = async () => {
    const outcome = await logIn(world, { username: 'alice', password: PASSWORD, clientAddress });
    assert.ok(outcome.kind === 'code-needed');
    return outcome.ticket;
  };
  const enter = async (code: string, given?: string) =>
    (await logInWithCode(world, { ticket: given ?? (await ticket()), code, clientAddress })).kind;
  return { world, secret, show, enable, recovery, ticket, enter };
}

function refusedAs(code: AccountMistakeCode) {
  return (error: unknown) => error instanceof AccountRefused && error.mistakes[0]?.code === code;
}

describe('a second factor', () => {
  it('is turned on by a right code and the password, once', async () => {
    const world = await peopledAccounts();
    const secret = world.codes.createSecret().reveal();
    const code = generateSync({ secret, epoch: nowSeconds(world.clock) });
    const enable = (given: {
      readonly password?: string;
      readonly code?: string;
      readonly secret?: string;
    }) =>
      enableSecondFactor(world, { ...place, userName: 'alice', password: PASSWORD, secret, code, ...given });
    await assert.rejects(enable({ password: 'wrong' }), refusedAs('password-wrong'));
    await assert.rejects(enable({ code: code === '000000' ? '000001' : '000000' }), refusedAs('code-wrong'));
    await assert.rejects(enable({ secret: 'not base32' }), refusedAs('code-wrong'));
    const codes = await enable({ code: `${code.slice(0, 3)} ${code.slice(3)}` });
    assert.equal(new Set(codes).size, RECOVERY_CODES);
    await assert.rejects(enable({}), refusedAs('second-factor-present'));
  });

  it('is asked for after a right password only, and gives no session before', async () => {
    const { world, show, enter } = await protectedAlice();
    assert.deepEqual(await logIn(world, { username: 'alice', password: 'wrong', clientAddress }), {
      kind: 'refused',
    });
    assert.equal(await enter(show()), 'signed-in');
  });

  it('takes each code once, also the one that turned it on', async () => {
    const { world, show, enter } = await protectedAlice();
    world.clock.advance(-30);
    assert.equal(await enter(show()), 'refused');
    world.clock.advance(30);
    const code = show();
    assert.equal(await enter(code), 'signed-in');
    assert.equal(await enter(code), 'refused');
  });

  it('takes a code one step late, and none later', async () => {
    const { world, show, enter } = await protectedAlice();
    const code = show();
    world.clock.advance(60);
    assert.equal(await enter(code), 'refused');
    const next = show();
    world.clock.advance(30);
    assert.equal(await enter(next), 'signed-in');
  });

  it('takes a recovery code once, however it is typed, and says so in the audit log', async () => {
    const { world, recovery, enter } = await protectedAlice();
    assert.equal(await enter(recovery[0]!.toLowerCase().replace('-', ' ')), 'signed-in');
    assert.equal(await enter(recovery[0]!), 'refused');
    const query = { search: '', offset: 0, limit: 9 };
    assert.equal((await world.storage.audit.list({ action: 'second-factor.recover' }, query)).total, 1);
    const renewed = await renewRecoveryCodes(world, { userName: 'alice', password: PASSWORD });
    assert.equal(await enter(recovery[1]!), 'refused');
    assert.equal(await enter(renewed[1]!), 'signed-in');
  });

  it('stops guessing after a few codes, and only for holders of a ticket', async () => {
    const { world, show, ticket, enter } = await protectedAlice();
    const [until, name] = (await ticket()).split('.');
    for (let n = 0; n < 20; n += 1) assert.equal(await enter('000000', `${until}.${name}.forged`), 'lapsed');
    for (let n = 0; n < CODE_LIMIT.attempts; n += 1) assert.equal(await enter('no code'), 'refused');
    assert.equal(await enter(show()), 'limited');
    world.clock.advance(CODE_LIMIT.windowSeconds);
    assert.equal(await enter(show()), 'signed-in');
  });

  it('has tickets that end: with time, a new password, another secret, a disabled user', async () => {
    const { world, show, ticket, enter } = await protectedAlice();
    const lapses = async (change: () => unknown) => {
      const given = await ticket();
      await change();
      assert.equal(await enter(show(), given), 'lapsed');
    };
    await lapses(() => world.clock.advance(600));
    const given = await ticket();
    await disableSecondFactor(world, { userName: 'alice', password: PASSWORD });
    assert.equal(await enter(show(), given), 'lapsed');
    const secret = world.codes.createSecret().reveal();
    const code = generateSync({ secret, epoch: nowSeconds(world.clock) });
    await enableSecondFactor(world, { ...place, userName: 'alice', password: PASSWORD, secret, code });
    assert.equal(await enter(show(), given), 'lapsed');
    await lapses(() => disableUser(world, 'alice', 'root'));
    const change = { username: 'alice', currentPassword: null, password: 'another one' };
    await changePassword(world, change, 'root');
    assert.equal(await enter(show(), given), 'lapsed');
  });

  it('belongs to the user whom the ticket names', async () => {
    const { show, ticket, enter } = await protectedAlice();
    const [until, , signed] = (await ticket()).split('.');
    const bob = Buffer.from('bob').toString('base64url');
    assert.equal(await enter(show(), `${until}.${bob}.${signed}`), 'lapsed');
    assert.equal(
      await enter(show(), `${Number(until) + 9}.${(await ticket()).split('.')[1]}.${signed}`),
      'lapsed',
    );
    for (const nonsense of ['', '...', 'x', `${until}..`, `1e9.${bob}.${signed}`])
      assert.equal(await enter(show(), nonsense), 'lapsed');
  });

  it('is not taken away by its own user without the password', async () => {
    const { world } = await protectedAlice();
    await assert.rejects(resetSecondFactor(world, 'ALICE', 'alice'), refusedAs('second-factor-own'));
    assert.notEqual(await world.storage.secondFactors.find('alice'), null);
  });

  it('is turned off with the password, or by an administrator', async () => {
    const { world, enable, show } = await protectedAlice();
    const off = (password: string) => disableSecondFactor(world, { userName: 'alice', password });
    await assert.rejects(off('wrong'), refusedAs('password-wrong'));
    await off(PASSWORD);
    const outcome = await logIn(world, { username: 'alice', password: PASSWORD, clientAddress });
    assert.equal(outcome.kind, 'signed-in');
    await enable(show());
    await resetSecondFactor(world, 'alice', 'root');
    await assert.rejects(resetSecondFactor(world, 'alice', 'root'), refusedAs('second-factor-absent'));
  });
});
