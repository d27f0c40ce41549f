/**
 * Browser sessions: an unguessable cookie value, of which only the SHA-256 is stored, so a copy of the database
 * lets nobody in. A session ends after eight idle hours, after seven days whatever happens, at logout, and at
 * once when its user is disabled, removed or given another password.
 */
import { nowSeconds, randomAlphanumeric, sha256Hex } from '../base/index.ts';
import type { Session, User } from '../model/index.ts';
import type { AccountsContext } from './context.ts';

/** Time without a request after which a session is over. */
export const SESSION_IDLE_SECONDS = 8 * 3600;

/** Longest life of a session, and of its cookie. */
export const SESSION_ABSOLUTE_SECONDS = 7 * 24 * 3600;

/** A session's last use is written at most this often. */
const TOUCH_EVERY_SECONDS = 60;

const COOKIE_VALUE = /^[A-Za-z0-9]{43}$/;

/** Who is at the browser. */
export interface SignedIn {
  readonly user: User;
  readonly session: Session;
}

/** Starts a session under a new, unguessable cookie value, which it gives. */
export async function startSession(context: AccountsContext, user: User): Promise<string> {
  const cookie = randomAlphanumeric(context.random, 43);
  const now = nowSeconds(context.clock);
  await context.storage.sessions.add({
    hash: sha256Hex(cookie),
    userName: user.name,
    csrfToken: randomAlphanumeric(context.random, 32),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + SESSION_ABSOLUTE_SECONDS,
  });
  return cookie;
}

/** The session of a cookie value and its user; null for anything unknown, expired, or of a disabled user. */
export async function findSession(
  context: AccountsContext,
  cookie: string | undefined,
): Promise<SignedIn | null> {
  if (cookie === undefined || !COOKIE_VALUE.test(cookie)) return null;
  const session = await context.storage.sessions.find(sha256Hex(cookie));
  const now = nowSeconds(context.clock);
  if (session === null || session.expiresAt <= now || session.lastSeenAt + SESSION_IDLE_SECONDS <= now) {
    return null;
  }
  const user = await context.storage.users.find(session.userName);
  if (user === null || user.isDisabled) return null;
  if (now - session.lastSeenAt >= TOUCH_EVERY_SECONDS)
    await context.storage.sessions.touch(session.hash, now);
  return { user, session };
}

/** Ends the session of a cookie value; one that is over already is fine. */
export async function logOut(context: AccountsContext, cookie: string | undefined): Promise<void> {
  if (cookie !== undefined && COOKIE_VALUE.test(cookie)) {
    await context.storage.sessions.remove(sha256Hex(cookie));
  }
}
