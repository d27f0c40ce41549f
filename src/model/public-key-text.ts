/**
 * Reading a public key as people paste it: PEM with the line breaks lost, doubled or written as `\n`, bare base64,
 * a certificate, a JWK. A private key is recognised before anything else is tried, in every form, because
 * `node:crypto` would quietly take the public half of it; it is refused and nothing of it is kept or repeated.
 */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { KeyRefused, type PublicKeyFacts, publicKeyFacts, requireAcceptable } from './public-key.ts';

/** Longest input: several times the certificate of the greatest acceptable key. */
const MAX_INPUT_LENGTH = 32_768;

/**
 * Reads a pasted public key.
 * @param now seconds since 1970, for a certificate's validity
 * @throws {KeyRefused} saying why it cannot be used
 */
export function parsePublicKey(text: string, now: number): PublicKeyFacts {
  if (text.length > MAX_INPUT_LENGTH)
    throw new KeyRefused(mentionsPrivateKey(text) ? 'private-key' : 'not-a-key');
  const repaired = repair(text);
  if (repaired === '') throw new KeyRefused('empty');
  if (mentionsPrivateKey(repaired)) throw new KeyRefused('private-key');
  const { key, certificate } = repaired.startsWith('{') ? readJwk(repaired) : readDer(repaired);
  requireAcceptable(key);
  return publicKeyFacts(key.export({ type: 'spki', format: 'der' }).toString('base64'), certificate, now);
}

interface ReadKey {
  readonly key: KeyObject;
  /** Base64 DER, when it came in one. */
  readonly certificate: string | null;
}

type Shape = 'spki' | 'certificate' | 'pkcs1';

/** What each PEM label holds; a map, because the label is the sender's. */
const SHAPE_BY_LABEL: ReadonlyMap<string, Shape> = new Map([
  ['PUBLIC KEY', 'spki'],
  ['RSA PUBLIC KEY', 'pkcs1'],
  ['CERTIFICATE', 'certificate'],
  ['X509 CERTIFICATE', 'certificate'],
]);

/** Undoes what editors, shells and JSON do to line breaks, and drops the quotes and blanks around the whole. */
function repair(text: string): string {
  const lines = text.replace(/\\r|\\n/g, '\n');
  let start = 0;
  let end = lines.length;
  while (start < end && isWrapping(lines[start]!)) start++;
  while (end > start && isWrapping(lines[end - 1]!)) end--;
  return lines.slice(start, end);
}

/** Blanks, line breaks, the byte order mark and quotes. */
function isWrapping(character: string): boolean {
  return /[\s"']/.test(character);
}

/** In PEM, in JSON, in a form's encoding; of PuTTY and of .NET. */
function mentionsPrivateKey(text: string): boolean {
  return /PRIVATE(?:\s|[_+-]|%20)*(?:KEY|LINES)|<D>[A-Za-z0-9+/=\s]{40}/i.test(text);
}

/** Reads PEM of any layout, or base64 with nothing around it. */
function readDer(text: string): ReadKey {
  const marker = /-----\s*BEGIN ([A-Z0-9 ]{1,40}?)\s*-----/.exec(text);
  if (marker === null) return readShapes(decodeBase64(text), ['spki', 'certificate', 'pkcs1']);
  const label = marker[1]!;
  const start = marker.index + marker[0].length;
  const end = text.indexOf('-----', start);
  const shape = SHAPE_BY_LABEL.get(label);
  if (end === -1 || shape === undefined) throw new KeyRefused('not-a-key');
  return readShapes(decodeBase64(text.slice(start, end)), [shape]);
}

/** Either alphabet: a decoder that knows one only would take a private key in the other for no key at all. */
function decodeBase64(text: string): Buffer {
  const packed = text.replace(/\s+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) throw new KeyRefused('not-a-key');
  return Buffer.from(packed, 'base64');
}

function readShapes(der: Buffer, shapes: readonly Shape[]): ReadKey {
  if (isPrivateKey(der)) throw new KeyRefused('private-key');
  for (const shape of shapes) {
    const found = tryShape(der, shape);
    if (found !== null) return found;
  }
  throw new KeyRefused('not-a-key');
}

function tryShape(der: Buffer, shape: Shape): ReadKey | null {
  try {
    if (shape !== 'certificate') {
      return { key: createPublicKey({ key: der, format: 'der', type: shape }), certificate: null };
    }
    const paper = new X509Certificate(der);
    return { key: paper.publicKey, certificate: paper.raw.toString('base64') };
  } catch {
    return null;
  }
}

function isPrivateKey(der: Buffer): boolean {
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      createPrivateKey({ key: der, format: 'der', type });
      return true;
    } catch {
      return false;
    }
  });
}

/** The members of a JWK that are looked at; their types are checked where they are used. */
interface Jwk {
  readonly kty?: unknown;
  readonly n?: string;
  readonly e?: string;
}

/** Reads a JWK, or the only member of a JWK set. */
function readJwk(text: string): ReadKey {
  const jwk = parseJwk(text);
  // `k` is a symmetric key and `d` the private half: neither may be given to anybody.
  if ('d' in jwk || 'k' in jwk || 'p' in jwk) throw new KeyRefused('private-key');
  if (typeof jwk.kty === 'string' && jwk.kty !== 'RSA') throw new KeyRefused('not-rsa');
  try {
    return {
      key: createPublicKey({ key: { kty: 'RSA', n: jwk.n, e: jwk.e }, format: 'jwk' }),
      certificate: null,
    };
  } catch {
    throw new KeyRefused('not-a-key');
  }
}

function parseJwk(text: string): Jwk {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new KeyRefused('not-a-key');
  }
  if (isObject(value) && Array.isArray(value.keys)) value = value.keys.length === 1 ? value.keys[0] : null;
  if (!isObject(value)) throw new KeyRefused('not-a-key');
  return value;
}

function isObject(value: unknown): value is Jwk & { keys?: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
