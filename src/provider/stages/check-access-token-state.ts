/** Stage: whether the access token still stands for its user. Runs after the signature, so strangers learn nothing. */
import type { AccessToken, User } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} token_revoked, token_expired, or token_rejected when the user is gone or disabled */
export function checkAccessTokenState({ presented, user, now }: Examination): void {
  const token = presented.accessToken;
  if (token === null) return;
  refuseRevoked(token);
  if (now >= token.expiresAt) {
    throw new Problem('token_expired', {
      advice: 'Renew the token with its oauth_session_handle, or ask the user to approve access again.',
    });
  }
  requireUsableUser(user);
}

/** @throws {Problem} token_revoked */
export function refuseRevoked(token: AccessToken): void {
  if (token.revokedAt === null) return;
  throw new Problem('token_revoked', {
    advice: 'The token was revoked or replaced; ask the user to approve access again.',
  });
}

/** @throws {Problem} token_rejected when there is no such user any more, or not at present */
export function requireUsableUser(user: User | null): asserts user is User {
  if (user !== null && !user.isDisabled) return;
  throw new Problem('token_rejected', {
    advice: 'The user whom this token stands for has no access at present.',
  });
}
