/**
 * Login with name and password. What it must hold against:
 * - learning who has an account: an unknown name, a disabled user and a wrong password get the same answer after
 *   the same work (one hash);
 * - guessing: attempts are counted before the work, so parallel ones count too (`login-limits.ts`);
 * - session fixation: every login starts a session under a new cookie value.
 */
import { nowSeconds } from '../base/index.ts';
import type { User } from '../model/index.ts';
import { normaliseUserName } from './account-rules.ts';
import type { AccountsContext } from './context.ts';
import { codeTicket } from './log-in-with-code.ts';
import { admitAttempt, noteSuccess } from './login-limits.ts';
import { PasswordsBusy } from './password-hasher.ts';
import { logOut, startSession } from './sessions.ts';
import { userEvent } from './users.ts';

/** An attempt to log in. */
export interface Login {
  readonly username: string;
  readonly password: string;
  /** The client's network address, as the trusted proxies tell it. */
  readonly clientAddress: string;
  /** Whom a trusted proxy names meanwhile, beside whom the session begins. @defaultValue nobody */
  readonly namedByProxy?: string | null;
}

/**
 * What became of it. `cookie` is the value of the new session's cookie; with a second factor there is a `ticket`
 * instead, for `logInWithCode`.
 */
export type LoginOutcome =
  | { readonly kind: 'signed-in'; readonly user: User; readonly cookie: string }
  | { readonly kind: 'code-needed'; readonly ticket: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** Time that a queue full of passwords needs to become shorter. */
const BUSY_SECONDS = 10;

/** Longer input is refused without being hashed: it can be nobody's password. */
const MOST_PASSWORD_CHARACTERS = 1024;

/** Tries to log in. */
export async function logIn(context: AccountsContext, login: Login): Promise<LoginOutcome> {
  const outcome = await tryToLogIn(context, login);
  if (outcome.kind !== 'code-needed') context.noteLogin?.(outcome.kind);
  return outcome;
}

async function tryToLogIn(context: AccountsContext, login: Login): Promise<LoginOutcome> {
  const name = normaliseUserName(login.username).slice(0, 256);
  const attempt = { name: name.toLowerCase(), address: login.clientAddress };
  const retryAfterSeconds = await admitAttempt(context, attempt);
  if (retryAfterSeconds !== null) return { kind: 'limited', retryAfterSeconds };

  const found = await context.storage.users.find(name);
  const user = found?.isDisabled ? null : found;
  let isRight: boolean;
  try {
    const password = login.password.slice(0, MOST_PASSWORD_CHARACTERS);
    isRight = await context.passwords.verify(password, user?.passwordHash ?? null);
  } catch (error) {
    if (error instanceof PasswordsBusy) return { kind: 'limited', retryAfterSeconds: BUSY_SECONDS };
    throw error;
  }
  if (user === null || !isRight) return { kind: 'refused' };

  const current = await renewHash(context, user, login.password);
  const factor = await context.storage.secondFactors.find(user.name);
  if (factor !== null) return { kind: 'code-needed', ticket: codeTicket(context, current, factor) };
  await noteSuccess(context, attempt);
  const at = nowSeconds(context.clock);
  await context.storage.users.noteLogin(
    user.name,
    at,
    userEvent(context, user.name, 'user.login', null, null, user.name),
  );
  const cookie = await startSession(context, current, login.namedByProxy);
  if (!(await isStillRight(context, current, login.password))) {
    await logOut(context, cookie);
    return { kind: 'refused' };
  }
  return { kind: 'signed-in', user: { ...current, lastLoginAt: at }, cookie };
}

/**
 * Whether the password is still the one that was right. Whoever set another one meanwhile has ended the sessions of
 * before; one that began right after must not outlive that. Another hash may be that of the same password, renewed.
 */
async function isStillRight(context: AccountsContext, user: User, password: string): Promise<boolean> {
  const passwordHash = (await context.storage.users.find(user.name))?.passwordHash ?? null;
  return passwordHash === user.passwordHash || context.passwords.verify(password, passwordHash);
}

/** Replaces a hash of weaker parameters while the password is at hand, unless the password was changed meanwhile. */
async function renewHash(context: AccountsContext, user: User, password: string): Promise<User> {
  if (user.passwordHash === null || !context.passwords.isOutdated(user.passwordHash)) return user;
  const passwordHash = await context.passwords.hash(password);
  const event = {
    ...userEvent(context, user.name, 'user.password', null, null, user.name),
    note: 'hash-renewed',
  };
  const conditions = { still: { passwordHash: user.passwordHash } };
  const outcome = await context.storage.users.update(user.name, { passwordHash }, event, conditions);
  return outcome === 'done' ? { ...user, passwordHash } : user;
}
