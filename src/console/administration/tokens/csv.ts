/** The access tokens as CSV, by their public ids; with them nobody gets access. */
import { listTokens, SHEETS } from '../../../administration/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { csvAnswer } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readTokenList, tokenFilter } from './words.ts';

/** Answers with all that the list's address finds. */
export function tokensCsv({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const [list, filter] = [readTokenList(c), tokenFilter(c)];
  return csvAnswer('tokens', SHEETS.tokens, (place) =>
    listTokens(administration, filter, { ...list, ...place }),
  );
}
