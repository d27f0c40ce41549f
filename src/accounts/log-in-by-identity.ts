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
import { checkDisplayName, checkEmail, checkUserName, normaliseUserName } from './account-rules.ts';
import { type AccountsContext, SYSTEM_ACTOR } from './context.ts';
import {
  type IdentityProblem,
  type IdentityProvider,
  IdentityRefused,
  type LoginUnderWay,
  type Vouched,
} from './identity-provider.ts';
import { admitAddress } from './login-limits.ts';
import { startSession } from './sessions.ts';
import { userEvent } from './users.ts';

/** A browser that comes back from the provider. */
export interface IdentityLogin {
  /** The parameters of the address that the provider sent it to. */
  readonly answer: URLSearchParams;
  /** What the browser was given at the beginning. */
  readonly ticket: string | undefined;
  readonly clientAddress: string;
  readonly requestId: string;
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
  { answer, ticket, clientAddress, requestId }: IdentityLogin,
): Promise<IdentityLoginOutcome> {
  const retryAfterSeconds = await admitAddress(context, clientAddress);
  if (retryAfterSeconds !== null) return { kind: 'limited', retryAfterSeconds };
  const recalled = provider.recall(ticket);
  try {
    const login = await takeState(context, recalled, answer.get('state'));
    const vouched = await provider.vouch(login, answer);
    const user = await admit(context, provider, vouched);
    const at = nowSeconds(context.clock);
    const event = userEvent(context, user.name, 'user.login', null, null, user.name);
    const { issuer } = vouched.identity;
    await context.storage.users.noteLogin(user.name, at, { ...event, after: { vouchedForBy: issuer } });
    const cookie = await startSession(context, user);
    return { kind: 'signed-in', user: { ...user, lastLoginAt: at }, cookie, next: login.next };
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

/** The user whom the provider vouches for, in the role that it says. */
async function admit(context: AccountsContext, provider: IdentityProvider, vouched: Vouched): Promise<User> {
  const { users } = context.storage;
  const user = (await users.findByIdentity(vouched.identity)) ?? (await welcome(context, provider, vouched));
  if (user.isDisabled) throw new IdentityRefused('disabled', `${user.name} is disabled here`);
  return followRole(context, user, vouched);
}

/** Somebody who comes for the first time. */
async function welcome(
  context: AccountsContext,
  provider: IdentityProvider,
  vouched: Vouched,
): Promise<User> {
  const { users } = context.storage;
  if ((await users.count()) === 0) {
    throw new IdentityRefused(
      'not-set-up',
      'the first administrator is set up here, by the link of the start',
    );
  }
  const name = normaliseUserName(vouched.userName ?? '');
  if (checkUserName(name) !== null) {
    throw new IdentityRefused(
      'name-unusable',
      'the provider gives no verified name that a user can have here',
    );
  }
  const present = await users.find(name);
  if (present !== null) return bind(context, provider, vouched, present);
  if (!provider.createsUsers) throw new IdentityRefused('unknown-user', `there is no user ${name} here`);
  const user = newUser(context, name, vouched);
  const event = userEvent(context, SYSTEM_ACTOR, 'user.add', null, user);
  if (await users.add(user, event)) return user;
  const meanwhile = await users.findByIdentity(vouched.identity);
  if (meanwhile === null) throw nameTaken(name);
  return meanwhile;
}

/** Only where the administrator said so; a name that an administrator has here is worth too much to go by a name. */
async function bind(
  context: AccountsContext,
  provider: IdentityProvider,
  { identity }: Vouched,
  before: User,
): Promise<User> {
  const mayBind = provider.bindsUsers && before.identity === null && !before.isAdministrator;
  if (!mayBind) throw nameTaken(before.name);
  const after = { ...before, identity };
  const event = userEvent(context, SYSTEM_ACTOR, 'user.edit', before, after);
  const outcome = await context.storage.users.update(before.name, { identity }, event, { isUnbound: true });
  if (outcome !== 'done') throw nameTaken(before.name);
  return after;
}

function nameTaken(name: string): IdentityRefused {
  const how = `countersign user bind ${name}`;
  return new IdentityRefused(
    'name-taken',
    `${name} is a user here who is not bound to this person; see ${how}`,
  );
}

function newUser(context: AccountsContext, name: string, vouched: Vouched): User {
  const displayName = vouched.displayName.trim();
  const hasName = displayName !== '' && checkDisplayName(displayName) === null;
  const hasEmail = vouched.email !== '' && checkEmail(vouched.email) === null;
  return {
    name,
    displayName: hasName ? displayName : name,
    email: hasEmail ? vouched.email : null,
    isAdministrator: vouched.isAdministrator ?? false,
    isDisabled: false,
    passwordHash: null,
    identity: vouched.identity,
    createdAt: nowSeconds(context.clock),
    lastLoginAt: null,
  };
}

/** The role follows the provider's word at each login, except that the last administrator stays one. */
async function followRole(
  context: AccountsContext,
  before: User,
  { isAdministrator }: Vouched,
): Promise<User> {
  if (isAdministrator === null || isAdministrator === before.isAdministrator) return before;
  const after = { ...before, isAdministrator };
  const event = userEvent(context, SYSTEM_ACTOR, 'user.edit', before, after);
  const keep = { keepsAnAdministrator: true };
  const outcome = await context.storage.users.update(before.name, { isAdministrator }, event, keep);
  return outcome === 'done' ? after : before;
}
