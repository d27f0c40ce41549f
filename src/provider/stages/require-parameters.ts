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

/** @throws {Problem} parameter_absent naming every parameter that is missing or empty */
export function requireParameters({ message: { protocol } }: Examination): void {
  let absent: string[] | undefined;
  for (const [property, name] of ALWAYS) {
    if (!protocol[property]) absent = [...(absent ?? []), name];
  }
  if (
    protocol.signatureMethod !== 'PLAINTEXT' ||
    protocol.timestamp !== undefined ||
    protocol.nonce !== undefined
  ) {
    for (const [property, name] of EXCEPT_WITH_PLAINTEXT) {
      if (!protocol[property]) absent = [...(absent ?? []), name];
    }
  }
  if (absent === undefined) return;
  if (protocol.token === undefined) absent.push('oauth_token');
  throw missing(absent);
}

/** @throws {Problem} parameter_absent when there is no `oauth_token` */
export function requireToken({ message: { protocol } }: Examination): void {
  if (!protocol.token) throw missing(['oauth_token']);
}

/** The refusal of a request that lacks parameters. */
export function missing(absent: readonly string[]): Problem {
  return new Problem('parameter_absent', { absent, advice: `Send ${absent.join(', ')} and sign again.` });
}
