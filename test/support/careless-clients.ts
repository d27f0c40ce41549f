/**
 * For every mistake that the search knows, clients that make exactly this one, in several ways: the battery that the
 * search is measured by. The small parts that the clients are made of are for making other mistakes of.
 */
import { constants, createHmac, privateEncrypt, sign } from 'node:crypto';
import { Secret } from '../../src/base/index.ts';
import type { SigningMistake } from '../../src/explain/index.ts';
import {
  type Care,
  CONSUMER_SECRET,
  digestOf,
  encode,
  KEY,
  type Pair,
  RICH_QUERY,
  sorted,
  TOKEN,
} from './careless-client.ts';

export const RSA: Partial<Care> = { signatureMethod: 'RSA-SHA1' };
export const without = (test: (pair: Pair) => boolean) => (pairs: Pair[]) =>
  pairs.filter((pair) => !test(pair));
export const named = (name: string) => (pair: Pair) => pair[0] === name;
export const adding = (name: string, value: string) => (pairs: Pair[]) => [
  ...pairs,
  [name, value, 'header'] as Pair,
];
export const url = (from: string | RegExp, to: string) => ({
  signedUrl: (text: string) => text.replace(from, to),
});
export const key = (make: Care['key']) => ({ key: make });
export const form: Partial<Care> = {
  method: 'POST',
  form: [
    ['title', 'a b'],
    ['n', '1'],
  ],
};
export const keyOf = (consumer: string, token: string) => `${encode(consumer)}&${encode(token)}`;
export const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase());
const retiring =
  (secret: string): Care['know'] =>
  (known) => ({
    ...known,
    consumer: {
      ...known.consumer!,
      retiring: { credential: { kind: 'shared-secret', secret: new Secret(secret) }, validUntil: 1 },
    },
  });

/** Clients by their one mistake. */
export const CARELESS_CLIENTS: Readonly<Record<SigningMistake, readonly Partial<Care>[]>> = {
  'signed-http-for-https': [url('https:', 'http:'), { ...RSA, ...url('https:', 'http:') }],
  'signed-https-for-http': [{ origin: 'http://tracker.example', ...url('http:', 'https:') }],
  'signed-seen-host': [
    { arrival: { host: 'internal.lan:8080' }, ...url('tracker.example', 'internal.lan:8080') },
    { arrival: { forwarded: { 'x-forwarded-host': 'issues.example' } }, ...url('tracker.', 'issues.') },
    {
      ...RSA,
      arrival: { forwarded: { forwarded: 'for=1.2.3.4;host=issues.example' } },
      ...url('tracker.', 'issues.'),
    },
  ],
  'signed-other-loopback-name': [{ origin: 'http://localhost:8080', ...url('localhost', '127.0.0.1') }],
  'signed-other-www': [url('tracker', 'www.tracker')],
  'host-not-lower-case': [url('tracker.example', 'Tracker.example')],
  'default-port-signed': [
    url('.example', '.example:443'),
    { origin: 'http://tracker.example', ...url('.example', '.example:80') },
  ],
  'port-not-signed': [{ origin: 'https://tracker.example:8443', ...url(':8443', '') }],
  'other-port-signed': [url('.example', '.example:8080')],
  'path-prefix-not-signed': [url('/jira', ''), { ...RSA, ...url('/jira/rest', '') }],
  'path-prefix-signed': [
    { path: '/rest/issues', ...url('/rest', '/jira/rest') },
    {
      path: '/rest/issues',
      arrival: { forwarded: { 'x-forwarded-prefix': '/very/odd' } },
      ...url('/rest', '/very/odd/rest'),
    },
  ],
  'trailing-slash': [
    url(/$/, '/'),
    { path: '/jira/rest/', ...url(/\/$/, '') },
    { path: '/', ...url(/\/$/, '') },
  ],
  'double-slash': [url('/jira', '//jira'), { path: '/jira//rest', ...url('a//', 'a/') }],
  'path-decoded': [
    { path: '/jira/a%20b/%C3%A9', signedUrl: (text) => decodeURIComponent(text), encodeUrl: encode },
  ],
  'path-encoded-again': [{ path: '/jira/a%20b', ...url('%', '%25') }],
  'path-escapes-other-case': [{ path: '/jira/a%2fb', ...url('%2f', '%2F') }],
  'path-normalised': [{ path: '/jira/x/../y', ...url('/x/..', '') }],
  'path-lower-case': [{ path: '/Jira/Rest', signedUrl: (text) => text.toLowerCase() }],
  'path-only-signed': [url('https://tracker.example', '')],
  'query-in-address': [
    { ...url(/$/, `?${RICH_QUERY}`), signedPairs: without((pair) => pair[2] === 'query') },
  ],
  'head-and-get': [{ method: 'HEAD', signedMethod: () => 'GET' }, { signedMethod: () => 'HEAD' }],
  'other-method-signed': [{ signedMethod: () => 'POST' }, { ...form, signedMethod: () => 'PUT' }],
  'method-lower-case': [{ signedMethod: () => 'get' }],
  'query-not-signed': [{ signedPairs: without((pair) => pair[2] === 'query') }],
  'query-lost': [
    {
      arrival: { forwarded: { 'x-original-uri': `/jira/rest/issues?${RICH_QUERY}` } },
      travel: (request) => ({ ...request, query: 'b=two%20words' }),
    },
  ],
  'form-not-signed': [{ ...form, signedPairs: without((pair) => pair[2] === 'body') }],
  'form-type-missing': [{ ...form, travel: (request) => ({ ...request, contentType: ['text/plain'] }) }],
  'json-as-form': [
    {
      method: 'POST',
      contentType: 'application/json',
      body: '{"title":"a b","n":1}',
      signedPairs: (pairs) => [...pairs, ['title', 'a b', 'body'], ['n', '1', 'body']],
    },
  ],
  'empty-token-not-signed': [{ token: '', signedPairs: without(named('oauth_token')), tokenSecret: '' }],
  'empty-token-signed': [{ token: null, tokenSecret: '', signedPairs: adding('oauth_token', '') }],
  'version-not-signed': [{ signedPairs: without(named('oauth_version')) }],
  'version-signed-not-sent': [
    { protocol: without(named('oauth_version')), signedPairs: adding('oauth_version', '1.0') },
  ],
  'token-not-signed': [{ signedPairs: without(named('oauth_token')) }],
  'callback-not-signed': [
    {
      protocol: adding('oauth_callback', 'https://app.example/?a=b'),
      signedPairs: without(named('oauth_callback')),
    },
  ],
  'verifier-not-signed': [
    { protocol: adding('oauth_verifier', 'verifierABC'), signedPairs: without(named('oauth_verifier')) },
  ],
  'body-hash-not-signed': [
    {
      protocol: adding('oauth_body_hash', digestOf('sha1', '').toString('base64')),
      signedPairs: without(named('oauth_body_hash')),
    },
  ],
  'realm-signed': [{ realm: 'Photos', signedPairs: adding('realm', 'Photos') }],
  'signature-signed': [{ signedPairs: adding('oauth_signature', '') }],
  'duplicates-dropped': [
    {
      signedPairs: (pairs) =>
        pairs.filter((pair, at) => pairs.findIndex(([name]) => name === pair[0]) === at),
    },
    {
      signedPairs: (pairs) =>
        pairs.filter((pair, at) => pairs.findLastIndex(([name]) => name === pair[0]) === at),
    },
  ],
  'empty-values-dropped': [{ signedPairs: without((pair) => pair[1] === '') }],
  'array-brackets': [
    {
      query: 'id%5B%5D=1&id%5B%5D=2',
      signedPairs: (pairs) => pairs.map(([n, v, p]) => [n.replace('[]', ''), v, p]),
    },
  ],
  'parameter-added': [{ travel: (request) => ({ ...request, query: `${request.query}&_=12345` }) }],
  'protocol-parameters-not-signed': [{ signedPairs: without(([name]) => name.startsWith('oauth_')) }],
  'parameters-unsorted': [{ sort: (pairs) => pairs }, { ...RSA, sort: (pairs) => pairs }],
  'sorted-by-decoded-value': [
    {
      query: 'a=%5D&a=~&a=z&a=%7C',
      sort: (pairs) =>
        pairs.toSorted((a, b) =>
          decodeURIComponent(a.join('=')) < decodeURIComponent(b.join('=')) ? -1 : 1,
        ),
    },
  ],
  'sorted-as-pairs': [
    {
      sort: (pairs) => pairs.toSorted((a, b) => (a.slice(0, 2).join('=') < b.slice(0, 2).join('=') ? -1 : 1)),
    },
  ],
  'sorted-ignoring-case': [
    {
      sort: (pairs) =>
        sorted(pairs.map((one) => one)).toSorted((a, b) =>
          a[0].toLowerCase() < b[0].toLowerCase() ? -1 : a[0].toLowerCase() > b[0].toLowerCase() ? 1 : 0,
        ),
    },
  ],
  'sorted-by-name-only': [
    { sort: (pairs) => pairs.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)) },
  ],
  'encoded-twice': [{ encode: (text) => encode(encode(text)) }, { finish: encode }],
  'query-signed-raw': [
    {
      query: "a=it's+(me)&b=%c3%a9",
      encode: (text, pair) =>
        pair[2] === 'query' && pair[0] !== text ? (pair[0] === 'a' ? "it's+(me)" : '%c3%a9') : encode(text),
    },
  ],
  'plus-signed-literally': [
    { query: 'a=one+two', encode: (text) => encode(text === 'one two' ? 'one+two' : text) },
  ],
  'space-as-plus': [
    { encode: (text) => encode(text).replaceAll('%20', '+') },
    { encode: (text) => new URLSearchParams({ '': text }).toString().slice(1) },
  ],
  'values-not-encoded': [{ encode: (text) => text }],
  'parameters-encoded-once': [{ encodeParameters: (text) => text }],
  'lower-case-hex': [
    { finish: lower },
    { encode: (text) => lower(encode(text)), finish: lower },
    { ...RSA, finish: lower },
  ],
  'marks-not-encoded': [
    { encode: encodeURIComponent, encodeParameters: encodeURIComponent },
    { encode: encodeURIComponent },
  ],
  'tilde-encoded': [{ encode: (text) => encode(text).replaceAll('~', '%7E') }],
  'latin1-encoding': [
    { encode: (text) => encode(text).replaceAll('%C3%A9', '%E9') },
    { travel: (request) => ({ ...request, query: request.query.replaceAll('%C3%A9', '%E9') }) },
  ],
  'unicode-form': [{ encode: (text) => encode(text.normalize('NFD')) }],
  'address-not-encoded': [{ encodeUrl: (text) => text }],
  'callback-encoding': [
    {
      protocol: adding('oauth_callback', 'https://app.example/back'),
      encode: (text, pair) => encode(pair[0] === 'oauth_callback' && text !== pair[0] ? encode(text) : text),
    },
  ],
  'base-string-newline': [{ finish: (text) => `${text}\n` }],
  'token-secret-missing': [key((consumer) => keyOf(consumer, ''))],
  'ampersand-missing': [key(encode), { ...key(encode), token: null }],
  'secret-with-newline': [
    key((consumer, token) => keyOf(`${consumer}\n`, token)),
    key((consumer, token) => keyOf(consumer, `${token}\r\n`)),
  ],
  'secret-with-blanks': [
    key((consumer, token) => keyOf(` ${consumer}`, token)),
    key((consumer, token) => keyOf(consumer, `${token} `)),
  ],
  'secret-trimmed': [
    {
      know: (known) => ({
        ...known,
        consumer: {
          ...known.consumer!,
          credential: { kind: 'shared-secret', secret: new Secret(`${CONSUMER_SECRET}\n`) },
        },
      }),
    },
  ],
  'secret-quoted': [key((consumer, token) => keyOf(`"${consumer}"`, token))],
  'key-not-encoded': [key((consumer, token) => `${consumer}&${token}`)],
  'key-encoded-twice': [key((consumer, token) => keyOf(encode(consumer), encode(token)))],
  'secrets-swapped': [key((consumer, token) => keyOf(token, consumer))],
  'consumer-secret-twice': [key((consumer) => keyOf(consumer, consumer))],
  'consumer-key-for-secret': [key((_, token) => keyOf(KEY, token))],
  'token-for-secret': [key((consumer) => keyOf(consumer, TOKEN))],
  'secret-base64-decoded': [
    key((consumer, token) => Buffer.concat([Buffer.from(consumer, 'base64'), Buffer.from(`&${token}`)])),
  ],
  'secret-hex-decoded': [
    {
      ...key((_, token) => Buffer.concat([Buffer.from('00ff10aa00ff10aa', 'hex'), Buffer.from(`&${token}`)])),
      know: (known) => ({
        ...known,
        consumer: {
          ...known.consumer!,
          credential: { kind: 'shared-secret', secret: new Secret('00ff10aa00ff10aa') },
        },
      }),
    },
  ],
  'old-credential': [
    { ...key((_, token) => keyOf('the-old-secret-xyz', token)), know: retiring('the-old-secret-xyz') },
  ],
  'other-digest': [{ digest: 'sha256' }, { ...RSA, digest: 'sha256' }, { ...RSA, digest: 'sha512' }],
  'hashed-twice': [
    { sign: (text, secret) => createHmac('sha1', secret).update(digestOf('sha1', text)).digest() },
    { ...RSA, sign: (text, _, care) => sign('sha1', digestOf('sha1', text), care.privateKey) },
  ],
  'rsa-pss': [
    {
      ...RSA,
      sign: (text, _, care) =>
        sign('sha1', Buffer.from(text), { key: care.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING }),
    },
  ],
  'rsa-bare-digest': [
    { ...RSA, sign: (text, _, care) => privateEncrypt(care.privateKey, digestOf('sha1', text)) },
  ],
  'plaintext-signature': [{ sign: (_, secret) => Buffer.from(secret), write: (bytes) => bytes.toString() }],
  'signature-hex': [
    { write: (bytes) => bytes.toString('hex') },
    { ...RSA, write: (bytes) => bytes.toString('hex') },
  ],
  'signature-base64-of-hex': [{ write: (bytes) => Buffer.from(bytes.toString('hex')).toString('base64') }],
  'signature-base64url': [{ ...RSA, write: (bytes) => bytes.toString('base64url') }],
  'signature-unpadded': [{ write: (bytes) => bytes.toString('base64').replace(/=+$/, '') }],
  'signature-encoded-twice': [{ write: (bytes) => encode(bytes.toString('base64')) }],
  // With this query the signature is o3W6NrWVhVcGv87+9AW997pUgeU=: one that has a plus to lose.
  'signature-plus-lost': [{ query: 'n=8', write: (bytes) => bytes.toString('base64').replaceAll('+', ' ') }],
};
