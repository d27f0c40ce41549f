/**
 * A signed request that was refused, kept for a while so that its refusal can be explained. What lists show stands in
 * the clear; the request itself may hold tokens, verifiers and, with PLAINTEXT, secrets: it travels as one `Secret`,
 * so it cannot be printed by accident, and stores seal it. Accepted requests are never kept.
 */
import { Secret } from '../base/index.ts';
import type { ProblemCode } from '../oauth/index.ts';

/** What a list shows of a refusal. */
export interface RefusalSummary {
  readonly requestId: string;
  /** When it was refused, seconds since 1970. */
  readonly at: number;
  /** As the request named it, cut to a sane length; null if it named none that could be read. */
  readonly consumerKey: string | null;
  /** Whether a consumer was registered under that key. Strangers' requests share one small quota. */
  readonly isKnownConsumer: boolean;
  readonly problem: ProblemCode;
  readonly method: string;
  /** Raw path, without the query. */
  readonly path: string;
}

/** A refusal with the request it was about. */
export interface Refusal extends RefusalSummary {
  /** A `RefusedRequest`; see `unpackRefusal`. */
  readonly request: Secret;
}

/** The request as it was judged, and what the listener saw of the connection. */
export interface RefusedRequest {
  /** Which address was called: it decides which checks apply. */
  readonly kind: 'requestToken' | 'accessToken' | 'resource';
  readonly method: string;
  readonly baseUri: string;
  /** The installation's public URL at that time. */
  readonly publicUrl: string;
  readonly query: string;
  readonly authorization: readonly string[];
  readonly contentType: readonly string[];
  /** Empty if there was none, or if it was not kept. */
  readonly body: Uint8Array;
  /** False if there was a body that is not here: it was too large, or was not part of what is signed. */
  readonly isBodyWhole: boolean;
  readonly isSecureTransport: boolean;
  /** Raw path below the public URL's own path. */
  readonly localPath: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** Scheme of the connection itself. */
  readonly scheme: 'http' | 'https';
  readonly host: string | null;
  readonly listenPort: number | null;
  readonly peerAddress: string | null;
  readonly isTrustedProxy: boolean;
  readonly clientAddress: string;
  /** Headers about forwarding, by name in lower case. */
  readonly forwarded: Readonly<Record<string, string>>;
}

/** Packs a request for a `Refusal`. */
export function packRefusal(request: RefusedRequest): Secret {
  return new Secret(JSON.stringify({ ...request, body: Buffer.from(request.body).toString('base64') }));
}

/** The request of a refusal. */
export function unpackRefusal({ request }: Refusal): RefusedRequest {
  const packed = JSON.parse(request.reveal()) as Omit<RefusedRequest, 'body'> & { readonly body: string };
  return { ...packed, body: Buffer.from(packed.body, 'base64') };
}
