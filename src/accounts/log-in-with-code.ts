/**
 * The second step of a login, for users with a second factor. Between the steps the browser holds a ticket that only
 * the right password gives: it names the user and its end, and is signed with a key made of the user's own secret and
 * password hash, so nothing is kept here, every node can check it, and a new password or factor ends it. What it must
 * hold against:
 * - guessing codes: five tries in a quarter of an hour, counted before the work and only for holders of a ticket, so
 *   that strangers lock nobody out;
 * - codes that were seen: each is taken once, on all nodes together.
 */
import { createHmac } from 'node:crypto';
import { equalInConstantTime, nowSeconds, sha256Hex } from '../base/index.ts';
import type { SecondFactor, User } from '../model/index.ts';
import type { AccountsContext } from './context.ts';
import { noteSuccess } from './login-limits.ts';
import { type SecondFactorContext, takeCode } from './second-factor.ts';
import { startSession } from './sessions.ts';
import { userEvent } from './users.ts';

/** How long somebody may look for the device. */
const TICKET_SECONDS = 600;

/** Tries of codes in one window of time. */
export const CODE_LIMIT = { attempts: 5, windowSeconds: 900 } as const;

const LONGEST_CODE = 40;

/** What comes back with the code. */
export interface CodeLogin {
  readonly ticket: string;
  readonly code: string;
  readonly clientAddress: string;
  /** Whom a trusted proxy names meanwhile, beside whom the session begins. @defaultValue nobody */
  readonly namedByProxy?: string | null;
}

/** What became of it. 'lapsed': the ticket is over, or was none; the password has to be entered again. */
export type CodeLoginOutcome =
  | {
      readonly kind: 'signed-in';
      readonly user: User;
      readonly cookie: string;
      /** How many recovery codes are left, where one of them was taken; null otherwise. */
      readonly recoveryCodesLeft: number | null;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'lapsed' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** The ticket of somebody whose password was right. */
export function codeTicket({ clock }: AccountsContext, user: User, factor: SecondFactor): string {
  const until = nowSeconds(clock) + TICKET_SECONDS;
  const name = Buffer.from(user.name, 'utf8').toString('base64url');
  return `${until}.${name}.${signature(user, factor, until)}`;
}

/** Ends a login with a code. */
export async function logInWithCode(
  context: SecondFactorContext,
  login: CodeLogin,
): Promise<CodeLoginOutcome> {
  const outcome = await tryCode(context, login);
  if (outcome.kind !== 'lapsed') context.noteLogin?.(outcome.kind);
  return outcome;
}

async function tryCode(
  context: SecondFactorContext,
  { ticket, code, clientAddress, namedByProxy }: CodeLogin,
): Promise<CodeLoginOutcome> {
  const holder = await holderOf(context, ticket);
  if (holder === null) return { kind: 'lapsed' };
  const { user, factor } = holder;
  const now = nowSeconds(context.clock);
  if (!(await countCodeTry(context, user)))
    return { kind: 'limited', retryAfterSeconds: CODE_LIMIT.windowSeconds };
  const taken = await takeCode(context, user, factor, code.slice(0, LONGEST_CODE));
  if (taken === null) return { kind: 'refused' };
  await context.storage.attempts.reset(bucketOf(user));
  await noteSuccess(context, { name: user.name.toLowerCase(), address: clientAddress });
  const event = userEvent(context, user.name, 'user.login', null, null, user.name);
  await context.storage.users.noteLogin(user.name, now, { ...event, after: { secondFactor: true } });
  return {
    kind: 'signed-in',
    user: { ...user, lastLoginAt: now },
    cookie: await startSession(context, user, namedByProxy),
    recoveryCodesLeft: taken === 'recovery' ? factor.recoveryHashes.length - 1 : null,
  };
}

/** Counts a try of a code, before the work; false: there were too many. */
export async function countCodeTry({ storage, clock }: AccountsContext, user: User): Promise<boolean> {
  const { attempts, windowSeconds } = CODE_LIMIT;
  const tries = await storage.attempts.count(bucketOf(user), nowSeconds(clock), windowSeconds);
  return tries <= attempts;
}

function bucketOf({ name }: User): string {
  return `login:code:${sha256Hex(name.toLowerCase())}`;
}

/** Whose ticket it is; null for one that is over, or was none. */
export async function holderOf(
  context: AccountsContext,
  ticket: string,
): Promise<{ readonly user: User; readonly factor: SecondFactor } | null> {
  const [until = '', name = '', signed = ''] = ticket.split('.');
  if (!/^\d{1,12}$/.test(until) || Number(until) <= nowSeconds(context.clock)) return null;
  const user = await context.storage.users.find(Buffer.from(name, 'base64url').toString('utf8'));
  const factor = user === null ? null : await context.storage.secondFactors.find(user.name);
  if (user === null || user.isDisabled || factor === null) return null;
  return equalInConstantTime(signed, signature(user, factor, Number(until))) ? { user, factor } : null;
}

function signature({ name, passwordHash }: User, { secret }: SecondFactor, until: number): string {
  return createHmac('sha256', `${secret.reveal()} ${passwordHash}`)
    .update(`second step of a login: ${until} ${name}`)
    .digest('base64url');
}
