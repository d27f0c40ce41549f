/** The users as CSV; what they log in with is not among it. */
import type { User } from '../../../model/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { type CsvColumns, csvAnswer, csvMoment } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readUserList } from './words.ts';

const COLUMNS: CsvColumns<User> = {
  name: ({ name }) => name,
  full_name: ({ displayName }) => displayName,
  email: ({ email }) => email,
  administrator: ({ isAdministrator }) => isAdministrator,
  disabled: ({ isDisabled }) => isDisabled,
  created: ({ createdAt }) => csvMoment(createdAt),
  last_login: ({ lastLoginAt }) => csvMoment(lastLoginAt),
};

/** Answers with all that the list's address finds. */
export function usersCsv({ accounts }: AdministrationDependencies, c: SignedInContext): Response {
  const list = readUserList(c);
  return csvAnswer('users', COLUMNS, (place) => accounts.storage.users.list({ ...list, ...place }));
}
