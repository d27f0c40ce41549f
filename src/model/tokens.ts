/**
 * Request tokens and access tokens: what they are and which states they pass through. Stores keep only the
 * SHA-256 of a token, a verifier and a session handle (`tokenHash`), and the secrets encrypted, so a copy of
 * the database gives nobody access.
 */
import { type Secret, sha256Hex } from '../base/index.ts';

/** The name under which a token is stored. */
export function tokenHash(token: string): string {
  return sha256Hex(token);
}

/** What a user decided, or not yet, about a request token. */
export type RequestTokenState = 'undecided' | 'approved' | 'denied' | 'used';

/** '1.0a' carries a callback from the start; '1.0' is the protocol of 2007, for legacy consumers. */
export type ProtocolVersion = '1.0' | '1.0a';

/** Temporary credentials of one authorization. @see RFC 5849 s2.1 */
export interface RequestToken {
  readonly hash: string;
  readonly secret: Secret;
  readonly consumerKey: string;
  readonly state: RequestTokenState;
  readonly version: ProtocolVersion;
  /** Absolute URI that gets the user back, or null: out of band, the user types the verifier. */
  readonly callback: string | null;
  /** The first user who opened it; nobody else may decide. */
  readonly userName: string | null;
  /** SHA-256 of the verifier, once approved. */
  readonly verifierHash: string | null;
  /** Tries at the verifier; each is counted before it is known to be wrong. */
  readonly failedVerifiers: number;
  /** The gadget that asked (`xoauth_app_url` or `opensocial_app_url`), when one did. */
  readonly gadgetUrl: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Token credentials: the right to act for a user. @see RFC 5849 s2.3 */
export interface AccessToken {
  /** Public identifier: shown in lists, logs and headers; useless for access. */
  readonly id: string;
  readonly hash: string;
  readonly secret: Secret;
  readonly consumerKey: string;
  readonly userName: string;
  readonly gadgetUrl: string | null;
  /** SHA-256 of the session handle. */
  readonly sessionHandleHash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** End of the time in which the session handle can renew it. */
  readonly sessionExpiresAt: number;
  readonly revokedAt: number | null;
  /** Last accepted request, seconds since 1970; written in batches, so up to half a minute old. */
  readonly lastUsedAt: number | null;
}
