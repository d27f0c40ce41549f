/**
 * Percent-encoding: each name and value once, the joined parameters once more, all of it from UTF-8, with capital
 * digits, and nothing left as it is but letters, digits and `-._~` (RFC 5849 s3.6). Platforms' own encoders differ.
 */
import { canonicalise, encodePercent, encodeWireBytes } from '../../oauth/index.ts';
import type { Attempt, SignedParameter, Writing } from './attempt.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

type Spell = (encoded: string, parameter: SignedParameter) => string;

export const ENCODING_MISTAKES: readonly MistakeToTry[] = [
  encoding('callback-encoding', 1, [
    spelling((text, { name }) => (name === 'oauth_callback' ? again(text) : text)),
    spelling((text, { name }) => (name === 'oauth_callback' && text !== name ? decoded(text) : text)),
  ]),
  encoding('encoded-twice', 1, [
    spelling(again),
    spelling(onlyIn('query', again)),
    spelling(onlyIn('body', again)),
    spelling((text, { name }) => (name.startsWith('oauth_') ? again(text) : text)),
    writing((w) => ({ encodeParameters: (text) => encodePercent(w.encodeParameters(text)) })),
    writing((w) => ({ finish: (text) => encodePercent(w.finish(text)) })),
  ]),
  encoding('query-signed-raw', 1, [
    asOnTheWire(['query']),
    asOnTheWire(['query', 'body']),
    asOnTheWire(['body']),
  ]),
  encoding('plus-signed-literally', 1, [changingValues(literalPlus)]),
  encoding('space-as-plus', 1, [
    spelling(plusForSpace),
    spelling((text) => text.replaceAll('~', '%7E').replaceAll('%2A', '*').replaceAll('%20', '+')),
    spelling(onlyIn('query', plusForSpace)),
    spelling(onlyIn('body', plusForSpace)),
    writing((w) => ({ encodeParameters: (text) => w.encodeParameters(text).replaceAll('%2520', '%2B') })),
    writing((w) => ({ encodeParameters: (text) => w.encodeParameters(text).replaceAll('%2520', '+') })),
    writing((w) => ({ encodeParameters: (text) => w.encodeParameters(text).replaceAll('%2520', '%20') })),
  ]),
  encoding('values-not-encoded', 1, [
    spelling(decoded),
    spelling((text, { name }) => (text === name ? text : decoded(text))),
    spelling(onlyIn('query', decoded)),
    spelling(onlyIn('body', decoded)),
  ]),
  encoding('parameters-encoded-once', 2, [
    writing(() => ({ encodeParameters: (text) => text })),
    writing((w) => ({ encodeParameters: (text) => w.encodeParameters(text).replaceAll('%25', '%') })),
  ]),
  encoding('lower-case-hex', 1, [
    writing((w) => ({ finish: (text) => lowerHex(w.finish(text)) }), lowerHex),
    spelling(lowerHex),
    writing((w) => ({ finish: (text) => lowerHex(w.finish(text)) })),
  ]),
  encoding('marks-not-encoded', 1, [
    writing(
      (w) => ({
        encodeParameters: leavingMarks(w.encodeParameters),
        encodeAddress: leavingMarks(w.encodeAddress),
      }),
      marks,
    ),
    spelling(marks),
    spelling((text) => text.replaceAll('%2A', '*')),
    spelling((text) => text.replaceAll('%27', "'")),
  ]),
  encoding('tilde-encoded', 2, [
    writing((w) => ({ finish: (text) => w.finish(text).replaceAll('~', '%7E') }), tilde),
    spelling(tilde),
  ]),
  encoding('latin1-encoding', 2, [spelling(utf8AsLatin1), spelling(latin1AsUtf8)]),
  encoding('unicode-form', 3, [spelling(normalised('NFC')), spelling(normalised('NFD'))]),
  encoding('address-not-encoded', 2, [
    writing(() => ({ encodeAddress: (text) => text })),
    writing((w) => ({ encodeAddress: (text) => w.encodeAddress(text).replaceAll('%2F', '/') })),
  ]),
  encoding(
    'base-string-newline',
    3,
    ['\n', '\r\n', '&'].map((end) => writing((w) => ({ finish: (text) => w.finish(text) + end }))),
  ),
];

function encoding(
  code: MistakeToTry['code'],
  rank: MistakeToTry['rank'],
  variants: readonly Variant[],
): MistakeToTry {
  return { code, layer: 'encoding', rank, variants: () => variants };
}

/** Changes how names and values are encoded the first time. */
function spelling(change: Spell): Variant {
  return writing(() => ({}), change);
}

/** Changes how the base string is written, and the first encoding with it where that is given. */
function writing(change: (before: Writing) => Partial<Writing>, spell?: Spell): Variant {
  return {
    apply: (attempt: Attempt) => {
      const before = attempt.writing;
      const spelled: Partial<Writing> =
        spell === undefined
          ? {}
          : { spell: (canonical, parameter) => spell(before.spell(canonical, parameter), parameter) };
      return { ...attempt, writing: { ...before, ...change(before), ...spelled } };
    },
  };
}

/** Changes the values themselves, before any encoding. */
function changingValues(change: (parameter: SignedParameter) => string): Variant {
  return {
    apply: (attempt) => ({
      ...attempt,
      parameters: attempt.parameters.map((one) => ({ ...one, value: change(one) })),
    }),
  };
}

/** Query or form taken as it stood on the wire, with the escapes that the sender happened to use. */
function asOnTheWire(carriers: readonly string[]): Variant {
  return spelling((text, { name, value, carrier, rawName, rawValue }) => {
    if (!carriers.includes(carrier)) return text;
    if (text === name) return rawName;
    return text === value ? rawValue : text;
  });
}

function onlyIn(carrier: string, change: (text: string) => string): Spell {
  return (text, parameter) => (parameter.carrier === carrier ? change(text) : text);
}

function again(encoded: string): string {
  return encoded.replaceAll('%', '%25');
}

function plusForSpace(encoded: string): string {
  return encoded.replaceAll('%20', '+');
}

function literalPlus({ value, rawValue, carrier }: SignedParameter): string {
  if (carrier === 'header' || !rawValue.includes('+')) return value;
  return canonicalise(rawValue.replaceAll('+', '%2B'), false) ?? value;
}

/** The text behind the escapes; as bytes where they are not UTF-8. */
function decoded(encoded: string): string {
  if (!encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

function lowerHex(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (escaped) => escaped.toLowerCase());
}

/** What `encodeURIComponent` and its like leave alone. */
function marks(encoded: string): string {
  return encoded.replace(/%(?:21|27|28|29|2A)/g, (escaped) =>
    String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
  );
}

function leavingMarks(encode: (text: string) => string): (text: string) => string {
  return (text) => marks(encode(text));
}

function tilde(encoded: string): string {
  return encoded.replaceAll('~', '%7E');
}

/** Signed as Latin-1, sent as UTF-8. */
function utf8AsLatin1(encoded: string): string {
  const text = decoded(encoded);
  return /[\u0080-\u00ff]/.test(text) && !/[^\0-\u00ff]/.test(text) ? encodeWireBytes(text) : encoded;
}

/** Signed as UTF-8, sent as Latin-1. */
function latin1AsUtf8(encoded: string): string {
  if (!/%[89A-F]/i.test(encoded)) return encoded;
  const bytes = encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return encodePercent(bytes);
}

function normalised(form: 'NFC' | 'NFD'): Spell {
  return (encoded) => (/%[c-f]/i.test(encoded) ? encodePercent(decoded(encoded).normalize(form)) : encoded);
}
