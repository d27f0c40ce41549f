/**
 * Browser sessions: an unguessable cookie value, of which only the SHA-256 is stored, so a copy of the database
 * lets nobody in. A session ends after eight idle hours, after seven days whatever happens, at logout, and at
 * once when its user is disabled, removed or given another password.
 *
 * A session that was made by the word of a trusted proxy is bound to that word: it counts only in requests in which the
 * proxy names the same person. Its cookie is a character longer, so that it can never be taken for one of the others.
 * Any other session that began while a proxy named somebody ends when it names somebody else: the browser has changed
 * hands, and an administrator's session must not stay in it. Its cookie says beside whom, and is found by all of it.
 */
import { nowSeconds, randomAlphanumeric, sha256Hex } from '../base/index.ts';
import { type Identity, type Session, type User, userNameKey } from '../model/index.ts';
import type { AccountsContext } from './context.ts';

/** Time without a request after which a session is over. */
export const SESSION_IDLE_SECONDS = 8 * 3600;

/** Longest life of a session, and of its cookie. */
export const SESSION_ABSOLUTE_SECONDS = 7 * 24 * 3600;

/** Browsers that one user is logged in with at the same time; whoever begins more, ends the one that rested longest. */
export const MOST_SESSIONS = 50;

/** A session's last use is written at most this often. */
const TOUCH_EVERY_SECONDS = 60;

const COOKIE_LENGTH = 43;

/** Hexadecimal digits that say beside whom a session began. */
const MARK_LENGTH = 32;

const COOKIE_VALUE = new RegExp(`^[A-Za-z0-9]{${COOKIE_LENGTH}}(?:[A-Za-z0-9]|[0-9a-f]{${MARK_LENGTH}})?$`);

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

/** Whether the session of a cookie value hangs on what a proxy says. */
export function isBoundToProxy(cookie: string | undefined): boolean {
  return cookie !== undefined && cookie.length > COOKIE_LENGTH;
}

/**
 * Starts a session under a new, unguessable cookie value, which it gives.
 * @param beside whom a trusted proxy names meanwhile; null: nobody
 */
export function startSession(
  context: AccountsContext,
  user: User,
  beside: string | null = null,
): Promise<string> {
  const mark = beside === null ? '' : markOf(beside);
  return addSession(context, user, randomAlphanumeric(context.random, COOKIE_LENGTH) + mark);
}

/** Starts a session that is made of the proxy's word, and counts only with it. */
export function startProxySession(context: AccountsContext, user: User): Promise<string> {
  return addSession(context, user, randomAlphanumeric(context.random, COOKIE_LENGTH + 1));
}

async function addSession(context: AccountsContext, user: User, cookie: string): Promise<string> {
  const now = nowSeconds(context.clock);
  const session: Session = {
    hash: sha256Hex(cookie),
    userName: user.name,
    csrfToken: randomAlphanumeric(context.random, 32),
    createdAt: now,
    lastSeenAt: now,
    provenAt: now,
    expiresAt: now + SESSION_ABSOLUTE_SECONDS,
  };
  await context.storage.sessions.add(session, MOST_SESSIONS);
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
  if (!agrees(cookie, user, namedByProxy)) return null;
  if (now - session.lastSeenAt >= TOUCH_EVERY_SECONDS)
    await context.storage.sessions.touch(session.hash, now);
  return { user, session };
}

/** Whether what the proxy says lets the session count. */
function agrees(cookie: string, user: User, namedByProxy: string | null): boolean {
  const binding = cookie.slice(COOKIE_LENGTH);
  if (binding.length === 1) return isNamed(user, namedByProxy);
  return binding === '' || namedByProxy === null || binding === markOf(namedByProxy);
}

function markOf(namedByProxy: string): string {
  return sha256Hex(userNameKey(namedByProxy.trim())).slice(0, MARK_LENGTH);
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
