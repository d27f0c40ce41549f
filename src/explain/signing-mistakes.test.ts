import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { ask, type Care } from '../../test/support/careless-client.ts';
import {
  adding,
  CARELESS_CLIENTS,
  form,
  key,
  keyOf,
  lower,
  RSA,
  url,
  without,
} from '../../test/support/careless-clients.ts';
import { SIGNING_MISTAKES, type SigningMistake } from './index.ts';
import { algorithmMistakes } from './near-miss/algorithm-mistakes.ts';
import { keyMistakes } from './near-miss/key-mistakes.ts';
import { TEXT_MISTAKES } from './near-miss/text-mistakes.ts';

describe('the near-miss search', () => {
  for (const code of SIGNING_MISTAKES) {
    CARELESS_CLIENTS[code].forEach((careless, at) => {
      it(`names ${code}, way ${at + 1}`, async () => {
        const { problem, causes, tried } = await ask(careless);
        assert.equal(problem, 'signature_invalid');
        assert.deepEqual(
          causes.map((cause) => cause.code),
          [code],
          `${tried} tried`,
        );
      });
    });
  }

  it('has nothing to say about requests that are signed rightly', async () => {
    for (const careless of [
      {},
      RSA,
      form,
      { token: null, tokenSecret: '' },
      { query: '' },
      { place: 'query' } as const,
    ]) {
      const { problem, causes, baseString } = await ask(careless);
      assert.equal(problem, null);
      assert.deepEqual(causes, []);
      assert.equal(baseString.firstDifference, -1);
    }
  });

  it('names nothing for a wrong secret or another key, mistakes or none', async () => {
    const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const careless of [{}, url('https:', 'http:'), form]) {
      const wrong = await ask({ ...careless, consumerSecret: 'something-else-altogether' });
      assert.deepEqual([wrong.problem, wrong.causes], ['signature_invalid', []]);
      const other = await ask({ ...careless, ...RSA, privateKey: otherKey });
      assert.deepEqual([other.problem, other.causes], ['signature_invalid', []]);
      assert.match(other.checks.find(({ name }) => name === 'signature')?.ours ?? '', /private key/);
    }
  });
});

describe('pairs of mistakes', () => {
  const http = url('https:', 'http:');
  const pairs: readonly [Partial<Care>, readonly SigningMistake[]][] = [
    [
      { signedUrl: (text) => text.replace('https:', 'http:').replace('.example', '.example:8080') },
      ['signed-http-for-https', 'other-port-signed'],
    ],
    [
      { signedUrl: (text) => text.replace('https:', 'http:').replace('/jira', '') },
      ['signed-http-for-https', 'path-prefix-not-signed'],
    ],
    [{ ...http, finish: lower }, ['signed-http-for-https', 'lower-case-hex']],
    [
      { ...http, ...form, signedPairs: without((pair) => pair[2] === 'body') },
      ['signed-http-for-https', 'form-not-signed'],
    ],
    [
      { ...http, ...key((consumer) => keyOf(consumer, '')) },
      ['signed-http-for-https', 'token-secret-missing'],
    ],
    [{ ...http, digest: 'sha256' }, ['signed-http-for-https', 'other-digest']],
    [{ ...http, write: (bytes) => bytes.toString('hex') }, ['signed-http-for-https', 'signature-hex']],
    [{ ...http, sort: (list) => list }, ['signed-http-for-https', 'parameters-unsorted']],
    [{ digest: 'sha256', write: (bytes) => bytes.toString('hex') }, ['other-digest', 'signature-hex']],
    [
      { signedPairs: without((pair) => pair[2] === 'query'), ...key((consumer) => keyOf(consumer, '')) },
      ['query-not-signed', 'token-secret-missing'],
    ],
    [
      { encode: encodeURIComponent, encodeParameters: encodeURIComponent, ...url(/$/, '/') },
      ['trailing-slash', 'marks-not-encoded'],
    ],
    [
      { token: null, tokenSecret: '', ...http, signedPairs: adding('oauth_token', '') },
      ['signed-http-for-https', 'empty-token-signed'],
    ],
    [{ ...RSA, ...http, digest: 'sha256' }, ['signed-http-for-https', 'other-digest']],
    [
      { ...RSA, ...http, signedPairs: without((pair) => pair[2] === 'query') },
      ['signed-http-for-https', 'query-not-signed'],
    ],
  ];
  for (const [careless, codes] of pairs) {
    it(`are named: ${codes.join(' and ')}`, async () => {
      const { causes, tried } = await ask(careless);
      assert.deepEqual(
        causes.map(({ code }) => code),
        codes,
        `${tried} tried`,
      );
    });
  }

  it('are named nine times of ten, over a sample of all that can be made together', async () => {
    const clients = Object.entries(CARELESS_CLIENTS).map(([code, ways]) => ({ code, care: ways[0]! }));
    const both = clients.flatMap((first, at) => clients.slice(at + 1).map((second) => ({ first, second })));
    const apart = both.filter(
      ({ first, second }) =>
        frequency(first.code) + frequency(second.code) <= 4 &&
        Object.keys(first.care).every((step) => !(step in second.care)),
    );
    let asked = 0;
    let right = 0;
    const missed: string[] = [];
    for (const { first, second } of apart.filter((_, at) => at % 19 === 0)) {
      const { problem, causes } = await ask({ ...first.care, ...second.care });
      if (problem !== 'signature_invalid') continue;
      asked += 1;
      const made: readonly string[] = [first.code, second.code];
      // One alone is right where the other has no effect on it: a secret sent as it is covers no path.
      if (causes.length > 0 && causes.every(({ code }) => made.includes(code))) right += 1;
      else missed.push(`${made} => ${causes.map(({ code }) => code)}`);
    }
    assert.ok(asked > 100, `${asked} asked`);
    assert.ok(right >= asked * 0.9, `${right} of ${asked}\n${missed.join('\n')}`);
  });
});

const RANKS = new Map(
  [
    ...TEXT_MISTAKES,
    ...keyMistakes({
      consumerSecret: 'a',
      tokenSecret: 'b',
      consumerKey: 'c',
      token: 'd',
      otherSecret: null,
    }),
    ...algorithmMistakes('rsa', 'sha1'),
    ...algorithmMistakes('shared-secret', 'sha1'),
  ].map(({ code, rank }) => [code as string, rank]),
);

/** 1 often, 3 rarely. Ways of writing a signature have no rank: they are tried with everything. */
function frequency(code: string): number {
  return RANKS.get(code) ?? 1;
}
