/**
 * What is known without an installation: a credential and nothing else, as a command line, a page that computes by
 * itself or a test suite has it. The signature can be judged, and whatever shows in the request itself; the state
 * of consumer, token and nonce cannot.
 */
import type { Secret } from '../base/index.ts';
import { type AccessToken, type ConsumerCredential, tokenHash } from '../model/index.ts';
import type { SignedRequestKind } from '../provider/index.ts';
import type { ArrivalFacts, Knowledge } from './knowledge.ts';

/** What there is. */
export interface OfflineFacts {
  readonly consumerKey: string;
  readonly credential: ConsumerCredential;
  /** As sent, with its secret; null when the request carries none. */
  readonly token: { readonly value: string; readonly secret: Secret } | null;
  /** Seconds since 1970 at which the request is judged; null leaves the clock unjudged. */
  readonly now: number | null;
  readonly kind?: SignedRequestKind;
  readonly publicUrl?: string | null;
  readonly arrival?: ArrivalFacts | null;
  readonly clientBaseString?: string | null;
}

const FIVE_MINUTES = 300;
const NEVER = Number.MAX_SAFE_INTEGER;

/** Knowledge of a credential. */
export function offlineKnowledge(facts: OfflineFacts): Knowledge {
  const { consumerKey, credential, now } = facts;
  return {
    requestId: null,
    kind: facts.kind ?? 'resource',
    now: now ?? 0,
    settings: {
      accessTokenTtlSeconds: 0,
      requestTokenTtlSeconds: 0,
      sessionTtlSeconds: 0,
      timestampWindowSeconds: FIVE_MINUTES,
    },
    publicUrl: facts.publicUrl ?? null,
    consumer: {
      key: consumerKey,
      name: consumerKey,
      description: '',
      credential,
      retiring: null,
      callback: null,
      legacy10: true,
      allowPlaintext: credential.kind === 'shared-secret',
      twoLegged: { allowed: true, executeAs: null, mayImpersonate: true },
      limits: { readOnly: false, paths: [] },
      owner: null,
      baseUrl: null,
      createdAt: 0,
      updatedAt: 0,
    },
    presented: {
      requestToken: null,
      accessToken: facts.token === null ? null : token(facts.token, consumerKey),
    },
    users: [],
    nonce: null,
    earliestTimestamp: 0,
    arrival: facts.arrival ?? null,
    clientBaseString: facts.clientBaseString ?? null,
    unknown: ['nonce', 'token', 'verifier', 'rights', ...(now === null ? (['clock'] as const) : [])],
  };
}

function token({ value, secret }: { value: string; secret: Secret }, consumerKey: string): AccessToken {
  return {
    id: '',
    hash: tokenHash(value),
    secret,
    consumerKey,
    userName: '',
    gadgetUrl: null,
    sessionHandleHash: '',
    createdAt: 0,
    expiresAt: NEVER,
    sessionExpiresAt: NEVER,
    revokedAt: null,
    lastUsedAt: null,
  };
}
