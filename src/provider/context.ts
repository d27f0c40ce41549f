/**
 * What the service provider's use cases are given: storage, the nonce store, time, randomness and the lifetimes
 * that the administrator set. Nothing here reads a clock, a file or the network by itself.
 */
import type { Clock, RandomSource } from '../base/index.ts';
import type { NonceStore, ProtocolVersion, RequestRateLimiter, Storage } from '../model/index.ts';
import type { ArrivedRequest, SignatureMethod } from '../oauth/index.ts';

/** Lifetimes and windows, all in seconds. */
export interface ProviderSettings {
  /** How long an access token works. */
  readonly accessTokenTtlSeconds: number;
  /** How long a request token can be approved and exchanged. */
  readonly requestTokenTtlSeconds: number;
  /** How long, from the user's approval on, a session handle can renew an access token. No token outlives it. */
  readonly sessionTtlSeconds: number;
  /** How far `oauth_timestamp` may be from the present, in both directions. */
  readonly timestampWindowSeconds: number;
  /** Path patterns at which a body that is no form must come with `oauth_body_hash`; none unless given. */
  readonly bodyHashPaths?: readonly string[];
}

/** Everything that a use case of the provider works with. */
export interface ProviderContext {
  readonly storage: Storage;
  readonly nonces: Pick<NonceStore, 'burn' | 'earliestTimestamp'>;
  /** Undefined: consumers may make as many requests as they like. */
  readonly requestRate?: RequestRateLimiter | undefined;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly settings: ProviderSettings;
  /** Told of each accepted use of an access token: its public id and the moment in seconds. Must not block. */
  noteUse(tokenId: string, at: number): void;
  /** Told of each accepted signed request, for counting, at a moment in seconds. Must neither block nor throw. */
  noteAccepted(consumerKey: string, method: SignatureMethod, version: ProtocolVersion, at: number): void;
}

/** A request as the provider has to judge it. */
export interface ProviderRequest extends ArrivedRequest {
  /** Whether it travelled over TLS, or never left this machine: PLAINTEXT is only accepted then. */
  readonly isSecureTransport: boolean;
  /** Raw path below the public URL's own path: what a consumer's path limits are held against. */
  readonly path: string;
  /** Whether a body follows that was not read into `body`, because it is no form and has no hash. */
  readonly hasBody?: boolean;
}
