/**
 * A client that signs by its own code, step by step, so that every step can be done wrong: what the search for
 * mistakes is tested against. It shares nothing with the product's signer; its right way is checked to be accepted.
 */
import { createHash, createHmac, createSign, type KeyObject } from 'node:crypto';
import { Secret } from '../../src/base/index.ts';
import { type ArrivalFacts, explain, type Knowledge, offlineKnowledge } from '../../src/explain/index.ts';
import type { Consumer } from '../../src/model/index.ts';
import type { ProviderRequest } from '../../src/provider/index.ts';
import { spki, WIKI_KEYS } from './provider-world.ts';

export type Pair = readonly [name: string, value: string, place: 'header' | 'query' | 'body'];

/** The moment at which every request is made. */
export const NOW = 1_800_000_000;
export const CONSUMER_SECRET = 'kd94hf93k423kf44+/=&';
export const TOKEN_SECRET = 'pfkkdhi9sl3r4s00pfkkdhi9sl3r4s00';
export const TOKEN = 'nnch734d00sl2jdknnch734d00sl2jdk';
export const KEY = 'dpf43f3p2l4k3l03';

/** A query in which nearly every mistake would show. */
export const RICH_QUERY =
  'b=two%20words&a=10&a=1&e=%C3%A9&none=&Zed=9&m=it%27s%20(1)*!&t=~x&plus=a%2Bb&x-y=1&x=2&u=caf%C3%A9';

/** One request, and every step of signing it. */
export interface Care {
  method: string;
  origin: string;
  path: string;
  query: string;
  form: readonly (readonly [string, string])[];
  body: string;
  contentType: string | null;
  token: string | null;
  signatureMethod: string;
  consumerSecret: string;
  tokenSecret: string;
  privateKey: KeyObject;
  /** Protocol parameters that are sent. */
  protocol(pairs: Pair[]): Pair[];
  place: 'header' | 'query' | 'body';
  realm: string | null;
  signedMethod(method: string): string;
  signedUrl(url: string): string;
  signedPairs(pairs: Pair[]): Pair[];
  encode(text: string, pair: Pair): string;
  sort(pairs: Pair[]): Pair[];
  encodeParameters(text: string): string;
  encodeUrl(text: string): string;
  finish(baseString: string): string;
  key(consumerSecret: string, tokenSecret: string): string | Buffer;
  digest: string;
  sign(baseString: string, key: string | Buffer, care: Care): Buffer;
  write(bytes: Buffer): string;
  /** What the request becomes on its way. */
  travel(request: ProviderRequest): ProviderRequest;
  arrival: Partial<ArrivalFacts>;
  know(knowledge: Knowledge): Knowledge;
}

/** RFC 3986 encoding. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** By encoded name, then encoded value. */
export function sorted(pairs: Pair[]): Pair[] {
  return pairs.toSorted((a, b) => (a[0] === b[0] ? (a[1] < b[1] ? -1 : 1) : a[0] < b[0] ? -1 : 1));
}

const CAREFUL: Care = {
  method: 'GET',
  origin: 'https://tracker.example',
  path: '/jira/rest/issues',
  query: RICH_QUERY,
  form: [],
  body: '',
  contentType: null,
  token: TOKEN,
  signatureMethod: 'HMAC-SHA1',
  consumerSecret: CONSUMER_SECRET,
  tokenSecret: TOKEN_SECRET,
  privateKey: WIKI_KEYS.privateKey,
  protocol: (pairs) => pairs,
  place: 'header',
  realm: null,
  signedMethod: (method) => method,
  signedUrl: (url) => url,
  signedPairs: (pairs) => pairs,
  encode,
  sort: sorted,
  encodeParameters: encode,
  encodeUrl: encode,
  finish: (baseString) => baseString,
  key: (consumerSecret, tokenSecret) => `${encode(consumerSecret)}&${encode(tokenSecret)}`,
  digest: 'sha1',
  sign: (baseString, key, { signatureMethod, digest, privateKey }) =>
    signatureMethod.startsWith('RSA')
      ? createSign(digest).update(baseString).sign(privateKey)
      : createHmac(digest, key).update(baseString).digest(),
  write: (bytes) => bytes.toString('base64'),
  travel: (request) => request,
  arrival: {},
  know: (knowledge) => knowledge,
};

/** The client's base string for a request. */
export interface Sent {
  readonly request: ProviderRequest;
  readonly knowledge: Knowledge;
  readonly baseString: string;
  readonly signature: string;
}

/** Signs and sends with so much care. */
export function send(careless: Partial<Care>): Sent {
  const care: Care = { ...CAREFUL, ...careless };
  const protocol = care.protocol(protocolPairs(care));
  const form = care.form.map(([name, value]) => [name, value, 'body'] as Pair);
  const all = [...protocol, ...readQuery(care.query), ...form];
  const encoded = care
    .signedPairs(all)
    .map((pair) => [care.encode(pair[0], pair), care.encode(pair[1], pair), pair[2]] as Pair);
  const normalised = care
    .sort(encoded)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const url = care.signedUrl(care.origin + care.path);
  const baseString = care.finish(
    `${care.signedMethod(care.method)}&${care.encodeUrl(url)}&${care.encodeParameters(normalised)}`,
  );
  const key = care.key(care.consumerSecret, care.tokenSecret);
  const signature = care.write(care.sign(baseString, key, care));
  const request = care.travel(arrived(care, protocol, signature));
  return { request, knowledge: care.know(knowledge(care)), baseString, signature };
}

/** Sends, and asks why it was refused. */
export async function ask(careless: Partial<Care>) {
  const { request, knowledge: known } = send(careless);
  return explain(request, known);
}

function protocolPairs({ token, signatureMethod, place }: Care): Pair[] {
  const pairs: [string, string][] = [
    ['oauth_consumer_key', KEY],
    ['oauth_nonce', 'kllo9940pd9333jh'],
    ['oauth_signature_method', signatureMethod],
    ['oauth_timestamp', String(NOW)],
    ['oauth_version', '1.0'],
  ];
  if (token !== null) pairs.push(['oauth_token', token]);
  return pairs.map(([name, value]) => [name, value, place]);
}

function readQuery(query: string): Pair[] {
  return query === ''
    ? []
    : query.split('&').map((piece) => {
        const [name = '', value = ''] = piece.split('=');
        return [plain(name), plain(value), 'query'];
      });
}

function plain(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function arrived(care: Care, protocol: readonly Pair[], signature: string): ProviderRequest {
  const sent = [...protocol, ['oauth_signature', signature, care.place] as Pair];
  const header = sent
    .filter(([, , place]) => place === 'header')
    .map(([name, value]) => `${name}="${encode(value)}"`);
  if (care.realm !== null) header.unshift(`realm="${care.realm}"`);
  const inQuery = sent
    .filter(([, , place]) => place === 'query')
    .map(([name, value]) => `${name}=${encode(value)}`);
  const form = [...care.form, ...sent.filter(([, , place]) => place === 'body')];
  const body =
    form.length === 0 ? care.body : form.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const type = care.contentType ?? (form.length > 0 ? 'application/x-www-form-urlencoded' : null);
  return {
    method: care.method,
    baseUri: care.origin + care.path,
    query: [care.query, ...inQuery].filter((piece) => piece !== '').join('&'),
    authorization: header.length === 0 ? [] : [`OAuth ${header.join(', ')}`],
    contentType: type === null ? [] : [type],
    body: Buffer.from(body),
    isSecureTransport: true,
    path: care.path,
  };
}

function knowledge(care: Care): Knowledge {
  const isRsa = care.signatureMethod.startsWith('RSA');
  const credential: Consumer['credential'] = isRsa
    ? { kind: 'public-key', spki: spki(WIKI_KEYS.publicKey), certificate: null }
    : { kind: 'shared-secret', secret: new Secret(CONSUMER_SECRET) };
  return offlineKnowledge({
    consumerKey: KEY,
    credential,
    token: care.token ? { value: care.token, secret: new Secret(TOKEN_SECRET) } : null,
    now: NOW,
    publicUrl: `${care.origin}/jira`,
    arrival: {
      scheme: 'http',
      host: 'tracker.example',
      listenPort: 8080,
      target: care.path + (care.query === '' ? '' : `?${care.query}`),
      peerAddress: '10.0.0.5',
      isTrustedProxy: false,
      forwarded: {},
      ...care.arrival,
    },
  });
}

/** SHA digest of a text. */
export function digestOf(digest: string, text: string): Buffer {
  return createHash(digest).update(text).digest();
}
