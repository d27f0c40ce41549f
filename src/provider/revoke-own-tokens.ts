/** A user takes back what they granted. Only their own tokens, and only a stored revocation counts as done. */
import { nowSeconds } from '../base/index.ts';
import { type AuditEvent, tokenHash, type User } from '../model/index.ts';
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
  const at = nowSeconds(clock);
  const id = (await storage.accessTokens.find(tokenHash(named)))?.id ?? named;
  return storage.accessTokens.revoke(id, user.name, at, revocation(at, user, id));
}

/** Revokes everything that the user granted; gives how many tokens that were. */
export function revokeAllOwnTokens({ storage, clock }: ProviderContext, user: User): Promise<number> {
  const at = nowSeconds(clock);
  return storage.accessTokens.revokeAll({ userName: user.name }, at, revocation(at, user, '*'));
}

function revocation(at: number, user: User, object: string): AuditEvent {
  return { at, actor: user.name, action: 'token.revoke', object, before: null, after: null, note: null };
}
