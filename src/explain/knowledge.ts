/**
 * What is known beside the request itself. Whoever asks for an explanation gathers it (`gather-knowledge.ts` does so
 * from storage); the engine looks nothing up, changes nothing and counts nothing.
 */
import type { Consumer, NonceOutcome, User } from '../model/index.ts';
import type { PresentedToken, ProviderSettings, SignedRequestKind } from '../provider/index.ts';
import type { CheckName } from './explanation.ts';

/** Languages that explanations are written in. */
export type Language = 'en' | 'ja';

/** What became of the nonce. */
export interface NonceKnowledge {
  readonly outcome: NonceOutcome;
  /** When it was first seen, seconds since 1970; null if that was not recorded. */
  readonly firstSeenAt: number | null;
}

/** What the listener saw of the connection, or what a pasted text says of it. Nothing of this is believed. */
export interface ArrivalFacts {
  readonly scheme: 'http' | 'https' | null;
  /** Host header as sent, port included. */
  readonly host: string | null;
  /** Port that this server listens on; null when nothing was received by one. */
  readonly listenPort: number | null;
  /** Raw path and query of the request line. */
  readonly target: string;
  readonly peerAddress: string | null;
  /** Whether the peer is a listed proxy, so that its forwarded headers count. */
  readonly isTrustedProxy: boolean;
  /** Headers about forwarding by name in lower case: `forwarded`, `x-forwarded-*`, `x-original-uri` and the like. */
  readonly forwarded: Readonly<Record<string, string>>;
}

/** Everything known about a request that is to be explained. */
export interface Knowledge {
  readonly requestId: string | null;
  /** Which address was called: it decides which stages apply. */
  readonly kind: SignedRequestKind;
  /** When the request arrived, seconds since 1970. */
  readonly now: number;
  readonly settings: ProviderSettings;
  /** The public URL: where clients reach this installation, and what they sign; null when unknown (offline). */
  readonly publicUrl: string | null;
  /** The record under the request's `oauth_consumer_key`; null when there is none. */
  readonly consumer: Consumer | null;
  /** What `oauth_token` names, whoever's it is. */
  readonly presented: PresentedToken;
  /** Users whom stages may ask for: the token's, *Execute as*, the named requestor. */
  readonly users: readonly User[];
  /** Null when nobody looked. */
  readonly nonce: NonceKnowledge | null;
  /** Earliest timestamp that the nonce store is sure about; 0 when it does not matter. */
  readonly earliestTimestamp: number;
  /** Null when only the request itself is known. */
  readonly arrival: ArrivalFacts | null;
  /** The base string that the client printed, if it was given. */
  readonly clientBaseString: string | null;
  /** Checks that cannot be judged from what is known, such as rights when only a secret was given. */
  readonly unknown: readonly CheckName[];
}
