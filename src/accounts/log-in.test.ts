import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PASSWORD, peopledAccounts } from '../../test/support/accounts-world.ts';
import { anEvent } from '../../test/support/records.ts';
import { sha256Hex } from '../base/index.ts';
import { logIn } from './log-in.ts';
import { LOGIN_LIMITS } from './login-limits.ts';
import { createPasswordHasher, type PasswordHasher } from './password-hasher.ts';
import { findSession, logOut, SESSION_ABSOLUTE_SECONDS, SESSION_IDLE_SECONDS } from './sessions.ts';
import { changePassword, disableUser } from './users.ts';

type World = Awaited<ReturnType<typeof peopledAccounts>>;

const attempt = (world: World, username: string, password: string, clientAddress = '192.0.2.1') =>
  logIn(world, { username, password, clientAddress });

async function signIn(world: World): Promise<string> {
  const outcome = await attempt(world, 'alice', PASSWORD);
  assert.ok(outcome.kind === 'signed-in');
  return outcome.cookie;
}

describe('login', () => {
  it('gives a session under a new cookie each time, of which only the hash is stored', async () => {
    const world = await peopledAccounts();
    const [first, second] = [await signIn(world), await signIn(world)];
    assert.notEqual(first, second);
    assert.equal((await findSession(world, first))?.user.name, 'alice');
    assert.equal(await world.storage.sessions.find(first), null);
    assert.notEqual(await world.storage.sessions.find(sha256Hex(first)), null);
  });

  it('is audited and noted on the user', async () => {
    const world = await peopledAccounts();
    await signIn(world);
    const { rows } = await world.storage.audit.list(
      { action: 'user.login' },
      { search: '', offset: 0, limit: 9 },
    );
    assert.deepEqual([rows[0]?.actor, rows[0]?.object], ['alice', 'alice']);
    assert.equal((await world.storage.users.find('alice'))?.lastLoginAt, 1_800_000_000);
  });

  it('leaves no session by a password that was replaced while it was looked at, and one by its renewed hash', async () => {
    const world = await peopledAccounts();
    const { sessions } = world.storage;
    const { add } = sessions;
    const begun: string[] = [];
    /** Does it after the password was looked at, before the session begins. */
    const meanwhile = (work: () => Promise<unknown>) => {
      sessions.add = async (session, most) => {
        Object.assign(sessions, { add });
        await work();
        begun.push(session.hash);
        return add(session, most);
      };
    };
    meanwhile(async () => {
      const passwordHash = await world.passwords.hash(PASSWORD);
      await world.storage.users.update('alice', { passwordHash }, anEvent());
    });
    const renewed = await signIn(world);
    assert.equal((await findSession(world, renewed))?.user.name, 'alice');
    const change = { username: 'alice', currentPassword: null, password: 'another password' };
    meanwhile(() => changePassword(world, change, 'root'));
    assert.deepEqual(await attempt(world, 'alice', PASSWORD), { kind: 'refused' });
    assert.equal(begun.length, 2);
    for (const hash of begun) assert.equal(await sessions.find(hash), null);
  });

  it('answers an unknown name, a wrong password and a disabled user alike, after one hash each', async () => {
    const world = await peopledAccounts();
    await disableUser(world, 'bob', 'root');
    let hashes = 0;
    const passwords: PasswordHasher = {
      ...world.passwords,
      verify: (password, hash) => {
        hashes += 1;
        return world.passwords.verify(password, hash);
      },
    };
    const counting = { ...world, passwords };
    for (const [name, password] of [
      ['nobody', PASSWORD],
      ['alice', 'wrong'],
      ['bob', PASSWORD],
    ] as const) {
      assert.deepEqual(await attempt(counting, name, password), { kind: 'refused' });
    }
    assert.equal(hashes, 3);
  });

  it('renews a hash that was made at a lower cost', async () => {
    const world = await peopledAccounts();
    const stronger = { ...world, passwords: createPasswordHasher(world.random, { logN: 3, p: 1 }) };
    await signIn(stronger);
    assert.match((await world.storage.users.find('alice'))?.passwordHash ?? '', /ln=3/);
    assert.equal((await attempt(stronger, 'alice', PASSWORD)).kind, 'signed-in');
  });

  it('is told to wait when too many passwords are being hashed', async () => {
    const world = await peopledAccounts();
    const busy = { ...world, passwords: createPasswordHasher(world.random, { concurrency: 0, waiting: 0 }) };
    assert.equal((await attempt(busy, 'alice', PASSWORD)).kind, 'limited');
  });
});

describe('limits on guessing', () => {
  const { address, addressAndAccount, account } = LOGIN_LIMITS;

  it('stop an address at one account, whether it exists or not, and even with the right password', async () => {
    const world = await peopledAccounts();
    for (const name of ['alice', 'nobody']) {
      for (let n = 0; n < addressAndAccount.attempts; n += 1) await attempt(world, name, 'wrong');
      const outcome = await attempt(world, name, PASSWORD);
      assert.deepEqual(outcome, { kind: 'limited', retryAfterSeconds: addressAndAccount.windowSeconds });
    }
  });

  it('count attempts that are made at the same time', async () => {
    const world = await peopledAccounts();
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => attempt(world, 'alice', 'wrong')));
    assert.equal(outcomes.filter(({ kind }) => kind === 'refused').length, addressAndAccount.attempts);
  });

  it('let the user in again after the window', async () => {
    const world = await peopledAccounts();
    for (let n = 0; n < 20; n += 1) await attempt(world, 'alice', 'wrong');
    world.clock.advance(addressAndAccount.windowSeconds);
    assert.equal((await attempt(world, 'alice', PASSWORD)).kind, 'signed-in');
  });

  it('forget wrong tries after a right one', async () => {
    const world = await peopledAccounts();
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < addressAndAccount.attempts - 1; n += 1) await attempt(world, 'alice', 'wrong');
      assert.equal((await attempt(world, 'alice', PASSWORD)).kind, 'signed-in');
    }
  });

  it('do not let one address lock an account for others', async () => {
    const world = await peopledAccounts();
    for (let n = 0; n < 3 * account.attempts; n += 1) await attempt(world, 'alice', 'wrong', '198.51.100.7');
    assert.equal((await attempt(world, 'alice', PASSWORD)).kind, 'signed-in');
  });

  it('stop an account that many addresses guess at, but not for an address it logged in from before', async () => {
    const world = await peopledAccounts();
    await attempt(world, 'alice', PASSWORD, '192.0.2.9');
    for (let n = 0; n < account.attempts; n += 1) await attempt(world, 'alice', 'wrong', `198.51.100.${n}`);
    assert.equal((await attempt(world, 'alice', PASSWORD, '203.0.113.1')).kind, 'limited');
    assert.equal((await attempt(world, 'alice', PASSWORD, '192.0.2.9')).kind, 'signed-in');
  });

  it('remember a familiar address when old attempts are cleared away, and for thirty days only', async () => {
    const world = await peopledAccounts();
    const isLetIn = async (days: number): Promise<boolean> => {
      world.clock.advance(days * 86_400);
      await world.storage.attempts.purge(world.clock.milliseconds() / 1000 - 7200, 1000);
      for (let n = 0; n < account.attempts; n += 1) await attempt(world, 'alice', 'wrong', `198.51.100.${n}`);
      return (await attempt(world, 'alice', 'not yet right', '192.0.2.9')).kind === 'refused';
    };
    await attempt(world, 'alice', PASSWORD, '192.0.2.9');
    assert.deepEqual([await isLetIn(1), await isLetIn(28), await isLetIn(2)], [true, true, false]);
  });

  it('stop an address that tries many accounts, and count an IPv6 network as one address', async () => {
    const world = await peopledAccounts();
    for (let n = 0; n < address.attempts; n += 1) await attempt(world, `user${n}`, 'x', `2001:db8:0:1::${n}`);
    assert.equal((await attempt(world, 'alice', PASSWORD, '2001:db8::1:9:8:7:6')).kind, 'limited');
    assert.equal((await attempt(world, 'alice', PASSWORD, '2001:db8:0:2::1')).kind, 'signed-in');
  });

  it('are audited once, without the name that was typed', async () => {
    const world = await peopledAccounts();
    for (let n = 0; n < 15; n += 1) await attempt(world, 'my secret in the wrong field', 'x');
    const { rows } = await world.storage.audit.list(
      { action: 'user.login' },
      { search: '', offset: 0, limit: 9 },
    );
    assert.deepEqual(
      rows.map(({ object, note }) => [object, note]),
      [['192.0.2.1', 'too-many-attempts']],
    );
    assert.ok(!JSON.stringify(rows).includes('secret'));
  });
});

describe('a session', () => {
  it('ends at logout', async () => {
    const world = await peopledAccounts();
    const cookie = await signIn(world);
    await logOut(world, cookie);
    assert.equal(await findSession(world, cookie), null);
  });

  it('ends after eight idle hours, and not before', async () => {
    const world = await peopledAccounts();
    const cookie = await signIn(world);
    world.clock.advance(SESSION_IDLE_SECONDS - 1);
    assert.notEqual(await findSession(world, cookie), null);
    world.clock.advance(SESSION_IDLE_SECONDS);
    assert.equal(await findSession(world, cookie), null);
  });

  it('ends after seven days, however busy', async () => {
    const world = await peopledAccounts();
    const cookie = await signIn(world);
    for (let hours = 0; hours < SESSION_ABSOLUTE_SECONDS / 3600; hours += 4) {
      assert.notEqual(await findSession(world, cookie), null, `after ${hours} hours`);
      world.clock.advance(4 * 3600);
    }
    assert.equal(await findSession(world, cookie), null);
  });

  it('is written at most once a minute', async () => {
    const world = await peopledAccounts();
    const cookie = await signIn(world);
    const touches: number[] = [];
    const sessions = {
      ...world.storage.sessions,
      touch: async (_: string, at: number) => void touches.push(at),
    };
    const watched = { ...world, storage: { ...world.storage, sessions } };
    for (let second = 0; second < 61; second += 1) {
      await findSession(watched, cookie);
      world.clock.advance(1);
    }
    assert.deepEqual(touches, [1_800_000_060]);
  });

  it('is worth nothing for a disabled user, even if it was left behind', async () => {
    const world = await peopledAccounts();
    const cookie = await signIn(world);
    const find = async (name: string) => ({ ...(await world.storage.users.find(name))!, isDisabled: true });
    const storage = { ...world.storage, users: { ...world.storage.users, find } };
    assert.equal(await findSession({ ...world, storage }, cookie), null);
  });

  it('is not found by anything that is not a cookie value of ours', async () => {
    const world = await peopledAccounts();
    for (const value of [undefined, '', 'x', `${'a'.repeat(43)}\n`])
      assert.equal(await findSession(world, value), null);
  });
});
