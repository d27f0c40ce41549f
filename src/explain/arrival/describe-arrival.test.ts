import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeArrival } from './describe-arrival.ts';
import type { ReceivedArrival } from './received-arrival.ts';

const ARRIVAL: ReceivedArrival = {
  scheme: 'http',
  host: '10.0.0.7:8080',
  listenPort: 8080,
  target: '/jira/rest/issues?q=1',
  peerAddress: '10.0.0.5',
  isTrustedProxy: true,
  clientAddress: '192.0.2.1',
  isSecureTransport: true,
  forwarded: {
    forwarded: 'proto=https',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'tracker.example',
    'x-forwarded-port': '443',
    'x-original-uri': '/issues',
  },
};

const described = (changes: Partial<ReceivedArrival> = {}, language: 'en' | 'ja' = 'en') =>
  describeArrival(
    { ...ARRIVAL, ...changes },
    { publicUrl: new URL('https://tracker.example/jira'), trustedProxies: ['10.0.0.0/8'], language },
  );

describe('the description of a request that arrived', () => {
  it('counts three headers of a listed proxy, and says of each other one why it does not count', () => {
    const counted = described().forwardedHeaders.map(({ name, counts }) => [name, counts]);
    assert.deepEqual(Object.fromEntries(counted), {
      forwarded: false,
      'x-forwarded-for': true,
      'x-forwarded-proto': true,
      'x-forwarded-host': true,
      'x-forwarded-port': false,
      'x-original-uri': false,
    });
    const reasonOf = (name: string, from = described()) =>
      from.forwardedHeaders.find((header) => header.name === name)?.reason ?? '';
    assert.match(reasonOf('x-forwarded-for'), /the client is 192\.0\.2\.1/);
    assert.match(reasonOf('x-forwarded-host'), /ours, tracker\.example/);
    assert.match(reasonOf('forwarded'), /^Never read/);
    assert.match(reasonOf('x-original-uri'), /only at \/oauth\/verify/);
    const unlisted = described({ isTrustedProxy: false });
    assert.ok(unlisted.forwardedHeaders.every(({ counts }) => !counts));
    assert.match(reasonOf('x-forwarded-proto', unlisted), /10\.0\.0\.5 is not in trust-proxy/);
  });

  it('believes of the address on its way only what stands in headers that are read', () => {
    const believed = (changes?: Partial<ReceivedArrival>) =>
      described(changes)
        .journey.filter(({ isForwardedTrusted }) => isForwardedTrusted)
        .map(({ part }) => part);
    assert.deepEqual(believed(), ['scheme', 'host']);
    assert.deepEqual(believed({ forwarded: { forwarded: 'proto=https;host=tracker.example' } }), []);
    assert.deepEqual(believed({ forwarded: { 'x-forwarded-prefix': '/jira' } }), []);
    assert.deepEqual(believed({ isTrustedProxy: false }), []);
  });

  it('begins what is to be signed with the public URL, whatever was asked for', () => {
    const { publicUrl, journey } = described({ host: 'elsewhere.example' });
    assert.equal(publicUrl, 'https://tracker.example/jira');
    assert.deepEqual(
      journey.map(({ ours }) => ours),
      ['https', 'tracker.example', '443', '/jira/rest/issues'],
    );
  });

  it('is told in Japanese, too', () => {
    const { trust, protection, findings, forwardedHeaders } = described({ isTrustedProxy: false }, 'ja');
    const texts = [trust, protection, ...findings.map(({ advice }) => advice)];
    for (const text of [...texts, ...forwardedHeaders.map(({ reason }) => reason)]) {
      assert.match(text, /[ぁ-んァ-ヶ]/);
      assert.doesNotMatch(text, /\{\w+\}/);
    }
  });
});
