/**
 * Rotation of this installation's own key. The next pair is published at once, so that others can fetch it, while we
 * go on signing with the present one until the overlap ends: nobody sees a signature that they cannot verify yet.
 * A second rotation during the overlap is refused, because those who fetched the first next key would by then have
 * given up the key that still signs; all that can be done is to let the next one take over now.
 */
import { nowSeconds } from '../base/index.ts';
import {
  type Installation,
  type InstallationKeys,
  publicKeyFacts,
  publishedKey,
  settledInstallation,
} from '../model/index.ts';
import { type AuditFields, auditEvent } from './audit-record.ts';
import { DEFAULT_OVERLAP_SECONDS, MAXIMUM_OVERLAP_DAYS } from './change-consumer.ts';
import type { AdministrationContext } from './context.ts';
import { publicKeyPem } from './credential-facts.ts';
import { makeKeyPair } from './key-pair.ts';
import { refusal } from './mistake.ts';

/** How to rotate. */
export interface KeyRotation {
  /** How long the present key goes on signing; 0 lets the next one take over at once. @defaultValue 7 days */
  readonly overlapSeconds?: number | undefined;
  /** The public key that was published when this was asked for, so that one form never rotates twice. */
  readonly expectedKey?: string | undefined;
  /** Modulus of the next pair, 2048 or more. */
  readonly modulusBits?: number;
}

/** What may be shown of one of our keys. */
interface OwnKeyFacts {
  readonly bits: number;
  /** SHA-256 of the DER SubjectPublicKeyInfo, in hexadecimal. */
  readonly fingerprint: string;
  readonly pem: string;
}

/** What may be shown of our keys at a moment. */
export interface InstallationKeyFacts {
  /** The one that signs. */
  readonly present: OwnKeyFacts;
  /** The one that takes over, which others are told already. */
  readonly next: (OwnKeyFacts & { readonly activatesAt: number }) | null;
}

/**
 * Makes and publishes the next key pair; or, with an overlap of 0 while a rotation is under way, ends that one.
 * @throws {Refused} overlap-range, rotation-under-way, changed-meanwhile
 */
export async function rotateInstallationKey(
  context: AdministrationContext,
  rotation: KeyRotation,
  actor: string,
): Promise<Installation> {
  const overlap = rotation.overlapSeconds ?? DEFAULT_OVERLAP_SECONDS;
  if (!(overlap >= 0 && overlap <= MAXIMUM_OVERLAP_DAYS * 86_400)) {
    throw refusal('overlap', 'overlap-range', { maximum: MAXIMUM_OVERLAP_DAYS });
  }
  const stored = await readInstallation(context);
  if (rotation.expectedKey !== undefined && rotation.expectedKey !== publishedKey(stored)) {
    throw refusal('record', 'changed-meanwhile');
  }
  const now = nowSeconds(context.clock);
  const present = settledInstallation(stored, now);
  if (present.next !== null && overlap > 0) throw refusal('record', 'rotation-under-way');
  const pair = present.next ?? (await makeKeyPair(rotation.modulusBits));
  const next = { ...pair, activatesAt: now + Math.floor(overlap) };
  const changed = settledInstallation({ ...present, next }, now);
  if (!(await replaceKeys(context, stored, changed, actor))) throw refusal('record', 'changed-meanwhile');
  return changed;
}

/** Deletes the old private key once the next one has taken over; gives whether there was one to delete. */
export async function forgetOldKey(context: AdministrationContext): Promise<boolean> {
  const stored = await context.storage.installation.read();
  if (stored === null) return false;
  const settled = settledInstallation(stored, nowSeconds(context.clock));
  return settled !== stored && replaceKeys(context, stored, settled, 'system');
}

/** What may be shown of our keys. @param now seconds since 1970 */
export function installationKeyFacts(installation: InstallationKeys, now: number): InstallationKeyFacts {
  const { publicKeySpki, next } = settledInstallation(installation, now);
  return {
    present: ownKeyFacts(publicKeySpki, now),
    next: next && { ...ownKeyFacts(next.publicKeySpki, now), activatesAt: next.activatesAt },
  };
}

function ownKeyFacts(spki: string, now: number): OwnKeyFacts {
  const { bits, fingerprint } = publicKeyFacts(spki, null, now);
  return { bits, fingerprint, pem: publicKeyPem(spki) };
}

async function readInstallation({ storage }: AdministrationContext): Promise<Installation> {
  const installation = await storage.installation.read();
  if (installation === null) throw refusal('record', 'not-found', { text: 'installation' });
  return installation;
}

function replaceKeys(
  context: AdministrationContext,
  before: Installation,
  after: Installation,
  actor: string,
): Promise<boolean> {
  const now = nowSeconds(context.clock);
  const event = auditEvent(context, actor, 'installation.rotate', before.consumerKey, {
    before: keysRecord(before, now),
    after: keysRecord(after, now),
  });
  return context.storage.installation.replaceKeys(before, after, event);
}

function keysRecord({ publicKeySpki, next }: InstallationKeys, now: number): AuditFields {
  const words = (spki: string) => {
    const { bits, fingerprint } = publicKeyFacts(spki, null, now);
    return `RSA ${bits} bit, SHA-256 ${fingerprint}`;
  };
  return {
    publicKey: words(publicKeySpki),
    nextKey: next && words(next.publicKeySpki),
    takesOverAt: next?.activatesAt ?? null,
  };
}
