/** The access tokens as CSV, by their public ids; with them nobody gets access. */
import { listTokens } from '../../../administration/index.ts';
import type { TokenSummary } from '../../../model/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { type CsvColumns, csvAnswer, csvMoment } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readTokenList, tokenFilter } from './words.ts';

const COLUMNS: CsvColumns<TokenSummary> = {
  id: ({ token }) => token.id,
  consumer: ({ token }) => token.consumerKey,
  consumer_name: ({ consumerName }) => consumerName,
  user: ({ token }) => token.userName,
  full_name: ({ userDisplayName }) => userDisplayName,
  gadget: ({ token }) => token.gadgetUrl,
  issued: ({ token }) => csvMoment(token.createdAt),
  expires: ({ token }) => csvMoment(token.expiresAt),
  renewable_until: ({ token }) => csvMoment(token.sessionExpiresAt),
  last_used: ({ token }) => csvMoment(token.lastUsedAt),
};

/** Answers with all that the list's address finds. */
export function tokensCsv({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const [list, filter] = [readTokenList(c), tokenFilter(c)];
  return csvAnswer('tokens', COLUMNS, (place) => listTokens(administration, filter, { ...list, ...place }));
}
