/**
 * Which names are protocol parameters, and how their values are read. Every `oauth_` name may be sent at most once
 * in a request, in whatever carriers (RFC 5849 s3.1, s3.2); those this protocol and its extensions define are
 * decoded here. `xoauth_` and `opensocial_` names are ordinary parameters.
 */
import type { ProtocolParameters } from './message.ts';
import { decodePercent } from './percent-encoding.ts';
import { Problem } from './problem.ts';

/** Longest value of a protocol parameter, in characters: room for an RSA-8192 signature and for long callbacks. */
export const MAX_PROTOCOL_VALUE_LENGTH = 4096;

/** Wire names of the protocol parameters that are understood. A map: a sender's name is never an object's key. */
export const PROTOCOL_PARAMETERS: ReadonlyMap<string, keyof ProtocolParameters> = new Map([
  ['oauth_consumer_key', 'consumerKey'],
  ['oauth_token', 'token'],
  ['oauth_signature_method', 'signatureMethod'],
  ['oauth_signature', 'signature'],
  ['oauth_timestamp', 'timestamp'],
  ['oauth_nonce', 'nonce'],
  ['oauth_version', 'version'],
  ['oauth_callback', 'callback'],
  ['oauth_verifier', 'verifier'],
  ['oauth_body_hash', 'bodyHash'],
  ['oauth_session_handle', 'sessionHandle'],
]);

/** Whether a canonical name belongs to the protocol's own name space. */
export function hasProtocolPrefix(name: string): boolean {
  return name.startsWith('oauth_');
}

/**
 * Reads a protocol parameter's value from its canonical form.
 * @throws {Problem} parameter_rejected when it is too long, is not UTF-8 or holds control characters
 */
export function readProtocolValue(name: string, value: string): string {
  // Three characters per byte and three bytes per UTF-16 unit at most: longer cannot decode to something allowed.
  if (value.length > 9 * MAX_PROTOCOL_VALUE_LENGTH) throw refuseValue(name, TOO_LONG);
  if (!value.includes('%')) return checkLength(name, value);
  let text: string;
  try {
    text = decodePercent(value);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw refuseValue(name, 'is not valid UTF-8');
  }
  if (hasControlCharacter(text)) throw refuseValue(name, 'holds a control character, such as a line break');
  return checkLength(name, text);
}

const TOO_LONG = `is longer than ${MAX_PROTOCOL_VALUE_LENGTH} characters`;

function checkLength(name: string, text: string): string {
  if (text.length > MAX_PROTOCOL_VALUE_LENGTH) throw refuseValue(name, TOO_LONG);
  return text;
}

function refuseValue(name: string, fault: string): Problem {
  return new Problem('parameter_rejected', { advice: `The value of ${name} ${fault}.`, rejected: [name] });
}

/** C0, DEL and C1 controls: a line break in a value is a pasting mistake at best and a forged log line at worst. */
function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  }
  return false;
}
