/**
 * Stage: a request that carries some protocol parameters must carry all that it needs. Treating a half-signed
 * request as an anonymous one would hide the client's mistake for days. @see RFC 5849 s3.1
 */
import { Problem, type ProtocolParameters } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

const ALWAYS = [
  ['consumerKey', 'oauth_consumer_key'],
  ['signatureMethod', 'oauth_signature_method'],
  ['signature', 'oauth_signature'],
] as const satisfies readonly (readonly [keyof ProtocolParameters, string])[];

const EXCEPT_WITH_PLAINTEXT = [
  ['timestamp', 'oauth_timestamp'],
  ['nonce', 'oauth_nonce'],
] as const satisfies readonly (readonly [keyof ProtocolParameters, string])[];

/** For a request token. @throws {Problem} parameter_absent naming every parameter that is missing or empty */
export function requireParameters({ message: { protocol } }: Examination): void {
  refuse(absentOf(protocol));
}

/** For an access token: `oauth_token` too. @throws {Problem} parameter_absent naming every one that is missing or empty */
export function requireTokenToo({ message: { protocol } }: Examination): void {
  const absent = absentOf(protocol);
  if (!protocol.token) absent.push('oauth_token');
  refuse(absent);
}

/**
 * For a resource. A missing `oauth_token` is named beside others that are missing; alone it is judged when the
 * consumer is known, since some may leave it out.
 * @throws {Problem} parameter_absent naming every parameter that is missing or empty
 */
export function requireSignature({ message: { protocol } }: Examination): void {
  const absent = absentOf(protocol);
  if (absent.length > 0 && protocol.token === undefined) absent.push('oauth_token');
  refuse(absent);
}

function absentOf(protocol: ProtocolParameters): string[] {
  // Nearly every request has them all, and five plain looks cost a fraction of the walk over the lists.
  const { consumerKey, signatureMethod, signature, timestamp, nonce } = protocol;
  if (consumerKey && signatureMethod && signature && timestamp && nonce) return [];
  const absent: string[] = [];
  for (const [property, name] of ALWAYS) if (!protocol[property]) absent.push(name);
  const isBare = protocol.timestamp === undefined && protocol.nonce === undefined;
  if (protocol.signatureMethod === 'PLAINTEXT' && isBare) return absent;
  for (const [property, name] of EXCEPT_WITH_PLAINTEXT) if (!protocol[property]) absent.push(name);
  return absent;
}

function refuse(absent: readonly string[]): void {
  if (absent.length > 0) throw missing(absent);
}

/** The refusal of a request that lacks parameters. */
export function missing(absent: readonly string[]): Problem {
  return new Problem('parameter_absent', { absent, advice: `Send ${absent.join(', ')} and sign again.` });
}
