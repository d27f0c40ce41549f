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

/**
 * What a protocol parameter is called here, by its canonical wire name; undefined for a name that is not understood. A
 * switch and no map: names have just been cut out of a request, and a map would digest each before it compares it.
 */
export function protocolField(name: string): keyof ProtocolParameters | undefined {
  switch (name) {
    case 'oauth_consumer_key':
      return 'consumerKey';
    case 'oauth_token':
      return 'token';
    case 'oauth_signature_method':
      return 'signatureMethod';
    case 'oauth_signature':
      return 'signature';
    case 'oauth_timestamp':
      return 'timestamp';
    case 'oauth_nonce':
      return 'nonce';
    case 'oauth_version':
      return 'version';
    case 'oauth_callback':
      return 'callback';
    case 'oauth_verifier':
      return 'verifier';
    case 'oauth_body_hash':
      return 'bodyHash';
    case 'oauth_session_handle':
      return 'sessionHandle';
    default:
      return undefined;
  }
}

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
