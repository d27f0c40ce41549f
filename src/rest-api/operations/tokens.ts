/** Operations on access tokens: see them, and end them. A token itself is never shown. */
import { z } from 'zod';
import { listTokens, revokeToken, revokeTokens } from '../../administration/index.ts';
import type { TokenSummary } from '../../model/index.ts';
import { type Operation, operation } from '../operation.ts';
import { listed, readPage } from '../paging.ts';
import { TokenQuery, tokenFilterOf } from '../schemas/queries.ts';
import { RevokedTokens, TokenChoice, TokenPage } from '../schemas/records.ts';

const group = 'Tokens';

export const tokenOperations: readonly Operation[] = [
  operation({
    id: 'listTokens',
    group,
    method: 'GET',
    path: '/tokens',
    summary: 'Access tokens that work or can be renewed',
    scope: 'read',
    status: 200,
    query: TokenQuery,
    answer: TokenPage,
    run: async ({ administration }, { query }) => ({
      value: await readPage(
        administration,
        query,
        (place) => listTokens(administration, tokenFilterOf(query), listed(query, place)),
        shown,
      ),
    }),
  }),
  operation({
    id: 'revokeToken',
    group,
    method: 'DELETE',
    path: '/tokens/{id}',
    summary: 'Revoke one token, by its public id; it stops working at once',
    scope: 'write',
    status: 204,
    answer: null,
    async run({ administration }, { params: { id = '' }, actor }) {
      await revokeToken(administration, id, actor);
      return {};
    },
  }),
  operation({
    id: 'revokeTokens',
    group,
    method: 'POST',
    path: '/tokens/revoke',
    summary: 'Revoke all tokens of a user, of a consumer, or of that user for that consumer',
    scope: 'write',
    status: 200,
    body: z.strictObject(TokenChoice.shape),
    answer: RevokedTokens,
    run: async ({ administration }, { body, actor }) => ({
      value: { revoked: await revokeTokens(administration, tokenFilterOf(body), actor) },
    }),
  }),
];

function shown({ token, consumerName, userDisplayName }: TokenSummary) {
  const { id, consumerKey, userName, gadgetUrl, createdAt, expiresAt, sessionExpiresAt, lastUsedAt } = token;
  const names = { consumerKey, consumerName, userName, userDisplayName };
  return { id, ...names, gadgetUrl, createdAt, expiresAt, sessionExpiresAt, lastUsedAt };
}
