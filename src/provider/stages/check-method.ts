/**
 * Stage: the signature method. The consumer's record, never the sender, decides which family may verify it:
 * otherwise an RSA consumer could be asked to verify an HMAC under an empty or a public key (CVE-2026-72889).
 */
import type { Consumer, ConsumerCredential } from '../../model/index.ts';
import { isSignatureMethod, methodFamily, Problem, SIGNATURE_METHODS } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} signature_method_rejected, naming the methods that this consumer may use */
export function checkMethod(examination: Examination): void {
  const { consumer, message, now, request } = examination;
  const method = message.protocol.signatureMethod!;
  if (!isSignatureMethod(method) || !usableKinds(consumer, now).has(requiredKind(method))) {
    throw rejected(`Use one of ${allowedMethods(consumer, now).join(', ')}.`);
  }
  if (method === 'PLAINTEXT') {
    if (!consumer.allowPlaintext)
      throw rejected('This consumer may not use PLAINTEXT; sign with HMAC instead.');
    if (!request.isSecureTransport) throw rejected('PLAINTEXT is accepted over TLS only.');
    if (message.carriers.has('query')) {
      throw rejected('PLAINTEXT shows the secrets; send it in the Authorization header, not in the URL.');
    }
  }
  examination.method = method;
}

function rejected(advice: string): Problem {
  return new Problem('signature_method_rejected', { advice });
}

function requiredKind(method: (typeof SIGNATURE_METHODS)[number]): ConsumerCredential['kind'] {
  return methodFamily(method) === 'rsa' ? 'public-key' : 'shared-secret';
}

/** The kinds of credential that can verify now: the current one and, during a rotation, the one it replaces. */
function usableKinds(
  { credential, retiring }: Consumer,
  now: number,
): ReadonlySet<ConsumerCredential['kind']> {
  const kinds = new Set([credential.kind]);
  if (retiring !== null && now <= retiring.validUntil) kinds.add(retiring.credential.kind);
  return kinds;
}

function allowedMethods(consumer: Consumer, now: number): string[] {
  const kinds = usableKinds(consumer, now);
  return SIGNATURE_METHODS.filter(
    (method) => kinds.has(requiredKind(method)) && (method !== 'PLAINTEXT' || consumer.allowPlaintext),
  );
}
