/**
 * Login by the word of an OpenID provider. What it must hold against:
 * - an answer that another browser began, or that comes a second time: the browser brings the ticket of its own
 *   login, and each `state` is taken once, on all nodes together;
 * - taking over a user by choosing their name at the provider: whom a user is at the provider is kept as issuer and
 *   subject, names count at the first login only, and an administrator who was here before is never taken over;
 * - the first administrator: nobody comes in before the set-up;
 * - session fixation: every login starts a session under a new cookie value.
 */
import { equalInConstantTime, nowSeconds, sha256Hex } from '../base/index.ts';
import type { User } from '../model/index.ts';
import { admit } from './admit.ts';
import type { AccountsContext } from './context.ts';
import {
  type IdentityProblem,
  type IdentityProvider,
  IdentityRefused,
  type LoginUnderWay,
} from './identity-provider.ts';
import { admitAddress } from './login-limits.ts';
import { startSession } from './sessions.ts';

/** A browser that comes back from the provider. */
export interface IdentityLogin {
  /** The parameters of the address that the provider sent it to. */
  readonly answer: URLSearchParams;
  /** What the browser was given at the beginning. */
  readonly ticket: string | undefined;
  readonly clientAddress: string;
  readonly requestId: string;
  /** Whom a trusted proxy names meanwhile, beside whom the session begins. @defaultValue nobody */
  readonly namedByProxy?: string | null;
}

/** What became of it; `next` is where the person wanted to go, unchecked. */
export type IdentityLoginOutcome =
  | { readonly kind: 'signed-in'; readonly user: User; readonly cookie: string; readonly next: string }
  | { readonly kind: 'refused'; readonly problem: IdentityProblem; readonly next: string }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** Longer than a ticket is good for, so that its state is remembered as long as it could come again. */
const STATE_SECONDS = 900;

/** Tries to log in. */
export async function logInByIdentity(
  context: AccountsContext,
  provider: IdentityProvider,
  attempt: IdentityLogin,
): Promise<IdentityLoginOutcome> {
  const outcome = await tryIdentity(context, provider, attempt);
  context.noteLogin?.(outcome.kind);
  return outcome;
}

async function tryIdentity(
  context: AccountsContext,
  provider: IdentityProvider,
  { answer, ticket, clientAddress, requestId, namedByProxy }: IdentityLogin,
): Promise<IdentityLoginOutcome> {
  const retryAfterSeconds = await admitAddress(context, clientAddress);
  if (retryAfterSeconds !== null) return { kind: 'limited', retryAfterSeconds };
  const recalled = provider.recall(ticket);
  try {
    const login = await takeState(context, recalled, answer.get('state'));
    const vouched = await provider.vouch(login, answer);
    const user = await admit(context, provider, vouched);
    const cookie = await startSession(context, user, namedByProxy);
    return { kind: 'signed-in', user, cookie, next: login.next };
  } catch (error) {
    if (!(error instanceof IdentityRefused)) throw error;
    provider.noteRefusal(error, requestId);
    return { kind: 'refused', problem: error.problem, next: recalled?.next ?? '' };
  }
}

/** The answer belongs to the login that this browser began, and is the first one to it. */
async function takeState(
  context: AccountsContext,
  login: LoginUnderWay | null,
  state: string | null,
): Promise<LoginUnderWay> {
  if (login === null || state === null || !equalInConstantTime(state, login.state)) {
    throw new IdentityRefused('login-lost', 'the answer is to no login that this browser began');
  }
  const bucket = `login:state:${sha256Hex(state)}`;
  const answers = await context.storage.attempts.count(bucket, nowSeconds(context.clock), STATE_SECONDS);
  if (answers > 1) throw new IdentityRefused('login-lost', 'the answer came a second time');
  return login;
}
