/**
 * From the word of somebody outside to a user here: whom it means, who becomes a user by it, who is taken over. Whoever
 * vouches names an identity, which counts from then on; a name counts at the first login only, and the name of an
 * administrator is worth too much to go by a name.
 */
import { nowSeconds } from '../base/index.ts';
import type { User } from '../model/index.ts';
import { checkDisplayName, checkEmail, checkUserName, normaliseUserName } from './account-rules.ts';
import { type AccountsContext, SYSTEM_ACTOR } from './context.ts';
import { type IdentityProvider, IdentityRefused, type Vouched } from './identity-provider.ts';
import { userEvent } from './users.ts';

/** What the word of somebody outside is good for. */
export type AdmissionRules = Pick<IdentityProvider, 'createsUsers' | 'bindsUsers'>;

/** The user whom somebody outside vouches for, in the role that they say; the login is noted. @throws {IdentityRefused} */
export async function admit(
  context: AccountsContext,
  rules: AdmissionRules,
  vouched: Vouched,
): Promise<User> {
  const { users } = context.storage;
  const user = (await users.findByIdentity(vouched.identity)) ?? (await welcome(context, rules, vouched));
  refuseDisabled(user);
  const admitted = await followRole(context, user, vouched);
  const at = nowSeconds(context.clock);
  const event = userEvent(context, user.name, 'user.login', null, null, user.name);
  const after = { vouchedForBy: vouched.identity.issuer };
  await users.noteLogin(user.name, at, { ...event, after });
  return { ...admitted, lastLoginAt: at };
}

/** Somebody who comes for the first time. */
async function welcome(context: AccountsContext, rules: AdmissionRules, vouched: Vouched): Promise<User> {
  const { users } = context.storage;
  if (await users.isEmpty()) {
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
  if (present !== null) return bind(context, rules, vouched, present);
  if (!rules.createsUsers) throw new IdentityRefused('unknown-user', `there is no user ${name} here`);
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
  rules: AdmissionRules,
  { identity }: Vouched,
  before: User,
): Promise<User> {
  const mayBind = rules.bindsUsers && before.identity === null && !before.isAdministrator;
  if (!mayBind) throw nameTaken(before.name);
  refuseDisabled(before);
  const after = { ...before, identity };
  const event = userEvent(context, SYSTEM_ACTOR, 'user.edit', before, after);
  const outcome = await context.storage.users.update(before.name, { identity }, event, {
    still: { identity: null },
  });
  if (outcome !== 'done') throw nameTaken(before.name);
  return after;
}

/** Before anything of theirs is changed, too. */
function refuseDisabled({ name, isDisabled }: User): void {
  if (isDisabled) throw new IdentityRefused('disabled', `${name} is disabled here`);
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
