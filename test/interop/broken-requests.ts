/**
 * Deliberately broken requests: what a foreign library is told to sign, what is sent instead, and the mistake that
 * this is. The signatures are the libraries' own; the breaking is that of careless programs, settings and proxies.
 */
import type { MistakeCode } from '../../src/explain/index.ts';
import { MOCK_CREDENTIALS } from '../../src/mock/index.ts';

/** What a library signs. */
export interface SigningJob {
  readonly method: string;
  readonly url: string;
  /** An encoded form body. */
  readonly form?: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
  readonly signatureMethod: string;
  readonly timestamp?: string;
}

/** What goes over the wire. */
export interface SentRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One broken request. */
export interface BrokenRequest {
  readonly name: string;
  readonly causes: readonly MistakeCode[];
  readonly signs: Partial<SigningJob>;
  readonly sends: Partial<SentRequest>;
  /** Changes the library's header on its way. */
  readonly header?: (authorization: string) => string;
  /** Sent twice; the second one counts. */
  readonly isRepeated?: boolean;
}

export const PUBLIC_ORIGIN = 'https://tracker.example';
const TARGET = '/rest/Issues?label=a%20b&x=1';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = MOCK_CREDENTIALS;
const NOW = () => Math.floor(Date.now() / 1000);

/** A request without any mistake. */
export const RIGHT_JOB: SigningJob = {
  method: 'GET',
  url: PUBLIC_ORIGIN + TARGET,
  consumerKey,
  consumerSecret,
  token: accessToken,
  tokenSecret: accessTokenSecret,
  signatureMethod: 'HMAC-SHA1',
};

export const RIGHT_REQUEST: SentRequest = { method: 'GET', target: TARGET, headers: {}, body: '' };

const signature = (change: (signature: string) => string) => (header: string) =>
  header.replace(
    /(oauth_signature=")([^"]*)/,
    (_, start: string, value: string) => start + encodeURIComponent(change(decodeURIComponent(value))),
  );
const bytes = (text: string) => Buffer.from(text, 'base64');
const url = (target: string) => ({ url: PUBLIC_ORIGIN + target });

function broken(
  cause: MistakeCode | readonly MistakeCode[],
  signs: Partial<SigningJob>,
  sends: Partial<SentRequest> = {},
  more: Partial<BrokenRequest> = {},
): BrokenRequest {
  const causes = typeof cause === 'string' ? [cause] : cause;
  return { name: causes.join(' and ') || 'another secret', causes, signs, sends, ...more };
}

/** One mistake each. */
export const SINGLE_MISTAKES: readonly BrokenRequest[] = [
  broken('signed-http-for-https', { url: `http://tracker.example${TARGET}` }),
  broken('other-port-signed', { url: `${PUBLIC_ORIGIN}:8443${TARGET}` }),
  broken(
    'signed-seen-host',
    { url: `https://issues.example${TARGET}` },
    { headers: { 'x-forwarded-host': 'issues.example' } },
  ),
  broken('signed-other-www', { url: `https://www.tracker.example${TARGET}` }),
  broken('trailing-slash', url('/rest/Issues/?label=a%20b&x=1')),
  broken('path-lower-case', url('/rest/issues?label=a%20b&x=1')),
  broken('path-escapes-other-case', url('/a%2Fb'), { target: '/a%2fb' }),
  broken('query-not-signed', url('/rest/Issues')),
  broken('head-and-get', {}, { method: 'HEAD' }),
  broken('other-method-signed', {}, { method: 'DELETE' }),
  broken('form-not-signed', { method: 'POST' }, { method: 'POST', headers: FORM, body: 'title=a%20b&n=1' }),
  broken('encoded-twice', url('/rest/Issues?label=a%2520b&x=1')),
  broken('token-secret-missing', { tokenSecret: '' }),
  broken('secret-with-newline', { consumerSecret: `${consumerSecret}\n` }),
  broken('secret-with-blanks', { consumerSecret: ` ${consumerSecret}` }),
  broken('secret-quoted', { consumerSecret: `"${consumerSecret}"` }),
  broken('secrets-swapped', { consumerSecret: accessTokenSecret, tokenSecret: consumerSecret }),
  broken('consumer-secret-twice', { tokenSecret: consumerSecret }),
  broken('consumer-key-for-secret', { consumerSecret: consumerKey }),
  broken('token-for-secret', { tokenSecret: accessToken }),
  broken('clock-milliseconds', { timestamp: String(Date.now()) }),
  broken('clock-time-zone', { timestamp: String(NOW() + 9 * 3600) }),
  broken('clock-skew', { timestamp: String(NOW() - 1000) }),
  broken('signature-hex', {}, {}, { header: signature((text) => bytes(text).toString('hex')) }),
  broken(
    'signature-base64-of-hex',
    {},
    {},
    { header: signature((text) => btoa(bytes(text).toString('hex'))) },
  ),
  broken('signature-unpadded', {}, {}, { header: signature((text) => text.replace(/=+$/, '')) }),
  broken('signature-encoded-twice', {}, {}, { header: signature((text) => encodeURIComponent(text)) }),
  broken(
    'version-signed-not-sent',
    {},
    {},
    { header: (text) => text.replace(/oauth_version="1.0",? ?/, '') },
  ),
  broken('nonce-repeated', {}, {}, { isRepeated: true }),
  broken('parameters-in-two-places', {}, { target: `${TARGET}&oauth_consumer_key=${consumerKey}` }),
  broken(
    'other-authorization-scheme',
    { method: 'POST', url: `${PUBLIC_ORIGIN}/oauth/request-token`, token: '', tokenSecret: '' },
    { method: 'POST', target: '/oauth/request-token' },
    { header: (text) => text.replace('OAuth', 'Bearer') },
  ),
  broken('method-name-misspelt', {}, {}, { header: (text) => text.replace('"HMAC-SHA1"', '"HMAC_SHA1"') }),
  broken('consumer-key-blanks', { consumerKey: `${consumerKey} ` }),
  broken(
    'callback-missing',
    { method: 'POST', url: `${PUBLIC_ORIGIN}/oauth/request-token`, token: '', tokenSecret: '' },
    { method: 'POST', target: '/oauth/request-token' },
  ),
];

const HTTP = `http://tracker.example${TARGET}`;

/** Two mistakes at once. */
export const PAIRS_OF_MISTAKES: readonly BrokenRequest[] = [
  broken(['signed-http-for-https', 'token-secret-missing'], { url: HTTP, tokenSecret: '' }),
  broken(['signed-http-for-https', 'secret-with-newline'], {
    url: HTTP,
    consumerSecret: `${consumerSecret}\n`,
  }),
  broken(['signed-http-for-https', 'query-not-signed'], { url: 'http://tracker.example/rest/Issues' }),
  broken(['signed-http-for-https', 'trailing-slash'], {
    url: 'http://tracker.example/rest/Issues/?label=a%20b&x=1',
  }),
  broken(
    ['signed-http-for-https', 'signature-hex'],
    { url: HTTP },
    {},
    { header: signature((text) => bytes(text).toString('hex')) },
  ),
  broken(['signed-http-for-https', 'head-and-get'], { url: HTTP }, { method: 'HEAD' }),
  broken(['query-not-signed', 'token-secret-missing'], { ...url('/rest/Issues'), tokenSecret: '' }),
  broken(['signed-http-for-https', 'secrets-swapped'], {
    url: HTTP,
    consumerSecret: accessTokenSecret,
    tokenSecret: consumerSecret,
  }),
  broken(
    ['signed-http-for-https', 'form-not-signed'],
    { method: 'POST', url: HTTP },
    { method: 'POST', headers: FORM, body: 'title=a%20b&n=1' },
  ),
  broken(['trailing-slash', 'consumer-secret-twice'], {
    ...url('/rest/Issues/?label=a%20b&x=1'),
    tokenSecret: consumerSecret,
  }),
];

/** Requests that no known mistake explains. */
export const WRONG_SECRETS: readonly BrokenRequest[] = [
  broken([], { consumerSecret: 'something else altogether' }),
  broken([], { tokenSecret: 'something else altogether' }),
  broken([], { url: HTTP, consumerSecret: 'something else altogether' }),
  broken([], { ...url('/rest/Issues'), tokenSecret: 'something else altogether' }),
];
