/**
 * A consumer: another application that may ask users of this one for access. Its key never changes; its
 * credential decides, once and for all, which family of signature methods can verify it (no confusion of
 * an RSA key with an HMAC secret is possible, because the sender's choice never picks the key).
 */
import type { Secret } from '../base/index.ts';

/** What proves that a request comes from the consumer. */
export type ConsumerCredential =
  | {
      readonly kind: 'public-key';
      /** DER SubjectPublicKeyInfo in base64, as `parsePublicKey` gives it. */
      readonly spki: string;
      /** The certificate that was pasted, base64 DER, when it was one: for showing its dates only. */
      readonly certificate: string | null;
    }
  | { readonly kind: 'shared-secret'; readonly secret: Secret };

/** A credential that was replaced and stays valid for a while, so that a rotation needs no outage. */
export interface RetiringCredential {
  readonly credential: ConsumerCredential;
  /** Last moment at which it verifies, seconds since 1970. */
  readonly validUntil: number;
}

/** Two-legged access: requests with an empty `oauth_token`, without any user's approval. */
export interface TwoLeggedAccess {
  readonly allowed: boolean;
  /** User name the requests run as; null runs them anonymously. */
  readonly executeAs: string | null;
  /** Whether `xoauth_requestor_id` may name any user. */
  readonly mayImpersonate: boolean;
}

/** How far a consumer's access reaches, whatever its users may do. */
export interface AccessLimits {
  /** Only GET, HEAD and OPTIONS. */
  readonly readOnly: boolean;
  /** Path patterns (`/rest/**`, `/issues/*`); empty allows every path. */
  readonly paths: readonly string[];
}

/** A registered consumer. */
export interface Consumer {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly credential: ConsumerCredential;
  readonly retiring: RetiringCredential | null;
  /** Used when the consumer sends no callback; when set, a callback that it does send must begin with it. */
  readonly callback: string | null;
  /** May use OAuth 1.0 of 2007: no callback with the request token, no verifier. Open to session fixation. */
  readonly legacy10: boolean;
  /** May use PLAINTEXT, over TLS or loopback only. Shared-secret consumers only. */
  readonly allowPlaintext: boolean;
  readonly twoLegged: TwoLeggedAccess;
  readonly limits: AccessLimits;
  /** User who answers for it and sees why its requests are refused; null: administrators only. Gives no other right. */
  readonly owner: string | null;
  /** Base URL it was registered from, when it was. */
  readonly baseUrl: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}
