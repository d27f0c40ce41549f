/**
 * Browser sessions: an unguessable cookie value, of which only the SHA-256 is stored, so a copy of the database
 * lets nobody in. A session ends after eight idle hours, after seven days whatever happens, at logout, and at
 * once when its user is disabled, removed or given another password.
 *
 * A session that was made by the word of a trusted proxy is bound to that word: it counts only in requests in which the
 * proxy names the same person. Its cookie is a character longer, so that it can never be taken for one of the others.
 */
import { nowSeconds, randomAlphanumeric, sha256Hex } from '../base/index.ts';
import { type Identity, type Session, type User, userNameKey } from '../model/index.ts';
import type { AccountsContext } from './context.ts';

/** Time without a request after which a session is over. */
export const SESSION_IDLE_SECONDS = 8 * 3600;

/** Longest life of a session, and of its cookie. */
export const SESSION_ABSOLUTE_SECONDS = 7 * 24 * 3600;

/** A session's last use is written at most this often. */
const TOUCH_EVERY_SECONDS = 60;

const COOKIE_LENGTH = 43;

const COOKIE_VALUE = new RegExp(`^[A-Za-z0-9]{${COOKIE_LENGTH},${COOKIE_LENGTH + 1}}$`);

/** Who vouches for the people whom a trusted proxy names; what it calls them is the subject. */
const PROXY_ISSUER = 'urn:countersign:trusted-proxy';

/** Who is at the browser. */
export interface SignedIn {
  readonly user: User;
  readonly session: Session;
}

/** Who somebody is whom a trusted proxy names. */
export function proxyIdentity(name: string): Identity {
  return { issuer: PROXY_ISSUER, subject: userNameKey(name.trim()) };
}

/** Whether the session of a cookie value is bound to the word of a proxy. */
export function isBoundToProxy(cookie: string | undefined): boolean {
  return cookie !== undefined && cookie.length > COOKIE_LENGTH;
}

/**
 * Starts a session under a new, unguessable cookie value, which it gives.
 * @param boundTo `proxy`: it counts only with the proxy's word
 */
export async function startSession(
  context: AccountsContext,
  user: User,
  boundTo: 'nothing' | 'proxy' = 'nothing',
): Promise<string> {
  const cookie = randomAlphanumeric(context.random, COOKIE_LENGTH + (boundTo === 'proxy' ? 1 : 0));
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

/**
 * The session of a cookie value and its user; null for anything unknown, expired, or of a disabled user.
 * @param namedByProxy whom a trusted proxy names in this very request; null: nobody
 */
export async function findSession(
  context: AccountsContext,
  cookie: string | undefined,
  namedByProxy: string | null = null,
): Promise<SignedIn | null> {
  if (cookie === undefined || !COOKIE_VALUE.test(cookie)) return null;
  const session = await context.storage.sessions.find(sha256Hex(cookie));
  const now = nowSeconds(context.clock);
  if (session === null || session.expiresAt <= now || session.lastSeenAt + SESSION_IDLE_SECONDS <= now) {
    return null;
  }
  const user = await context.storage.users.find(session.userName);
  if (user === null || user.isDisabled) return null;
  if (isBoundToProxy(cookie) && !isNamed(user, namedByProxy)) return null;
  if (now - session.lastSeenAt >= TOUCH_EVERY_SECONDS)
    await context.storage.sessions.touch(session.hash, now);
  return { user, session };
}

/** Somebody who became an administrator meanwhile has to log in as one. */
function isNamed({ identity, isAdministrator }: User, namedByProxy: string | null): boolean {
  if (namedByProxy === null || identity === null || isAdministrator) return false;
  const { issuer, subject } = proxyIdentity(namedByProxy);
  return identity.issuer === issuer && identity.subject === subject;
}

/** Ends the session of a cookie value; one that is over already is fine. */
export async function logOut(context: AccountsContext, cookie: string | undefined): Promise<void> {
  if (cookie !== undefined && COOKIE_VALUE.test(cookie)) {
    await context.storage.sessions.remove(sha256Hex(cookie));
  }
}
