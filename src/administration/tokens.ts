/** Access tokens as an administrator sees and ends them. What storage cannot make last is never called revoked. */
import { nowSeconds } from '../base/index.ts';
import {
  EVERY_CONSUMER,
  EVERY_USER,
  type ListQuery,
  type Page,
  type TokenFilter,
  type TokenSummary,
} from '../model/index.ts';
import { auditEvent } from './audit-record.ts';
import type { AdministrationContext } from './context.ts';
import { refusal } from './mistake.ts';

/** A page of the tokens that work or can be renewed now. */
export function listTokens(
  context: AdministrationContext,
  filter: TokenFilter,
  query: ListQuery<'created' | 'expires' | 'used' | 'user' | 'consumer'>,
): Promise<Page<TokenSummary>> {
  return context.storage.accessTokens.list(filter, query, nowSeconds(context.clock));
}

/**
 * Revokes one token by its public id.
 * @throws {Refused} `not-found` if no such token is alive
 * @throws {StorageUnavailable} when the revocation may not last
 */
export async function revokeToken(context: AdministrationContext, id: string, actor: string): Promise<void> {
  const token = await context.storage.accessTokens.findById(id);
  if (token === null) throw refusal('token', 'not-found', { text: id });
  const event = auditEvent(context, actor, 'token.revoke', id, {
    before: { user: token.userName, consumer: token.consumerKey },
    after: null,
  });
  const isRevoked = await context.storage.accessTokens.revoke(id, null, nowSeconds(context.clock), event);
  if (!isRevoked) throw refusal('token', 'not-found', { text: id });
}

/**
 * Revokes all tokens of a user, of a consumer, or of that user for that consumer.
 * @returns how many were revoked
 * @throws {Refused} `nothing-chosen` if neither is named: everybody's tokens are never ended by accident
 * @throws {StorageUnavailable} when the revocation may not last
 */
export async function revokeTokens(
  context: AdministrationContext,
  filter: TokenFilter,
  actor: string,
): Promise<number> {
  const { userName, consumerKey } = filter;
  const object = consumerKey ?? userName;
  if (object === undefined) throw refusal('token', 'nothing-chosen');
  const event = auditEvent(context, actor, 'token.revoke', object, {
    before: { user: userName ?? EVERY_USER, consumer: consumerKey ?? EVERY_CONSUMER },
    after: null,
  });
  return context.storage.accessTokens.revokeAll(filter, nowSeconds(context.clock), event);
}
