/**
 * `oauth_body_hash` (OAuth Request Body Hash, draft 4): protects bodies that are not forms, which no base string
 * covers. The draft ties the digest to SHA-1; signers with newer methods use the method's own digest or stay with
 * SHA-1, so both are accepted, and nothing else.
 *
 * The draft forbids the parameter beside a form body, whose parameters are signed already. A hash that matches the
 * bytes takes nothing away from that, so it is let pass there; one that does not match is refused everywhere.
 * @see https://datatracker.ietf.org/doc/html/draft-eaton-oauth-bodyhash-00
 */
import { hash } from 'node:crypto';
import type { OAuthMessage } from './message.ts';
import { findAlgorithm } from './signature/algorithms.ts';
import type { Digest, SignatureMethod } from './signature/method.ts';

/** Whether the body is the one that was signed; null if the request carries no body hash. An absent body is empty. */
export function bodyHashMatches(message: Pick<OAuthMessage, 'protocol' | 'body'>): boolean | null {
  const { bodyHash, signatureMethod } = message.protocol;
  if (bodyHash === undefined) return null;
  const own = findAlgorithm(signatureMethod)?.digest ?? 'sha1';
  return (
    bodyHash === hashInBase64(own, message.body) ||
    (own !== 'sha1' && bodyHash === hashInBase64('sha1', message.body))
  );
}

/** The hash that a signer sends: of the digest its method is built on, SHA-1 where it has none. */
export function bodyHash(method: SignatureMethod, body: Uint8Array): string {
  return hashInBase64(findAlgorithm(method)?.digest ?? 'sha1', body);
}

function hashInBase64(digest: Digest, bytes: Uint8Array): string {
  return hash(digest, bytes, 'base64');
}
