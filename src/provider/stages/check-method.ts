/**
 * Stage: the signature method. The consumer's record, never the sender, decides which family may verify it:
 * otherwise an RSA consumer could be asked to verify an HMAC under an empty or a public key (CVE-2026-72889).
 */
import type { Consumer } from '../../model/index.ts';
import {
  isSignatureMethod,
  methodFamily,
  Problem,
  SIGNATURE_METHODS,
  type SignatureMethod,
} from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} signature_method_rejected, naming the methods that this consumer may use */
export function checkMethod(examination: Examination): void {
  const { consumer, message, now } = examination;
  const method = message.protocol.signatureMethod!;
  if (!isSignatureMethod(method) || !mayUse(consumer, method, now)) {
    const allowed = allowedMethods(consumer, now).join(', ');
    throw rejected(`This consumer may not use ${quoted(method)}; use one of ${allowed}.`);
  }
  if (method === 'PLAINTEXT') protectSecrets(examination);
  examination.method = method;
}

/** PLAINTEXT sends the secrets themselves, so they may travel only where nobody can read or log them. */
function protectSecrets({ request, message }: Examination): void {
  if (!request.isSecureTransport) throw rejected('PLAINTEXT is accepted over TLS only.');
  if (!message.carriers.has('query')) return;
  throw rejected('PLAINTEXT shows the secrets; send it in the Authorization header, not in the URL.');
}

/** What the sender wrote, short enough and harmless enough to be repeated to them. */
function quoted(method: string): string {
  return /^[\w-]{1,32}$/.test(method) ? method : 'that signature method';
}

function rejected(advice: string): Problem {
  return new Problem('signature_method_rejected', { advice });
}

/** What of a consumer's record decides about methods. */
type Credentials = Pick<Consumer, 'credential' | 'retiring' | 'allowPlaintext'>;

/** The methods that the consumer's record allows now: during a rotation, those of both credentials. */
export function allowedMethods(consumer: Credentials, now: number): readonly SignatureMethod[] {
  return SIGNATURE_METHODS.filter((method) => mayUse(consumer, method, now));
}

function mayUse(
  { credential, retiring, allowPlaintext }: Credentials,
  method: SignatureMethod,
  now: number,
): boolean {
  if (method === 'PLAINTEXT' && !allowPlaintext) return false;
  const kind = methodFamily(method) === 'rsa' ? 'public-key' : 'shared-secret';
  if (credential.kind === kind) return true;
  return retiring !== null && now <= retiring.validUntil && retiring.credential.kind === kind;
}
