/**
 * Signing a request as a consumer (RFC 5849 s3.1). The address is taken as text and sent as it is: a URL object would
 * rewrite dot segments and escapes, and what is signed has to be what goes over the wire. Time and nonce are handed in.
 */
import type { KeyObject } from 'node:crypto';
import { NO_BYTES } from '../base/index.ts';
import { baseStringUri } from './base-string.ts';
import { bodyHash } from './body-hash.ts';
import { readForm, writeForm } from './form.ts';
import type { Carrier } from './message.ts';
import { parameterBytes } from './parameter-bytes.ts';
import { encodePercent } from './percent-encoding.ts';
import { quotedString } from './quoted-string.ts';
import { findAlgorithm } from './signature/algorithms.ts';
import type { SharedSecrets, SignatureMethod } from './signature/method.ts';

/** What a consumer signs with. */
export type SigningKey =
  | { readonly kind: 'private-key'; readonly key: KeyObject }
  | ({ readonly kind: 'shared-secret' } & SharedSecrets);

/** A request to be signed. */
export interface SigningInput {
  readonly method: string;
  /** Absolute http or https address in ASCII, as it will be requested; a fragment is dropped. */
  readonly url: string;
  /** Form fields, in order; they become the body and are signed. */
  readonly form?: ReadonlyArray<readonly [name: string, value: string]>;
  /** A body that is not a form; only `bodyHash` protects it. */
  readonly body?: Uint8Array;
  readonly consumerKey: string;
  readonly key: SigningKey;
  readonly signatureMethod: SignatureMethod;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly nonce: string;
  /** Empty is sent as empty (two-legged, as some providers want it); undefined is left out. */
  readonly token?: string;
  readonly callback?: string;
  readonly verifier?: string;
  readonly sessionHandle?: string;
  /** Realm of the header; other carriers have none. */
  readonly realm?: string;
  /** Where the protocol parameters go; the header unless told. */
  readonly carrier?: Carrier;
  /** Whether to send `oauth_body_hash`. Not for forms: the draft forbids it there. */
  readonly bodyHash?: boolean;
}

/** A signed request, ready to be sent. */
export interface SignedRequest {
  readonly method: string;
  /** The address, with the protocol parameters added to its query if that is their carrier. */
  readonly url: string;
  /** Value of the Authorization header, or null. */
  readonly authorization: string | null;
  /** Content-Type of a form body; null where the caller knows its body's type. */
  readonly contentType: string | null;
  readonly body: Uint8Array;
  /** What was signed, for showing; it holds no secret. */
  readonly baseString: string;
}

/** Bytes of UTF-8 that one UTF-16 unit comes to at most. */
const MOST_BYTES = 3;

type Pair = readonly [name: string, value: string];

/**
 * Signs a request.
 * @throws {TypeError} when the input cannot be signed: an address that is not absolute ASCII http(s), a key of another
 *   family than the method, nothing secret to sign with, a form together with another body, or a body hash with a form
 * @throws {Problem} parameter_rejected when the address's query holds a malformed escape
 */
export function signRequest(input: SigningInput): SignedRequest {
  const carrier = input.carrier ?? 'header';
  const isForm = input.form !== undefined || carrier === 'body';
  refuseContradictions(input, isForm);
  const { origin, path, query, address } = splitAddress(input.url);
  const protocol = protocolPairs(input);
  const form = input.form ?? [];
  const method = input.method.toUpperCase();
  const baseString = baseStringOf(method, baseStringUri(origin, path), [...protocol, ...form], query);
  const signed: Pair[] = [...protocol, ['oauth_signature', signatureOf(input, baseString)]];
  const formBody = carrier === 'body' ? [...form, ...signed] : form;
  return {
    method,
    url: carrier === 'query' ? withQuery(address, query, signed) : address,
    authorization: carrier === 'header' ? authorizationHeader(input.realm, signed) : null,
    contentType: isForm ? 'application/x-www-form-urlencoded' : null,
    body: isForm ? Buffer.from(writeForm(formBody)) : (input.body ?? NO_BYTES),
    baseString,
  };
}

function baseStringOf(method: string, baseUri: string, pairs: readonly Pair[], query: string): string {
  const carried = pairs.reduce((sum, pair) => sum + pair[0].length + pair[1].length + 2, query.length);
  const bytes = parameterBytes(MOST_BYTES * carried, method, baseUri);
  for (const [name, value] of pairs) bytes.add(name, value);
  readForm(query, bytes, { take: () => bytes.keep() });
  return bytes.finish(method, baseUri).text;
}

function refuseContradictions(input: SigningInput, isForm: boolean): void {
  if (isForm && input.body !== undefined)
    throw new TypeError('A request has either form fields or another body.');
  if (isForm && input.bodyHash)
    throw new TypeError('A form body has no oauth_body_hash: its fields are signed.');
}

function protocolPairs(input: SigningInput): Pair[] {
  const hash = input.bodyHash ? bodyHash(input.signatureMethod, input.body ?? NO_BYTES) : undefined;
  const pairs: Array<readonly [string, string | undefined]> = [
    ['oauth_consumer_key', input.consumerKey],
    ['oauth_token', input.token],
    ['oauth_signature_method', input.signatureMethod],
    ['oauth_timestamp', String(input.timestamp)],
    ['oauth_nonce', input.nonce],
    ['oauth_version', '1.0'],
    ['oauth_callback', input.callback],
    ['oauth_verifier', input.verifier],
    ['oauth_session_handle', input.sessionHandle],
    ['oauth_body_hash', hash],
  ];
  return pairs.filter((pair): pair is Pair => pair[1] !== undefined);
}

function signatureOf({ signatureMethod, key }: SigningInput, baseString: string): string {
  const algorithm = findAlgorithm(signatureMethod);
  if (algorithm?.family === 'rsa' && key.kind === 'private-key') return algorithm.sign(baseString, key.key);
  if (algorithm?.family === 'shared-secret' && key.kind === 'shared-secret') {
    // Some API keys have a secret token of a consumer without secret; one of the two has to be secret.
    if (key.consumerSecret + key.tokenSecret === '') throw new TypeError('A secret must not be empty.');
    return algorithm.sign(baseString, key);
  }
  throw new TypeError(`${signatureMethod} cannot sign with a ${key.kind}.`);
}

/** Cuts an address into the parts that are signed, touching no character of them. */
function splitAddress(url: string): { origin: string; path: string; query: string; address: string } {
  if (/[^\x21-\x7e]/.test(url))
    throw new TypeError('An address holds visible ASCII only; percent-encode the rest.');
  const hash = url.indexOf('#');
  const address = hash === -1 ? url : url.slice(0, hash);
  const question = address.indexOf('?');
  const target = question === -1 ? address : address.slice(0, question);
  const slash = target.indexOf('/', target.indexOf('://') + 3);
  return {
    origin: slash === -1 ? target : target.slice(0, slash),
    path: slash === -1 ? '' : target.slice(slash),
    query: question === -1 ? '' : address.slice(question + 1),
    address,
  };
}

function withQuery(address: string, query: string, pairs: readonly Pair[]): string {
  const joint = query !== '' ? '&' : address.endsWith('?') ? '' : '?';
  return `${address}${joint}${writeForm(pairs)}`;
}

/** @see RFC 5849 s3.5.1 */
function authorizationHeader(realm: string | undefined, pairs: readonly Pair[]): string {
  const parameters = pairs.map(([name, value]) => `${name}="${encodePercent(value)}"`);
  if (realm !== undefined) parameters.unshift(`realm=${quotedString(realm)}`);
  return `OAuth ${parameters.join(', ')}`;
}
