/**
 * Use cases about local users: add, edit, change the password, disable, enable, remove. Each is one write
 * together with its audit entry; each either happens or throws `AccountRefused` with every mistake at once.
 * Invariant: through the pages nobody can take away the last administrator who can log in. Where `still` is given, a
 * change happens only if these fields of the user are still so at the moment of the change.
 */
import { nowSeconds, sha256Hex } from '../base/index.ts';
import {
  type AuditAction,
  type AuditEvent,
  type Identity,
  identityOf,
  type User,
  type UserChanges,
  type UserConditions,
  type UserOutcome,
} from '../model/index.ts';
import {
  checkDisplayName,
  checkEmail,
  checkIssuer,
  checkPassword,
  checkSubject,
  checkUserName,
  normaliseUserName,
} from './account-rules.ts';
import { type AccountsContext, CLI_ACTOR } from './context.ts';
import { type AccountField, AccountRefused, refuseMistakes } from './mistakes.ts';

/** Checks of one's present password in a quarter of an hour. */
const MOST_PASSWORD_CHECKS = 10;

/** A user to add. */
export interface NewUser {
  readonly username: string;
  /** '' takes the user name. */
  readonly displayName: string;
  readonly email: string;
  readonly password: string;
  readonly isAdministrator: boolean;
}

/** What is to be another about a user. What is left out stays as it is at that moment. */
export interface UserEdit {
  readonly displayName?: string | undefined;
  readonly email?: string | undefined;
  readonly isAdministrator?: boolean | undefined;
}

/** Adds a user. @throws {AccountRefused} */
export async function createUser(context: AccountsContext, input: NewUser, actor: string): Promise<User> {
  const user = await draftUser(context, input);
  if (!(await context.storage.users.add(user, userEvent(context, actor, 'user.add', null, user)))) {
    throw new AccountRefused([{ field: 'username', code: 'username-taken' }]);
  }
  return user;
}

/** The record of a new user, checked and with the password hashed; not stored yet. @throws {AccountRefused} */
export async function draftUser(context: AccountsContext, input: NewUser): Promise<User> {
  const name = normaliseUserName(input.username);
  const displayName = input.displayName.trim();
  const email = input.email.trim();
  refuseMistakes([
    checkUserName(name),
    checkDisplayName(displayName),
    checkEmail(email),
    checkPassword(input.password, name),
  ]);
  return {
    name,
    displayName: displayName === '' ? name : displayName,
    email: email === '' ? null : email,
    isAdministrator: input.isAdministrator,
    isDisabled: false,
    passwordHash: await context.passwords.hash(input.password),
    identity: null,
    createdAt: nowSeconds(context.clock),
    lastLoginAt: null,
  };
}

/** Changes full name, e-mail address and role. @throws {AccountRefused} */
export async function updateUser(
  context: AccountsContext,
  name: string,
  { isAdministrator, ...edit }: UserEdit,
  actor: string,
  still: UserChanges = {},
): Promise<User> {
  const before = await existingUser(context, name);
  const displayName = edit.displayName?.trim();
  const email = edit.email?.trim();
  refuseMistakes([checkDisplayName(displayName ?? ''), checkEmail(email ?? '')]);
  const changes = {
    ...(displayName !== undefined && { displayName: displayName === '' ? before.name : displayName }),
    ...(email !== undefined && { email: email === '' ? null : email }),
    ...(isAdministrator !== undefined && { isAdministrator }),
  };
  return store(context, actor, 'user.edit', before, changes, still);
}

/** A change of password. */
export interface PasswordChange {
  readonly username: string;
  /** The present password when the user changes it; null when an administrator sets a new one for somebody else. */
  readonly currentPassword: string | null;
  readonly password: string;
}

/** Sets a new password, and ends every session of the user. @throws {AccountRefused} */
export async function changePassword(
  context: AccountsContext,
  change: PasswordChange,
  actor: string,
  still: UserChanges = {},
): Promise<User> {
  const before = await existingUser(context, change.username);
  refuseMistakes([checkPassword(change.password, before.name)]);
  if (change.currentPassword === null) {
    refuseMistakes([before.name === actor ? { field: 'password', code: 'password-own' } : null]);
  } else {
    await confirmPassword(context, before, change.currentPassword, 'currentPassword');
  }
  const passwordHash = await context.passwords.hash(change.password);
  // Whoever knew the one of before must not replace the one that was set against them while theirs was looked at.
  const expected = change.currentPassword === null ? still : { ...still, passwordHash: before.passwordHash };
  const user = await store(context, actor, 'user.password', before, { passwordHash }, expected);
  await context.storage.sessions.removeOfUser(user.name);
  return user;
}

/**
 * Makes sure that whoever is at the browser knows the password; one that was left open must not be good for trying
 * passwords without end. @throws {AccountRefused} in that field
 */
export async function confirmPassword(
  context: AccountsContext,
  user: User,
  password: string,
  field: AccountField,
): Promise<void> {
  const bucket = `password:${sha256Hex(user.name.toLowerCase())}`;
  const checks = await context.storage.attempts.count(bucket, nowSeconds(context.clock), 900);
  if (checks > MOST_PASSWORD_CHECKS) throw new AccountRefused([{ field, code: 'too-many-attempts' }]);
  const isRight = await context.passwords.verify(password, user.passwordHash);
  if (!isRight) throw new AccountRefused([{ field, code: 'password-wrong' }]);
}

/** Keeps a user from logging in and from being acted for; sessions end at once. @throws {AccountRefused} */
export async function disableUser(
  context: AccountsContext,
  name: string,
  actor: string,
  still: UserChanges = {},
): Promise<User> {
  const before = await existingUser(context, name);
  return store(context, actor, 'user.disable', before, { isDisabled: true }, still);
}

/** Lets a disabled user in again. @throws {AccountRefused} */
export async function enableUser(
  context: AccountsContext,
  name: string,
  actor: string,
  still: UserChanges = {},
): Promise<User> {
  const before = await existingUser(context, name);
  return store(context, actor, 'user.enable', before, { isDisabled: false }, still);
}

/**
 * Says who a user is at an OpenID provider, in place of what was known before: from now on that person logs in as this
 * user. @throws {AccountRefused}
 */
export async function bindIdentity(
  context: AccountsContext,
  name: string,
  { issuer, subject }: Identity,
  actor: string,
): Promise<User> {
  const before = await existingUser(context, name);
  refuseMistakes([checkIssuer(issuer), checkSubject(subject)]);
  return store(context, actor, 'user.edit', before, { identity: identityOf(issuer, subject) });
}

/** Ends what `bindIdentity` or a first login began, and every session of the user. @throws {AccountRefused} */
export async function unbindIdentity(context: AccountsContext, name: string, actor: string): Promise<User> {
  const user = await store(context, actor, 'user.edit', await existingUser(context, name), {
    identity: null,
  });
  await context.storage.sessions.removeOfUser(user.name);
  return user;
}

/** Deletes a user with all sessions and tokens. @throws {AccountRefused} */
export async function removeUser(
  context: AccountsContext,
  name: string,
  actor: string,
  still: UserChanges = {},
): Promise<void> {
  const before = await existingUser(context, name);
  const event = userEvent(context, actor, 'user.remove', before, null);
  const conditions = { ...conditionsFor(actor), still };
  refuseUnlessDone(await context.storage.users.remove(before.name, event, conditions));
}

/** The user of that name. @throws {AccountRefused} username-unknown */
export async function existingUser(context: AccountsContext, name: string): Promise<User> {
  const user = await context.storage.users.find(normaliseUserName(name));
  if (user === null) throw unknownUser();
  return user;
}

function unknownUser(): AccountRefused {
  return new AccountRefused([{ field: 'username', code: 'username-unknown' }]);
}

async function store(
  context: AccountsContext,
  actor: string,
  action: AuditAction,
  before: User,
  changes: UserChanges,
  still: UserChanges = {},
): Promise<User> {
  const after = { ...before, ...changes };
  const event = userEvent(context, actor, action, before, after);
  const conditions = { ...conditionsFor(actor), still };
  refuseUnlessDone(await context.storage.users.update(before.name, changes, event, conditions));
  return after;
}

function refuseUnlessDone(outcome: UserOutcome): void {
  if (outcome === 'last-administrator') throw new AccountRefused([{ field: '', code: 'last-administrator' }]);
  if (outcome === 'changed') throw new AccountRefused([{ field: '', code: 'changed-meanwhile' }]);
  if (outcome === 'taken') throw new AccountRefused([{ field: 'subject', code: 'identity-taken' }]);
  if (outcome !== 'done') throw unknownUser();
}

/**
 * Nobody at the pages may take away the last administrator who can log in; they would have locked everybody out. The
 * command line may: whoever has it can add another one.
 */
function conditionsFor(actor: string): UserConditions {
  return { keepsAnAdministrator: actor !== CLI_ACTOR };
}

/** The audit entry of a change of a user; a password hash never goes into it. */
export function userEvent(
  context: AccountsContext,
  actor: string,
  action: AuditAction,
  before: User | null,
  after: User | null,
  object: string = (after ?? before)?.name ?? '',
): AuditEvent {
  return {
    at: nowSeconds(context.clock),
    actor,
    action,
    object,
    before: before === null ? null : auditedFields(before),
    after: after === null ? null : auditedFields(after),
    note: null,
  };
}

function auditedFields(user: User): Record<string, unknown> {
  const { displayName, email, isAdministrator, isDisabled, identity } = user;
  return { displayName, email, isAdministrator, isDisabled, ...(identity === null ? {} : { identity }) };
}
