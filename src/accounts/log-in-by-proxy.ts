/**
 * Login by the word of a reverse proxy in front that has logged people in itself. Whoever calls has made sure that it
 * is a trusted proxy that speaks. What it must hold against besides:
 * - becoming an administrator by a header: an administrator logs in with the password, and so does whoever turned on
 *   a second factor; the proxy's word alone is never enough for them;
 * - the first administrator: nobody comes in before the set-up;
 * - a program without cookies, which begins a session with each request: each name logs in so often and no more;
 * - a browser that changes hands: the session is bound to the name, and counts with no other.
 */
import type { User } from '../model/index.ts';
import { checkUserName, normaliseUserName } from './account-rules.ts';
import { admit } from './admit.ts';
import type { AccountsContext } from './context.ts';
import { type IdentityProblem, IdentityRefused, type Vouched } from './identity-provider.ts';
import { admitNamed } from './login-limits.ts';
import { proxyIdentity, startProxySession } from './sessions.ts';

/** What the proxy says about the person at the browser. */
export interface ProxyWord {
  readonly userName: string;
  /** '' when it says none. */
  readonly displayName: string;
  /** '' when it says none. */
  readonly email: string;
}

/** What became of it. */
export type ProxyLoginOutcome =
  | { readonly kind: 'signed-in'; readonly user: User; readonly cookie: string }
  | { readonly kind: 'refused'; readonly problem: IdentityProblem; readonly reason: string }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/**
 * Logs in whom the proxy names.
 * @param createsUsers whether people who are unknown here become users
 */
export async function logInByProxy(
  context: AccountsContext,
  word: ProxyWord,
  createsUsers: boolean,
): Promise<ProxyLoginOutcome> {
  const outcome = await tryWord(context, word, createsUsers);
  context.noteLogin?.(outcome.kind);
  return outcome;
}

async function tryWord(
  context: AccountsContext,
  { userName, displayName, email }: ProxyWord,
  createsUsers: boolean,
): Promise<ProxyLoginOutcome> {
  try {
    if (checkUserName(normaliseUserName(userName)) !== null)
      throw new IdentityRefused('name-unusable', 'the name cannot be a user name here');
    const identity = proxyIdentity(userName);
    const vouched: Vouched = { identity, userName, displayName, email, isAdministrator: null };
    await refuseWhoNeedsPassword(context, vouched);
    const retryAfterSeconds = await admitNamed(context, userName);
    if (retryAfterSeconds !== null) return { kind: 'limited', retryAfterSeconds };
    const user = await admit(context, { createsUsers, bindsUsers: true }, vouched);
    return { kind: 'signed-in', user, cookie: await startProxySession(context, user) };
  } catch (error) {
    if (!(error instanceof IdentityRefused)) throw error;
    return { kind: 'refused', problem: error.problem, reason: error.message };
  }
}

/** @throws {IdentityRefused} password-needed */
async function refuseWhoNeedsPassword(
  { storage }: AccountsContext,
  { identity, userName }: Vouched,
): Promise<void> {
  const byIdentity = await storage.users.findByIdentity(identity);
  const user = byIdentity ?? (await storage.users.find(normaliseUserName(userName ?? '')));
  if (user === null || user.isDisabled) return;
  if (user.isAdministrator)
    throw new IdentityRefused('password-needed', `${user.name} is an administrator here`);
  if ((await storage.secondFactors.find(user.name)) !== null)
    throw new IdentityRefused('password-needed', `${user.name} has a second factor here`);
}
