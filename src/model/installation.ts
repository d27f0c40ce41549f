/** This installation as others know it: its consumer information and its own key pair. */
import type { Secret } from '../base/index.ts';

/** What is generated at first start, and the three things about it that can be edited. */
export interface Installation {
  /** Our consumer key, `<name>:<10 digits>`. */
  readonly consumerKey: string;
  readonly name: string;
  readonly description: string;
  readonly callback: string | null;
  /** DER SubjectPublicKeyInfo in base64. */
  readonly publicKeySpki: string;
  /** PKCS#8 PEM. Encrypted at rest; never leaves. */
  readonly privateKey: Secret;
  /** Ed25519 private key, PKCS#8 PEM, that signs identity assertions for the upstream. */
  readonly assertionKey: Secret;
  readonly createdAt: number;
}
