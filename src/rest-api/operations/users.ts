/** Operations on local users. Passwords are written and never read. */
import type { z } from 'zod';
import {
  AccountRefused,
  type AccountsContext,
  changePassword,
  createUser,
  disableUser,
  enableUser,
  removeUser,
  resetSecondFactor,
  updateUser,
} from '../../accounts/index.ts';
import type { UserChanges, User as UserRecord } from '../../model/index.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { listed, readPage } from '../paging.ts';
import { UserQuery } from '../schemas/queries.ts';
import { NewPassword, NewUser, SecondFactorState, User, UserEdit, UserPage } from '../schemas/records.ts';

const group = 'Users';

async function show({ accounts }: RestApiContext, { name = '' }: Readonly<Record<string, string>>) {
  return shown(await existing(accounts, name));
}

export const userOperations: readonly Operation[] = [
  operation({
    id: 'listUsers',
    group,
    method: 'GET',
    path: '/users',
    summary: 'The local users',
    scope: 'read',
    status: 200,
    query: UserQuery,
    answer: UserPage,
    run: async ({ accounts, administration }, { query }) => ({
      value: await readPage(
        administration,
        query,
        (place) => accounts.storage.users.list(listed(query, place)),
        shown,
      ),
    }),
  }),
  operation({
    id: 'addUser',
    group,
    method: 'POST',
    path: '/users',
    summary: 'Add a user',
    scope: 'write',
    status: 201,
    body: NewUser,
    answer: User,
    async run({ accounts }, { body: { name, email, ...rest }, actor }) {
      const user = await createUser(accounts, { ...rest, username: name, email: email ?? '' }, actor);
      return { value: shown(user), location: `/users/${encodeURIComponent(user.name)}` };
    },
  }),
  operation({
    id: 'readUser',
    group,
    method: 'GET',
    path: '/users/{name}',
    summary: 'One user',
    scope: 'read',
    status: 200,
    answer: User,
    current: show,
    run: async (context, { params }) => ({ value: await show(context, params) }),
  }),
  operation({
    id: 'changeUser',
    group,
    method: 'PATCH',
    path: '/users/{name}',
    summary: 'Change full name, e-mail address or role; disable or enable',
    scope: 'write',
    status: 200,
    body: UserEdit,
    answer: User,
    current: show,
    async run(context, { params, body, expectedRecord, actor }) {
      await change(context.accounts, params.name ?? '', body, actor, stillOf(expectedRecord));
      return { value: await show(context, params) };
    },
  }),
  operation({
    id: 'setPassword',
    group,
    method: 'POST',
    path: '/users/{name}/password',
    summary: 'Set a new password; every session of the user ends',
    scope: 'write',
    status: 204,
    body: NewPassword,
    answer: null,
    current: show,
    async run({ accounts }, { params: { name = '' }, body: { password }, expectedRecord, actor }) {
      const change = { username: name, currentPassword: null, password };
      await changePassword(accounts, change, actor, stillOf(expectedRecord));
      return {};
    },
  }),
  operation({
    id: 'readSecondFactor',
    group,
    method: 'GET',
    path: '/users/{name}/second-factor',
    summary: 'Whether a user has a second factor, and since when',
    scope: 'read',
    status: 200,
    answer: SecondFactorState,
    async run({ accounts }, { params: { name = '' } }) {
      const user = await existing(accounts, name);
      const factor = await accounts.storage.secondFactors.find(user.name);
      return { value: { isOn: factor !== null, createdAt: factor?.createdAt ?? null } };
    },
  }),
  operation({
    id: 'resetSecondFactor',
    group,
    method: 'DELETE',
    path: '/users/{name}/second-factor',
    summary: 'Take away a second factor whose device and recovery codes are lost',
    scope: 'write',
    status: 204,
    answer: null,
    current: show,
    async run({ accounts }, { params: { name = '' }, actor }) {
      await resetSecondFactor(accounts, name, actor);
      return {};
    },
  }),
  operation({
    id: 'removeUser',
    group,
    method: 'DELETE',
    path: '/users/{name}',
    summary: 'Remove a user with all sessions and tokens',
    scope: 'write',
    status: 204,
    answer: null,
    current: show,
    async run({ accounts }, { params: { name = '' }, expectedRecord, actor }) {
      await removeUser(accounts, name, actor, stillOf(expectedRecord));
      return {};
    },
  }),
];

/** What a change expects of a user who was looked at; a login meanwhile does not matter. */
function stillOf(expectedRecord: object | null): UserChanges {
  if (expectedRecord === null) return {};
  const { displayName, email, isAdministrator, isDisabled, identity } = expectedRecord as UserRecord;
  return { displayName, email, isAdministrator, isDisabled, identity };
}

/** The fields first, since a mistake in them must not leave half of the change done. */
async function change(
  accounts: AccountsContext,
  name: string,
  { isDisabled, email, ...edit }: z.infer<typeof UserEdit>,
  actor: string,
  still: UserChanges,
): Promise<void> {
  const present = await existing(accounts, name);
  const hasFields = Object.keys(edit).length > 0 || email !== undefined;
  if (hasFields)
    await updateUser(accounts, name, { ...edit, email: email === null ? '' : email }, actor, still);
  const others = hasFields ? {} : still;
  if (isDisabled === true && !present.isDisabled) await disableUser(accounts, name, actor, others);
  if (isDisabled === false && present.isDisabled) await enableUser(accounts, name, actor, others);
}

async function existing({ storage }: AccountsContext, name: string): Promise<UserRecord> {
  const user = await storage.users.find(name);
  if (user === null) throw new AccountRefused([{ field: 'username', code: 'username-unknown' }]);
  return user;
}

function shown({ passwordHash, ...user }: UserRecord) {
  return { ...user, hasPassword: passwordHash !== null };
}
