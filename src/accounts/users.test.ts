import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyAccounts, PASSWORD, peopledAccounts } from '../../test/support/accounts-world.ts';
import { AccountRefused } from './mistakes.ts';
import { findSession, startSession } from './sessions.ts';
import {
  changePassword,
  createUser,
  disableUser,
  enableUser,
  type NewUser,
  removeUser,
  updateUser,
} from './users.ts';

const ALICE: NewUser = {
  username: 'alice',
  displayName: '',
  email: '',
  password: PASSWORD,
  isAdministrator: false,
};

/** The codes of the mistakes for which it is refused. */
async function mistakesOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => assert.fail('it was not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof AccountRefused, String(error));
  return error.mistakes.map(({ field, code }) => `${field}: ${code}`);
}

describe('a new user', () => {
  it('is stored with a hash, never the password, and audited without either', async () => {
    const context = emptyAccounts();
    const user = await createUser(context, { ...ALICE, email: ' a@example.com ' }, 'cli');
    assert.match(user.passwordHash ?? '', /^\$scrypt\$/);
    assert.equal(user.displayName, 'alice');
    assert.equal(user.email, 'a@example.com');
    const { rows } = await context.storage.audit.list({}, { search: '', offset: 0, limit: 9 });
    assert.equal(rows[0]?.action, 'user.add');
    assert.ok(!JSON.stringify(rows).includes('scrypt') && !JSON.stringify(rows).includes(PASSWORD));
  });

  it('is refused with every mistake at once', async () => {
    const bad = { ...ALICE, username: 'a b', displayName: 'x\u202Ey', email: 'nowhere', password: 'short' };
    assert.deepEqual(await mistakesOf(createUser(emptyAccounts(), bad, 'cli')), [
      'username: username-malformed',
      'displayName: display-name-malformed',
      'email: email-malformed',
      'password: password-too-short',
    ]);
  });

  it('may not take the name of another, in any letter case', async () => {
    const context = await peopledAccounts();
    const taken = createUser(context, { ...ALICE, username: 'Alice' }, 'cli');
    assert.deepEqual(await mistakesOf(taken), ['username: username-taken']);
  });

  it('may not be called as an actor of the audit log is', async () => {
    for (const username of ['cli', 'System', 'set-up']) {
      const refused = createUser(emptyAccounts(), { ...ALICE, username }, 'cli');
      assert.deepEqual(await mistakesOf(refused), ['username: username-reserved']);
    }
  });

  it('may not use the user name, 7 or 257 characters as a password', async () => {
    const code = (password: string) =>
      mistakesOf(createUser(emptyAccounts(), { ...ALICE, username: 'alice.arnold', password }, 'cli'));
    assert.deepEqual(await code('Alice.Arnold'), ['password: password-is-username']);
    assert.deepEqual(await code('1234567'), ['password: password-too-short']);
    assert.deepEqual(await code('x'.repeat(257)), ['password: password-too-long']);
  });
});

describe('a change of password', () => {
  it('asks for the present one when the user changes it', async () => {
    const context = await peopledAccounts();
    const change = { username: 'alice', currentPassword: 'wrong one', password: 'another password' };
    assert.deepEqual(await mistakesOf(changePassword(context, change, 'alice')), [
      'currentPassword: password-wrong',
    ]);
    await changePassword(context, { ...change, currentPassword: PASSWORD }, 'alice');
  });

  it('asks for it as well when an administrator sets their own', async () => {
    const context = await peopledAccounts();
    const change = { username: 'root', currentPassword: null, password: 'another password' };
    assert.deepEqual(await mistakesOf(changePassword(context, change, 'root')), ['password: password-own']);
    await changePassword(context, change, 'cli');
  });

  it('by the user gives way to one that was set meanwhile', async () => {
    const context = await peopledAccounts();
    const reset = { username: 'alice', currentPassword: null, password: 'set by somebody else' };
    const passwords = {
      ...context.passwords,
      async hash(password: string) {
        await changePassword(context, reset, 'root');
        return context.passwords.hash(password);
      },
    };
    const change = { username: 'alice', currentPassword: PASSWORD, password: 'another password' };
    assert.deepEqual(await mistakesOf(changePassword({ ...context, passwords }, change, 'alice')), [
      ': changed-meanwhile',
    ]);
    const { passwordHash } = (await context.storage.users.find('alice'))!;
    assert.ok(await context.passwords.verify(reset.password, passwordHash));
  });

  it('ends every session of the user', async () => {
    const context = await peopledAccounts();
    const cookie = await startSession(context, (await context.storage.users.find('alice'))!);
    await changePassword(
      context,
      { username: 'alice', currentPassword: null, password: 'another password' },
      'root',
    );
    assert.equal(await findSession(context, cookie), null);
  });

  it('stops guessing of the present one after ten tries', async () => {
    const context = await peopledAccounts();
    const change = { username: 'alice', currentPassword: 'wrong one', password: 'another password' };
    for (let n = 0; n < 10; n += 1) await mistakesOf(changePassword(context, change, 'alice'));
    const right = changePassword(context, { ...change, currentPassword: PASSWORD }, 'alice');
    assert.deepEqual(await mistakesOf(right), ['currentPassword: too-many-attempts']);
  });
});

describe('a disabled user', () => {
  it('loses every session at once, and can be enabled again', async () => {
    const context = await peopledAccounts();
    const cookie = await startSession(context, (await context.storage.users.find('alice'))!);
    await disableUser(context, 'ALICE', 'root');
    assert.equal(await findSession(context, cookie), null);
    assert.equal((await enableUser(context, 'alice', 'root')).isDisabled, false);
  });
});

describe('the last administrator', () => {
  it('cannot be disabled, removed or demoted from the pages', async () => {
    const context = await peopledAccounts();
    const edit = { displayName: '', email: '', isAdministrator: false };
    const refused = [': last-administrator'];
    assert.deepEqual(await mistakesOf(disableUser(context, 'root', 'root')), refused);
    assert.deepEqual(await mistakesOf(removeUser(context, 'root', 'root')), refused);
    assert.deepEqual(await mistakesOf(updateUser(context, 'root', edit, 'root')), refused);
  });

  it('can be removed from the command line, which can add another', async () => {
    const context = await peopledAccounts();
    await removeUser(context, 'root', 'cli');
    assert.equal(await context.storage.users.find('root'), null);
  });

  it('is not the last while another one can log in', async () => {
    const context = await peopledAccounts();
    await updateUser(context, 'alice', { displayName: '', email: '', isAdministrator: true }, 'root');
    await removeUser(context, 'root', 'alice');
    assert.deepEqual(await mistakesOf(removeUser(context, 'root', 'alice')), ['username: username-unknown']);
  });
});
