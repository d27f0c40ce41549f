/**
 * Which names are protocol parameters, and how their values are read. Every `oauth_` name may be sent at most once
 * in a request, in whatever carriers (RFC 5849 s3.1, s3.2); those this protocol and its extensions define are
 * decoded here. `xoauth_` and `opensocial_` names are ordinary parameters.
 */
import type { ProtocolParameters } from './message.ts';
import type { ParameterBytes } from './parameter-bytes.ts';
import { decodePercent } from './percent-encoding.ts';
import { Problem } from './problem.ts';

/** Longest value of a protocol parameter, in characters: room for an RSA-8192 signature and for long callbacks. */
export const MAX_PROTOCOL_VALUE_LENGTH = 4096;

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

interface KnownName {
  readonly name: DataView;
  /** Place of its value among those of a message. */
  readonly index: number;
}

/** All names by their length: two at most are of the same one. */
const BY_LENGTH: readonly (readonly KnownName[])[] = Array.from({ length: 32 }, (_, length) =>
  Object.keys(FIELDS)
    .map((name, index) => ({ name: new DataView(new TextEncoder().encode(name).buffer), index }))
    .filter(({ name }) => name.byteLength === length),
);

/** Values of the protocol parameters, one for each name that is known, in the order of those. */
export type ProtocolValues = (string | undefined)[];

/** Where the signature stands among them. */
export const SIGNATURE = Object.keys(FIELDS).indexOf('oauth_signature');

/** Where the value of the parameter stands whose canonical name lies there; -1 for a name that is not understood. */
export function protocolIndexAt(pieces: DataView, start: number, end: number): number {
  const known = BY_LENGTH[end - start] ?? [];
  for (let at = 0; at < known.length; at += 1) {
    const { name, index } = known[at]!;
    if (isAt(pieces, start, name)) return index;
  }
  return -1;
}

/** No value yet. */
export function noValues(): ProtocolValues {
  return NAMELESS.slice();
}

/** The values by what they are called here. All fields from the start: objects of one shape are quicker to read. */
export function protocolOf(values: ProtocolValues): ProtocolParameters {
  return {
    consumerKey: values[0],
    token: values[1],
    signatureMethod: values[2],
    signature: values[3],
    timestamp: values[4],
    nonce: values[5],
    version: values[6],
    callback: values[7],
    verifier: values[8],
    bodyHash: values[9],
    sessionHandle: values[10],
  };
}

const NAMELESS: ProtocolValues = Object.keys(FIELDS).map(() => undefined);

/** Whether the name that lies there is in the protocol's own name space. */
export function beginsWithPrefix(pieces: DataView, start: number): boolean {
  return pieces.getUint32(start) === OAUT && pieces.getUint16(start + 4) === H_;
}

/** Whether a name that has the prefix is that one. Compared four bytes at a time, from its end to the prefix. */
function isAt(pieces: DataView, start: number, name: DataView): boolean {
  for (let at = name.byteLength - 4; at > PREFIX.length - 4; at -= 4) {
    if (pieces.getUint32(start + at) !== name.getUint32(at)) return false;
  }
  return true;
}

/** Whether a canonical name belongs to the protocol's own name space. */
export function hasProtocolPrefix(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * Reads the value of the protocol parameter that was copied last.
 * @param from where among the bytes being read it begins
 * @param to where it ends
 * @throws {Problem} parameter_rejected when it is too long, is not UTF-8 or holds control characters
 */
export function readProtocolValue(bytes: ParameterBytes, from: number, to: number): string {
  // The fast paths: nearly all values are sent as they are, or mean nothing but visible ASCII.
  const text = bytes.isChanged ? bytes.visibleValue() : bytes.sourceText(from, to);
  return text === null ? decodeValue(bytes.name(), bytes.value()) : checkLength(bytes, text);
}

function decodeValue(name: string, value: string): string {
  // Three characters per byte and three bytes per UTF-16 unit at most: longer cannot decode to something allowed.
  if (value.length > 9 * MAX_PROTOCOL_VALUE_LENGTH) throw refuseValue(name, TOO_LONG);
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
