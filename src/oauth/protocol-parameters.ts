/**
 * Which names are protocol parameters, and how their values are read. Every `oauth_` name may be sent at most once
 * in a request, in whatever carriers (RFC 5849 s3.1, s3.2); those this protocol and its extensions define are
 * decoded here. `xoauth_` and `opensocial_` names are ordinary parameters.
 */
import type { ProtocolParameters } from './message.ts';
import type { ParameterBytes } from './parameter-bytes.ts';
import { decodePercent } from './percent-encoding.ts';
import type { BaseString } from './piece-order.ts';
import { Problem } from './problem.ts';

/** Longest value of a protocol parameter, in characters: room for an RSA-8192 signature and for long callbacks. */
export const MAX_PROTOCOL_VALUE_LENGTH = 4096;

/** Longest in canonical form (three characters per byte, three bytes per UTF-16 unit at most), and encoded once more. */
const MOST_CANONICAL = 9 * MAX_PROTOCOL_VALUE_LENGTH;
const MOST_SIGNED = 15 * MAX_PROTOCOL_VALUE_LENGTH;

/** What each protocol parameter is called here, by its canonical wire name. */
const FIELDS = {
  oauth_consumer_key: 'consumerKey',
  oauth_token: 'token',
  oauth_signature_method: 'signatureMethod',
  oauth_signature: 'signature',
  oauth_timestamp: 'timestamp',
  oauth_nonce: 'nonce',
  oauth_version: 'version',
  oauth_callback: 'callback',
  oauth_verifier: 'verifier',
  oauth_body_hash: 'bodyHash',
  oauth_session_handle: 'sessionHandle',
} as const satisfies Record<string, keyof ProtocolParameters>;

type Field = (typeof FIELDS)[keyof typeof FIELDS];

const FIELD_OF: ReadonlyMap<string, Field> = new Map(Object.entries(FIELDS));

/** What a canonical name is called here; undefined for a name that is not understood. */
export function protocolField(name: string): Field | undefined {
  return FIELD_OF.get(name);
}

const PREFIX = 'oauth_';
/** Its first four bytes, and the two behind them. */
const OAUT = 0x6f617574;
const H_ = 0x685f;

/** A name, by the eight bytes behind the prefix and its last eight, which meet or overlap; read as numbers. */
interface KnownName {
  readonly middle: number;
  readonly ending: number;
  /** Place of its value among those of a message. */
  readonly index: number;
}

/** All names by their length: three at most are of the same one. */
const BY_LENGTH: readonly (readonly KnownName[])[] = Array.from({ length: 32 }, (_, length) =>
  Object.keys(FIELDS).flatMap((name, index) => (name.length === length ? knownName(name, index) : [])),
);

function knownName(name: string, index: number): KnownName {
  // Zeros follow it, as they do where it was copied.
  const bytes = new DataView(new TextEncoder().encode(name.padEnd(name.length + 8, '\0')).buffer);
  return { middle: bytes.getFloat64(PREFIX.length), ending: bytes.getFloat64(name.length - 8), index };
}

/**
 * Values of the protocol parameters, one for each name that is known, in the order of those. Of one that is signed as it
 * was sent, the number of its piece, until it can be cut out of the base string.
 */
export type ProtocolValues = (string | number | undefined)[];

/** Where the signature stands among them. */
export const SIGNATURE = Object.keys(FIELDS).indexOf('oauth_signature');

/** Where the value of the parameter stands whose canonical name lies there; -1 for a name that is not understood. */
export function protocolIndexAt(pieces: DataView, start: number, end: number): number {
  const known = BY_LENGTH[end - start];
  if (known === undefined || known.length === 0) return -1;
  const middle = pieces.getFloat64(start + PREFIX.length);
  const ending = pieces.getFloat64(end - 8);
  for (let at = 0; at < known.length; at += 1) {
    const name = known[at]!;
    if (name.middle === middle && name.ending === ending) return name.index;
  }
  return -1;
}

/** No value yet. */
export function noValues(): ProtocolValues {
  return NONE.slice();
}

/** Replaces the numbers of pieces by the values they have in the base string. */
function cutOut(
  values: ProtocolValues,
  bytes: ParameterBytes,
  baseString: BaseString,
): readonly (string | undefined)[] {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value === 'number') values[index] = bytes.valueIn(baseString, value);
  }
  return values as (string | undefined)[];
}

/** The values by what they are called here. All fields from the start: objects of one shape are quicker to read. */
export function protocolOf(
  values: ProtocolValues,
  bytes: ParameterBytes,
  baseString: BaseString,
): ProtocolParameters {
  const texts = cutOut(values, bytes, baseString);
  return {
    consumerKey: texts[0],
    token: texts[1],
    signatureMethod: texts[2],
    signature: texts[3],
    timestamp: texts[4],
    nonce: texts[5],
    version: texts[6],
    callback: texts[7],
    verifier: texts[8],
    bodyHash: texts[9],
    sessionHandle: texts[10],
  };
}

const NONE: ProtocolValues = Object.keys(FIELDS).map(() => undefined);

/** Whether the name that lies there is in the protocol's own name space. */
export function beginsWithPrefix(pieces: DataView, start: number): boolean {
  return pieces.getUint32(start) === OAUT && pieces.getUint16(start + 4) === H_;
}

/** Whether a canonical name belongs to the protocol's own name space. */
export function hasProtocolPrefix(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * The value of the protocol parameter that was copied last; or, where it is signed as it was sent, the number of its piece.
 * @param piece the number under which it is kept; -1 if it is not
 * @throws {Problem} parameter_rejected when it is too long, is not UTF-8 or holds control characters
 */
export function readProtocolValue(bytes: ParameterBytes, piece: number): string | number {
  // The fast paths: nearly all values are sent as they are, or mean nothing but visible ASCII.
  if (!bytes.isChanged && piece >= 0) {
    if (bytes.to - bytes.valueStart > MAX_PROTOCOL_VALUE_LENGTH) throw refuseValue(bytes.name(), TOO_LONG);
    return piece;
  }
  const text = bytes.visibleValue();
  if (text !== null) return checkLength(bytes, text);
  // Before a text of megabytes is made of it.
  if (bytes.to - bytes.valueStart > MOST_SIGNED) throw refuseValue(bytes.name(), TOO_LONG);
  return decodeValue(bytes.name(), bytes.value());
}

function decodeValue(name: string, value: string): string {
  if (value.length > MOST_CANONICAL) throw refuseValue(name, TOO_LONG);
  let text: string;
  try {
    text = decodePercent(value);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw refuseValue(name, 'is not valid UTF-8');
  }
  if (hasControlCharacter(text)) throw refuseValue(name, 'holds a control character, such as a line break');
  if (text.length > MAX_PROTOCOL_VALUE_LENGTH) throw refuseValue(name, TOO_LONG);
  return text;
}

const TOO_LONG = `is longer than ${MAX_PROTOCOL_VALUE_LENGTH} characters`;

function checkLength(bytes: ParameterBytes, text: string): string {
  if (text.length > MAX_PROTOCOL_VALUE_LENGTH) throw refuseValue(bytes.name(), TOO_LONG);
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
