/**
 * Limits on guessing passwords, counted in storage: they survive a restart and hold for all nodes together.
 * Four counts, from narrow to wide: one address; one address on one account; one account; everybody. An attempt
 * stopped by a narrow one is not counted in a wider one, so a single address can lock out neither an account nor
 * the installation. Many addresses together could use up an account's count: somebody who logged in from their
 * own address before is not held to it.
 */
import { nowSeconds, sha256Hex } from '../base/index.ts';
import { userNameKey } from '../model/index.ts';
import { type AccountsContext, SYSTEM_ACTOR } from './context.ts';

interface Limit {
  readonly attempts: number;
  readonly windowSeconds: number;
}

/** Attempts let through in one window of time. */
export const LOGIN_LIMITS = {
  address: { attempts: 100, windowSeconds: 900 },
  addressAndAccount: { attempts: 10, windowSeconds: 900 },
  account: { attempts: 50, windowSeconds: 900 },
  everybody: { attempts: 600, windowSeconds: 60 },
} as const satisfies Record<string, Limit>;

/** How long an address that a user logged in from counts as theirs. */
const FAMILIAR_SECONDS = 30 * 24 * 3600;

/** Who tries to log in, from where. The name in lower case. */
export interface Attempt {
  readonly name: string;
  readonly address: string;
}

/** Counts an attempt: null lets it through, a number is the seconds to wait at most. */
export async function admitAttempt(context: AccountsContext, attempt: Attempt): Promise<number | null> {
  const buckets = bucketsOf(attempt);
  const isOver = async (name: keyof typeof LOGIN_LIMITS): Promise<boolean> => {
    const limit = LOGIN_LIMITS[name];
    const count = await context.storage.attempts.count(
      buckets[name],
      nowSeconds(context.clock),
      limit.windowSeconds,
    );
    if (count === limit.attempts + 1) await reportLimit(context, name, attempt.address);
    return count > limit.attempts;
  };

  if (await isOver('address')) return LOGIN_LIMITS.address.windowSeconds;
  if (await isOver('addressAndAccount')) return LOGIN_LIMITS.addressAndAccount.windowSeconds;
  if (await isFamiliar(context, buckets.familiar)) return null;
  if (await isOver('account')) return LOGIN_LIMITS.account.windowSeconds;
  if (await isOver('everybody')) return LOGIN_LIMITS.everybody.windowSeconds;
  return null;
}

/**
 * Counts an attempt by way of the OpenID provider, by its address only: nobody's password is guessed there, but each
 * attempt makes us ask the provider. As `admitAttempt` otherwise.
 */
export async function admitAddress(context: AccountsContext, address: string): Promise<number | null> {
  const { attempts, windowSeconds } = LOGIN_LIMITS.address;
  const bucket = `login:provider:${networkOf(address)}`;
  const count = await context.storage.attempts.count(bucket, nowSeconds(context.clock), windowSeconds);
  if (count === attempts + 1) await reportLimit(context, 'provider', address);
  return count > attempts ? windowSeconds : null;
}

/**
 * Counts a login by the word of a trusted proxy, by the name it says: a program that keeps no cookie begins a session
 * with each request for a page. As `admitAttempt` otherwise.
 */
export async function admitNamed(context: AccountsContext, name: string): Promise<number | null> {
  const { attempts, windowSeconds } = LOGIN_LIMITS.address;
  const bucket = `login:named:${sha256Hex(userNameKey(name.trim()))}`;
  const count = await context.storage.attempts.count(bucket, nowSeconds(context.clock), windowSeconds);
  return count > attempts ? windowSeconds : null;
}

/** A right password clears the narrow count, and makes the address familiar. */
export async function noteSuccess(context: AccountsContext, attempt: Attempt): Promise<void> {
  const buckets = bucketsOf(attempt);
  await context.storage.attempts.reset(buckets.addressAndAccount);
  if (!(await isFamiliar(context, buckets.familiar))) {
    await context.storage.attempts.count(buckets.familiar, familiarUntil(context), FAMILIAR_SECONDS);
  }
}

async function isFamiliar(context: AccountsContext, bucket: string): Promise<boolean> {
  return (await context.storage.attempts.peek(bucket, familiarUntil(context), FAMILIAR_SECONDS)) > 0;
}

/**
 * The moment that familiarity is noted under: when it ends, not when it began. Counts of attempts are cleared away
 * soon after their moment, or a flood of guesses would fill the storage; this note has to outlast them.
 */
function familiarUntil(context: AccountsContext): number {
  return nowSeconds(context.clock) + FAMILIAR_SECONDS;
}

/** The name typed is hashed: people type their password into the wrong field. */
function bucketsOf({ name, address }: Attempt): Record<keyof typeof LOGIN_LIMITS | 'familiar', string> {
  const account = sha256Hex(name);
  const network = networkOf(address);
  return {
    address: `login:address:${network}`,
    addressAndAccount: `login:address-and-account:${network}:${account}`,
    account: `login:account:${account}`,
    everybody: 'login:everybody',
    familiar: `login:familiar:${network}:${account}`,
  };
}

/** What limits count an address as: an IPv6 customer owns a whole /64, so all its addresses are one. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? [] : tail.split(':');
    while (groups.length + rest.length < 8) groups.push('0');
    groups.push(...rest);
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}

async function reportLimit(context: AccountsContext, limit: string, address: string): Promise<void> {
  await context.storage.audit.append({
    at: nowSeconds(context.clock),
    actor: SYSTEM_ACTOR,
    action: 'user.login',
    object: address,
    before: null,
    after: { limit },
    note: 'too-many-attempts',
  });
}
