/**
 * The second factor of a user: turned on with a first code, turned off with the password, taken away by an
 * administrator when the device is lost. Recovery codes are given once, when it is turned on or they are made anew.
 */
import { nowSeconds, randomTypeable, Secret, sha256Hex } from '../base/index.ts';
import type { AuditAction, AuditEvent, SecondFactor, User } from '../model/index.ts';
import type { AccountsContext } from './context.ts';
import { AccountRefused, refuseMistakes } from './mistakes.ts';
import type { OneTimeCodes } from './one-time-codes.ts';
import { confirmPassword, existingUser } from './users.ts';

/** Handed to the use cases that read codes. */
export interface SecondFactorContext extends AccountsContext {
  readonly codes: OneTimeCodes;
}

/** How many recovery codes there are at first. */
export const RECOVERY_CODES = 10;

const RECOVERY_CODE_LENGTH = 10;

/** Turning it on: the secret that the user's authenticator was given, and the code that it shows. */
export interface NewSecondFactor {
  readonly userName: string;
  readonly password: string;
  readonly secret: string;
  readonly code: string;
  /** Where whoever turns it on is, for the user and the administrators to see. */
  readonly clientAddress: string;
  /** The session that stays; all others of the user end. */
  readonly sessionHash: string;
}

/**
 * Turns it on, and ends every other session of the user. Whoever does it with a stolen password locks the user out:
 * where it was done from is written down, see `second-factor-news.ts`.
 * @returns the recovery codes, which nobody can read again @throws {AccountRefused}
 */
export async function enableSecondFactor(
  context: SecondFactorContext,
  { userName, password, secret, code, clientAddress, sessionHash }: NewSecondFactor,
): Promise<readonly string[]> {
  const user = await existingUser(context, userName);
  await confirmPassword(context, user, password, 'password');
  const step = context.codes.stepOf(new Secret(secret), code, nowSeconds(context.clock));
  refuseMistakes([step === null ? { field: 'code', code: 'code-wrong' } : null]);
  const recoveryCodes = makeRecoveryCodes(context);
  const factor: SecondFactor = {
    userName: user.name,
    secret: new Secret(secret),
    lastStep: step!,
    recoveryHashes: recoveryCodes.map(recoveryHash),
    createdAt: nowSeconds(context.clock),
  };
  const event = factorEvent(context, user.name, 'second-factor.add', user);
  const after = { clientAddress };
  const isAdded = await context.storage.secondFactors.add(factor, { ...event, at: factor.createdAt, after });
  refuseMistakes([isAdded ? null : { field: '', code: 'second-factor-present' }]);
  await context.storage.sessions.removeOfUser(user.name, sessionHash);
  return recoveryCodes;
}

/** Puts new recovery codes in place of all others. @throws {AccountRefused} */
export async function renewRecoveryCodes(
  context: AccountsContext,
  { userName, password }: { readonly userName: string; readonly password: string },
): Promise<readonly string[]> {
  const user = await existingUser(context, userName);
  await confirmPassword(context, user, password, 'password');
  const recoveryCodes = makeRecoveryCodes(context);
  const isDone = await context.storage.secondFactors.replaceRecoveryCodes(
    user.name,
    recoveryCodes.map(recoveryHash),
    factorEvent(context, user.name, 'second-factor.renew', user),
  );
  refuseMistakes([isDone ? null : { field: '', code: 'second-factor-absent' }]);
  return recoveryCodes;
}

/** Turns one's own off. @throws {AccountRefused} */
export async function disableSecondFactor(
  context: AccountsContext,
  { userName, password }: { readonly userName: string; readonly password: string },
): Promise<void> {
  const user = await existingUser(context, userName);
  await confirmPassword(context, user, password, 'password');
  await removeFactor(context, user, user.name);
}

/**
 * Takes away somebody else's, who then logs in with the password alone. Never one's own: a browser that was left open
 * must not be enough for that. @throws {AccountRefused}
 */
export async function resetSecondFactor(
  context: AccountsContext,
  userName: string,
  actor: string,
): Promise<User> {
  const user = await existingUser(context, userName);
  refuseMistakes([user.name === actor ? { field: '', code: 'second-factor-own' } : null]);
  await removeFactor(context, user, actor);
  return user;
}

async function removeFactor(context: AccountsContext, user: User, actor: string): Promise<void> {
  const event = factorEvent(context, actor, 'second-factor.remove', user);
  const isDone = await context.storage.secondFactors.remove(user.name, event);
  if (!isDone) throw new AccountRefused([{ field: '', code: 'second-factor-absent' }]);
}

/** Takes one code of an authenticator, or one recovery code; each is good once. Gives which it was, null for neither. */
export async function takeCode(
  context: SecondFactorContext,
  user: User,
  factor: SecondFactor,
  code: string,
): Promise<'present' | 'recovery' | null> {
  const { secondFactors } = context.storage;
  const step = context.codes.stepOf(factor.secret, code, nowSeconds(context.clock));
  if (step !== null) return (await secondFactors.takeStep(user.name, step)) ? 'present' : null;
  const event = factorEvent(context, user.name, 'second-factor.recover', user);
  const isTaken = await secondFactors.takeRecoveryCode(user.name, recoveryHash(code), event);
  return isTaken ? 'recovery' : null;
}

function makeRecoveryCodes({ random }: AccountsContext): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const code = randomTypeable(random, RECOVERY_CODE_LENGTH);
    return `${code.slice(0, 5)}-${code.slice(5)}`;
  });
}

/** However somebody types it. The codes are drawn from 29^10 (48 bits): no dictionary has them. */
function recoveryHash(code: string): string {
  return sha256Hex(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}

function factorEvent(
  context: AccountsContext,
  actor: string,
  action: AuditAction,
  { name }: User,
): AuditEvent {
  const at = nowSeconds(context.clock);
  return { at, actor, action, object: name, before: null, after: null, note: null };
}
