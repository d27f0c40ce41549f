/** What the user pages have in common. */
import { AccountRefused, type AccountsContext } from '../../../accounts/index.ts';
import type { User } from '../../../model/index.ts';
import {
  badge,
  type Content,
  type FieldError,
  html,
  type PageContext,
  readList,
  type SignedInContext,
} from '../../../web/index.ts';
import { accountErrors } from '../../people/messages.ts';
import { pathWith } from '../route.ts';
import { userMessages } from './messages.ts';

/** Where the list is. */
export const USERS_PATH = '/oauth/admin/users';

/** A page of one user. */
export function userPath(
  page: 'edit' | 'password' | 'second-factor' | 'disable' | 'enable' | 'remove',
  name: string,
): string {
  return pathWith(`${USERS_PATH}/${page}`, { name });
}

/** The user that the address names. @throws {AccountRefused} username-unknown */
export async function namedUser(accounts: AccountsContext, c: SignedInContext): Promise<User> {
  const user = await accounts.storage.users.find(c.query.get('name') ?? '');
  if (user === null) throw new AccountRefused([{ field: 'username', code: 'username-unknown' }]);
  return user;
}

/** What is to be known about a user at a glance. */
export function userBadges(c: SignedInContext, user: User): Content {
  const t = c.messages(userMessages);
  return [
    ...(user.isAdministrator ? [badge('neutral', t.administrator)] : []),
    ...(user.isDisabled ? [badge('off', t.disabled)] : []),
    ...(user.name === c.viewer.user.name ? [badge('good', t.you)] : []),
  ].map((content) => html`${content} `);
}

/** Runs a change; gives the mistakes for which it was refused, or null. A user who is gone is another matter. */
export async function refusedBecause(
  c: SignedInContext,
  work: () => Promise<unknown>,
): Promise<readonly FieldError[] | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof AccountRefused)) throw error;
    if (error.mistakes.some(({ code }) => code === 'username-unknown')) throw error;
    return accountErrors(c, error);
  }
}

/** Breadcrumbs, section and status of a page below the list. @param of whose own page it stands below */
export function userFrame(c: SignedInContext, errors: readonly FieldError[], of?: User) {
  const list = { label: c.messages(userMessages).title, path: USERS_PATH };
  return {
    section: 'users',
    breadcrumbs:
      of === undefined ? [list] : [list, { label: of.displayName, path: userPath('edit', of.name) }],
    status: errors.length === 0 ? 200 : 422,
  };
}

/** What the list's address asks for. */
export function readUserList(c: PageContext) {
  return readList(c, { sorts: ['name', 'created', 'login'], sort: 'name', isPlaced: true });
}
