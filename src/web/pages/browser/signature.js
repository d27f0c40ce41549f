// @ts-check
/*
 * Signs a request in the browser, step by step (RFC 5849 s3.4), and compares it with what another client printed.
 * Nothing here reaches the network or keeps anything: the page's policy would not let it. The digests and RSA are the
 * browser's own; the texts agree with src/oauth, which a test holds it to.
 */

/**
 * What is typed. Form fields and further parameters are decoded pairs; the token is left out when it is null.
 * @typedef {{
 *   method: string, url: string, form: [string, string][], further: [string, string][], realm: string,
 *   consumerKey: string, consumerSecret: string, token: string | null, tokenSecret: string, privateKey: string,
 *   signatureMethod: string, timestamp: string, nonce: string
 * }} Typed
 */

/**
 * Every text on the way.
 * @typedef {{
 *   address: string, sorted: string[], normalised: string, baseString: string, key: string, signature: string,
 *   authorization: string, sent: [string, string][]
 * }} Steps
 */

/** @typedef {{ part: 'method' | 'address' | 'parameter', name: string, yours: string | null, ours: string | null }} Row */

/** @type {Record<string, string>} */
const DIGESTS = { SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' };

/** Something typed that cannot be signed; the page has a sentence for each code. */
export class SigningMistake extends Error {
  /** @param {'url' | 'escape' | 'secret' | 'key' | 'key-encrypted' | 'no-crypto'} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * Signs what is typed.
 * @param {Typed} typed
 * @returns {Promise<Steps>}
 */
export async function signStepwise(typed) {
  const { address, query } = readAddress(typed.url.trim());
  const sent = protocolPairs(typed);
  const pairs = [...sent, ...typed.form].map(([name, value]) => [encode(name), encode(value)]);
  for (const piece of query.split('&')) if (piece !== '') pairs.push(readPiece(piece));
  pairs.sort((a, b) => compare(a[0] ?? '', b[0] ?? '') || compare(a[1] ?? '', b[1] ?? ''));
  const sorted = pairs.map(([name, value]) => `${name}=${value}`);
  const normalised = sorted.join('&');
  const method = typed.method.trim().toUpperCase();
  const baseString = `${encode(method)}&${encode(address)}&${encode(normalised)}`;
  const { key, signature } = await signText(typed, baseString);
  /** @type {[string, string][]} */
  const signed = [...sent, ['oauth_signature', signature]];
  const list = signed.map(([name, value]) => `${name}="${encode(value)}"`);
  if (typed.realm !== '') list.unshift(`realm="${quotable(typed.realm)}"`);
  const authorization = `OAuth ${list.join(', ')}`;
  return { address, sorted, normalised, baseString, key, signature, authorization, sent: signed };
}

/**
 * Percent-encodes a text (RFC 5849 s3.6).
 * @param {string} text
 */
export function encode(text) {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Reads `name=value` lines; blank ones are nothing.
 * @param {string} text
 * @returns {[string, string][]}
 */
export function readLines(text) {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const equals = line.indexOf('=');
      return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
    });
}

/**
 * The parameters of an Authorization header, decoded; null if the text is none.
 * @param {string} text
 * @returns {[string, string][] | null}
 */
export function readHeader(text) {
  const list = /^\s*(?:Authorization:\s*)?OAuth\s+/i.exec(text);
  if (list === null) return null;
  const found = text.slice(list[0].length).matchAll(/([^\s=",]+)="([^"]*)"/g);
  return [...found].map(([, name = '', value = '']) => [decode(name), decode(value)]);
}

/**
 * Compares a base string that was printed elsewhere with ours, decoded one level.
 * @param {string} theirs
 * @param {string} ours
 * @returns {Row[]}
 */
export function compareBaseStrings(theirs, ours) {
  const [yours, own] = [takeApart(theirs), takeApart(ours)];
  return [
    { part: 'method', name: '', yours: yours.method, ours: own.method },
    { part: 'address', name: '', yours: yours.address, ours: own.address },
    ...align(yours.pairs, own.pairs),
  ];
}

/**
 * Compares the parameters of a pasted header with those of ours; a realm is not signed and does not count.
 * @param {[string, string][]} theirs
 * @param {[string, string][]} ours
 * @returns {Row[]}
 */
export function compareHeaders(theirs, ours) {
  return align(
    theirs.filter(([name]) => name.toLowerCase() !== 'realm'),
    ours,
  );
}

/**
 * Index of the first character that differs; -1 for equal texts.
 * @param {string} theirs
 * @param {string} ours
 */
export function firstDifference(theirs, ours) {
  if (theirs === ours) return -1;
  let at = 0;
  while (at < theirs.length && theirs[at] === ours[at]) at += 1;
  return at;
}

/** @param {string} url */
function readAddress(url) {
  const [whole = ''] = url.split('#', 1);
  const parts = /^(https?):\/\/([^/?#@:[\]\s]+|\[[0-9a-f:.]+\])(?::(\d{0,5}))?(\/[^?]*)?(?:\?(.*))?$/i.exec(
    whole,
  );
  if (parts === null || /[^\x21-\x7e]/.test(whole)) throw new SigningMistake('url');
  const [, scheme = '', host = '', port = '', path = '/', query = ''] = parts;
  const usual = scheme.toLowerCase() === 'https' ? 443 : 80;
  const shown = Number(port) === 0 || Number(port) === usual ? '' : `:${Number(port)}`;
  return { address: `${scheme.toLowerCase()}://${host.toLowerCase()}${shown}${path}`, query };
}

/**
 * @param {Typed} typed
 * @returns {[string, string][]}
 */
function protocolPairs({ consumerKey, token, signatureMethod, timestamp, nonce, further }) {
  return [
    ['oauth_consumer_key', consumerKey],
    .../** @type {[string, string][]} */ (token === null ? [] : [['oauth_token', token]]),
    ['oauth_signature_method', signatureMethod],
    ['oauth_timestamp', timestamp],
    ['oauth_nonce', nonce],
    ['oauth_version', '1.0'],
    ...further,
  ];
}

/**
 * A piece of the query in canonical form: its escapes undone, byte by byte, and made anew.
 * @param {string} piece
 */
function readPiece(piece) {
  const equals = piece.indexOf('=');
  const halves = equals === -1 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
  return halves.map((half) =>
    half.replace(/%[0-9a-f]{2}|./gis, (one) => {
      if (one === '%') throw new SigningMistake('escape');
      if (one === '+') return '%20';
      const byte = one.length === 3 ? Number.parseInt(one.slice(1), 16) : one.charCodeAt(0);
      const spelling = `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      return byte < 0x80 ? encode(String.fromCharCode(byte)) : spelling;
    }),
  );
}

/**
 * @param {Typed} typed
 * @param {string} baseString
 */
async function signText({ signatureMethod, consumerSecret, tokenSecret, privateKey }, baseString) {
  const [family, digest = ''] = signatureMethod.split('-');
  const bytes = new TextEncoder().encode(baseString);
  if (family !== 'RSA' && consumerSecret === '') throw new SigningMistake('secret');
  const pair = `${encode(consumerSecret)}&${encode(tokenSecret)}`;
  if (family === 'PLAINTEXT') return { key: pair, signature: pair };
  if (crypto.subtle === undefined) throw new SigningMistake('no-crypto');
  const hash = DIGESTS[digest] ?? '';
  if (family === 'HMAC') {
    const algorithm = { name: 'HMAC', hash };
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pair), algorithm, false, [
      'sign',
    ]);
    return { key: pair, signature: base64(await crypto.subtle.sign('HMAC', key, bytes)) };
  }
  const key = await importPrivateKey(privateKey, hash);
  const bits = /** @type {{ modulusLength?: number }} */ (key.algorithm).modulusLength;
  return { key: `RSA ${bits}`, signature: base64(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, bytes)) };
}

/**
 * @param {string} pem
 * @param {string} hash
 */
async function importPrivateKey(pem, hash) {
  if (/ENCRYPTED/.test(pem)) throw new SigningMistake('key-encrypted');
  const found = /-----BEGIN (RSA )?PRIVATE KEY-----([^-]*)-----END/.exec(pem.replaceAll('\\n', '\n'));
  if (found === null) throw new SigningMistake('key');
  try {
    const der = Uint8Array.from(atob((found[2] ?? '').replace(/\s/g, '')), (byte) => byte.charCodeAt(0));
    const pkcs8 = found[1] === undefined ? der : wrapPkcs1(der);
    return await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSASSA-PKCS1-v1_5', hash }, false, [
      'sign',
    ]);
  } catch {
    throw new SigningMistake('key');
  }
}

/**
 * Puts a PKCS#1 key into the PKCS#8 envelope that browsers read: version 0, rsaEncryption, the key.
 * @param {Uint8Array} key
 */
function wrapPkcs1(key) {
  const rsaEncryption = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
  ];
  return Uint8Array.from(tagged(0x30, [0x02, 0x01, 0x00, ...rsaEncryption, ...tagged(0x04, [...key])]));
}

/**
 * @param {number} tag
 * @param {number[]} content
 */
function tagged(tag, content) {
  const n = content.length;
  const length = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : [0x82, n >> 8, n & 0xff];
  return [tag, ...length, ...content];
}

/** @param {ArrayBuffer} bytes */
function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** @param {string} baseString */
function takeApart(baseString) {
  const [method = '', address = '', ...rest] = baseString.trim().split('&');
  const pieces = decode(rest.join('&')).split('&');
  const pairs = pieces.filter((piece) => piece !== '').flatMap((piece) => readLines(piece));
  return { method, address: decode(address), pairs };
}

/**
 * Rows in the order of ours, each with what the other has under that name; what only the other has comes last.
 * @param {[string, string][]} theirs
 * @param {[string, string][]} ours
 * @returns {Row[]}
 */
function align(theirs, ours) {
  const left = [...theirs];
  /** @type {Row[]} */
  const rows = ours.map(([name, value]) => {
    const same = left.findIndex((pair) => pair[0] === name && pair[1] === value);
    const at = same === -1 ? left.findIndex((pair) => pair[0] === name) : same;
    const yours = at === -1 ? null : (left.splice(at, 1)[0]?.[1] ?? null);
    return { part: 'parameter', name, yours, ours: value };
  });
  return [
    ...rows,
    ...left.map(([name, yours]) => /** @type {Row} */ ({ part: 'parameter', name, yours, ours: null })),
  ];
}

/**
 * One level of escapes undone; what is no UTF-8 stays as it is.
 * @param {string} text
 */
function decode(text) {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {string} text */
function quotable(text) {
  return text.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&');
}
