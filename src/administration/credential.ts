/**
 * Consumer credentials as administrators enter them. A private key is refused wherever it is pasted, before
 * anything is kept or repeated; the text of a refused key never becomes part of a mistake. Which weaknesses a
 * key has is told, not forbidden: some peers have no better one.
 */
import { nowSeconds, randomAlphanumeric, Secret } from '../base/index.ts';
import { type ConsumerCredential, KeyRefused, parsePublicKey } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';
import { credentialFacts } from './credential-facts.ts';
import type { Findings } from './mistake.ts';
import { holdsPrivateKey } from './private-key.ts';
import { trimPasted } from './text-field.ts';

/** What shall prove the consumer's requests. */
export type CredentialInput =
  | { readonly kind: 'public-key'; readonly text: string }
  | { readonly kind: 'given-secret'; readonly secret: Secret }
  | { readonly kind: 'generated-secret' };

/** A credential that was accepted. */
export interface AcceptedCredential {
  readonly credential: ConsumerCredential;
  /** The secret, if it was made here: to be shown once. */
  readonly generated: Secret | null;
}

const GENERATED_LENGTH = 40;
const SECRET_MINIMUM = 8;
const SECRET_MAXIMUM = 1000;

/** Reads a credential; null after a mistake was found. */
export function readCredential(
  context: AdministrationContext,
  input: CredentialInput,
  findings: Findings,
): AcceptedCredential | null {
  if (input.kind === 'public-key') return readPublicKey(input.text, nowSeconds(context.clock), findings);
  if (input.kind === 'generated-secret') {
    const secret = new Secret(randomAlphanumeric(context.random, GENERATED_LENGTH));
    return { credential: { kind: 'shared-secret', secret }, generated: secret };
  }
  const secret = readSecret(input.secret, SECRET_MINIMUM, findings);
  return secret === null ? null : { credential: { kind: 'shared-secret', secret }, generated: null };
}

/** Reads a shared secret that was given by hand; null after a mistake was found. */
export function readSecret(given: Secret, minimum: number, findings: Findings): Secret | null {
  const text = trimPasted(given.reveal());
  if (text === '') findings.add('secret', 'required');
  else if (holdsPrivateKey(text)) findings.add('secret', 'private-key');
  else if (/[\p{Cc}\p{Cs}]/u.test(text)) findings.add('secret', 'forbidden-character');
  else if (text.length < minimum) findings.add('secret', 'secret-too-short', { minimum });
  else if (text.length > SECRET_MAXIMUM) findings.add('secret', 'too-long', { maximum: SECRET_MAXIMUM });
  else return new Secret(text);
  return null;
}

/** Why the audit entry of this credential deserves attention, or null. */
export function credentialNote(credential: ConsumerCredential, now: number): string | null {
  if (credentialFacts(credential, now).weaknesses.length === 0) return null;
  return credential.kind === 'public-key' ? 'weak-key' : 'weak-secret';
}

function readPublicKey(text: string, now: number, findings: Findings): AcceptedCredential | null {
  try {
    const { spki, certificate } = parsePublicKey(text, now);
    return { credential: { kind: 'public-key', spki, certificate }, generated: null };
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error;
    findings.add('publicKey', error.code === 'empty' ? 'required' : `key-${error.code}`);
    return null;
  }
}
