/** A user takes back what they granted. Only their own tokens, and only a stored revocation counts as done. */
import { nowSeconds } from '../base/index.ts';
import { type AuditEvent, EVERY_CONSUMER, tokenHash, type User } from '../model/index.ts';
import type { ProviderContext } from './context.ts';

/**
 * Revokes one access token. False: this user has no such live token.
 * @param named its public id; or the token itself, which is what programs written for the original send
 */
export async function revokeOwnToken(
  { storage, clock }: ProviderContext,
  user: User,
  named: string,
): Promise<boolean> {
  const { accessTokens } = storage;
  const token = (await accessTokens.find(tokenHash(named))) ?? (await accessTokens.findById(named));
  if (token === null) return false;
  const at = nowSeconds(clock);
  return accessTokens.revoke(token.id, user.name, at, revocation(at, user, token.id, token.consumerKey));
}

/** Revokes everything that the user granted; gives how many tokens that were. */
export function revokeAllOwnTokens({ storage, clock }: ProviderContext, user: User): Promise<number> {
  const at = nowSeconds(clock);
  return storage.accessTokens.revokeAll(
    { userName: user.name },
    at,
    revocation(at, user, '*', EVERY_CONSUMER),
  );
}

function revocation(at: number, user: User, object: string, consumer: string): AuditEvent {
  const before = { user: user.name, consumer };
  return { at, actor: user.name, action: 'token.revoke', object, before, after: null, note: null };
}
