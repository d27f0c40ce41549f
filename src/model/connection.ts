/**
 * What this installation keeps as a consumer: the access tokens that service providers gave it for its users,
 * the request tokens whose users are still away deciding, and the keys by which users' own programs may use
 * both. Unlike the tokens that we issue, these have to be readable again, so storage seals them instead of
 * keeping digests only.
 */
import type { Secret } from '../base/index.ts';

/** Our access to a service provider on behalf of one user. */
export interface Connection {
  /** Public identifier, for addresses, lists and logs; useless for access. */
  readonly id: string;
  readonly userName: string;
  readonly providerName: string;
  /** The gadget it was made for, which has its own; null: everything of this user's. */
  readonly gadgetUrl: string | null;
  /** `audienceOf` the provider that gave it. */
  readonly audience: string;
  /** The consumer key that the user entered with the token; null: the provider's record has it. */
  readonly consumerKey: string | null;
  readonly token: Secret;
  readonly secret: Secret;
  /** Renews the token without the user (OAuth Session); null if the provider gave none. */
  readonly sessionHandle: Secret | null;
  /** What the provider calls the user there, when it said so with the token. */
  readonly accountLabel: string | null;
  /** End of the token, seconds since 1970; null if the provider did not say. */
  readonly expiresAt: number | null;
  /** End of the time in which the handle can renew it; null if the provider did not say. */
  readonly sessionExpiresAt: number | null;
  /** 'dead': the provider does not accept it any more, and only the user can approve a new one. */
  readonly state: 'active' | 'dead';
  /** The problem that killed it, in the words of the Problem Reporting extension; null while it lives. */
  readonly problem: string | null;
  /** Changes with every token, so that what was found out about an old one is never held against a new one. */
  readonly version: number;
  readonly createdAt: number;
  readonly renewedAt: number | null;
  /** Last request, up to a minute old. */
  readonly lastUsedAt: number | null;
}

/** A request token whose user was sent to the provider and has not come back. */
export interface PendingConnection {
  /** `tokenHash` of the request token. */
  readonly hash: string;
  readonly secret: Secret;
  readonly providerName: string;
  readonly userName: string;
  /** SHA-256 of the browser session that began it; no other one may finish it. */
  readonly sessionHash: string;
  /** `audienceOf` the provider that gave it; no other one gets to see it. */
  readonly audience: string;
  readonly gadgetUrl: string | null;
  /** Path on this installation where the user goes on afterwards. */
  readonly returnTo: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/**
 * What a key is for, and nothing else: `providers`, signed requests to service providers; `read` and `write`, the
 * REST API of the administration, where `write` may read too.
 */
export const API_SCOPES = ['providers', 'read', 'write'] as const;

export type ApiScope = (typeof API_SCOPES)[number];

/** A key with which a program of a local user uses this installation. */
export interface ApiKey {
  /** Public identifier. */
  readonly id: string;
  /** SHA-256 of the key; the key itself is shown once and kept nowhere. */
  readonly hash: string;
  readonly label: string;
  readonly userName: string;
  readonly scope: ApiScope;
  /** Ids of the service providers it reaches; null reaches all. None for keys that are for something else. */
  readonly providers: readonly string[] | null;
  readonly createdAt: number;
  /** Seconds since 1970; null: until it is revoked. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}
