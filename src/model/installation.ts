/**
 * This installation as others know it: its consumer information and its own key pair. While the pair is being
 * replaced there are two of them: the next one is published already, so that others can fetch it, and the present one
 * signs until the clock says otherwise. Whoever signs asks `signingKeyOf`, so no process has to be told.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Secret } from '../base/index.ts';

/** An RSA key pair that we sign with. */
export interface KeyPair {
  /** DER SubjectPublicKeyInfo in base64. */
  readonly publicKeySpki: string;
  /** PKCS#8 PEM. Encrypted at rest; never leaves. */
  readonly privateKey: Secret;
}

/** The key pair that takes over. */
export interface NextKeyPair extends KeyPair {
  /** First moment at which it signs, seconds since 1970. */
  readonly activatesAt: number;
}

/** The key pairs of an installation: the present one, and the one that takes over when a rotation is under way. */
export interface InstallationKeys extends KeyPair {
  readonly next: NextKeyPair | null;
}

/** What is generated at first start, and the three things about it that can be edited. */
export interface Installation extends InstallationKeys {
  /** Our consumer key, `<name>:<10 digits>`. */
  readonly consumerKey: string;
  readonly name: string;
  readonly description: string;
  readonly callback: string | null;
  /** Ed25519 private key, PKCS#8 PEM, that signs identity assertions for the upstream. */
  readonly assertionKey: Secret;
  readonly createdAt: number;
}

/** What can be edited about the installation. */
export type InstallationChanges = Partial<Pick<Installation, 'name' | 'description' | 'callback'>>;

/** The installation as it is at a moment: a next key pair whose time has come is the present one. @param now seconds */
export function settledInstallation<T extends InstallationKeys>(installation: T, now: number): T {
  const { next } = installation;
  if (next === null || next.activatesAt > now) return installation;
  return { ...installation, publicKeySpki: next.publicKeySpki, privateKey: next.privateKey, next: null };
}

const READ_KEYS = new WeakMap<Secret, KeyObject>();

/** The private key that signs at a moment. Taking its text apart costs more than signing: each is read once. @param now seconds */
export function signingKeyOf(installation: InstallationKeys, now: number): KeyObject {
  const { privateKey } = settledInstallation(installation, now);
  const key = READ_KEYS.get(privateKey) ?? createPrivateKey(privateKey.reveal());
  READ_KEYS.set(privateKey, key);
  return key;
}

/** The public key that others are told, DER SubjectPublicKeyInfo in base64: the next one as soon as there is one. */
export function publishedKey({ publicKeySpki, next }: InstallationKeys): string {
  return next?.publicKeySpki ?? publicKeySpki;
}
