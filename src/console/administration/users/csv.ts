/** The users as CSV; what they log in with is not among it. */
import { SHEETS } from '../../../administration/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { csvAnswer } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readUserList } from './words.ts';

/** Answers with all that the list's address finds. */
export function usersCsv({ accounts }: AdministrationDependencies, c: SignedInContext): Response {
  const list = readUserList(c);
  return csvAnswer('users', SHEETS.users, (place) => accounts.storage.users.list({ ...list, ...place }));
}
