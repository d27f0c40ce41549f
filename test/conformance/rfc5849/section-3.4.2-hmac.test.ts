/** RFC 5849 s3.4.2 and the same with newer digests. Expected values were computed with Python's `hmac`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  encodePercent,
  parseMessage,
  signatureBaseString,
  verifySignature,
} from '../../../src/oauth/index.ts';
import { arrive } from '../../support/arrive.ts';

const key = { kind: 'shared-secret', consumerSecret: 'c&s é', tokenSecret: 't=s' } as const;

const expected = {
  'HMAC-SHA1': '9rZR7dYv3KhZrkdjeoNhyuRcdTY=',
  'HMAC-SHA256': 'jf8gNvDC/Igr7dmdrJYnUunptcUBVmUYpX2YAdA8BkU=',
  'HMAC-SHA512': 'jYA3sz8PEZyFbgPzp5hfs/5Cav3S6BV0m+UyxLFuFu2zp1IjVYf3ANRoxrEu6/T5Z/enVvY8xL0jb+FlXkr/jg==',
};

function message(method: string, signature: string) {
  return parseMessage(
    arrive('https://example.com:8443/r%20s/?a=x!y&a=x+y&empty&%C3%A4=%c3%bc%E2%98%83&b[]=1%2B1', {
      method: 'PUT',
      authorization: `OAuth oauth_consumer_key="key",oauth_token="tok",oauth_signature_method="${method}",oauth_timestamp="1700000000",oauth_nonce="n0nce",oauth_version="1.0",oauth_signature="${encodePercent(signature)}"`,
    }),
  );
}

describe('RFC 5849 s3.4.2 HMAC', () => {
  it('signs the base string that an independent implementation builds from awkward parameters', () => {
    assert.equal(
      signatureBaseString(message('M', '')),
      'PUT&https%3A%2F%2Fexample.com%3A8443%2Fr%2520s%2F&%25C3%25A4%3D%25C3%25BC%25E2%2598%2583%26a%3Dx%2520y%26a%3Dx%2521y' +
        '%26b%255B%255D%3D1%252B1%26empty%3D%26oauth_consumer_key%3Dkey%26oauth_nonce%3Dn0nce%26oauth_signature_method%3DM' +
        '%26oauth_timestamp%3D1700000000%26oauth_token%3Dtok%26oauth_version%3D1.0',
    );
  });

  for (const [method, signature] of Object.entries(expected)) {
    it(`verifies ${method} under both secrets, each encoded`, () => {
      assert.ok(verifySignature(message(method, signature), key));
    });

    it(`refuses ${method} when either secret differs, or both are swapped`, () => {
      const { consumerSecret, tokenSecret } = key;
      assert.ok(
        !verifySignature(message(method, signature), { ...key, consumerSecret: `${consumerSecret} ` }),
      );
      assert.ok(!verifySignature(message(method, signature), { ...key, tokenSecret: '' }));
      assert.ok(
        !verifySignature(message(method, signature), {
          ...key,
          consumerSecret: tokenSecret,
          tokenSecret: consumerSecret,
        }),
      );
    });

    it(`refuses a ${method} signature that is cut, extended, in hexadecimal or of another method`, () => {
      const hex = Buffer.from(signature, 'base64').toString('hex');
      const wrong = [
        signature.slice(0, -1),
        `${signature}=`,
        signature.slice(0, 8),
        hex,
        signature.toLowerCase(),
      ];
      for (const text of [...wrong, ...Object.values(expected).filter((other) => other !== signature)]) {
        assert.ok(!verifySignature(message(method, text), key), text);
      }
    });
  }

  it('keeps the ampersand of the key when there is no token secret', () => {
    // hmac.new(b'cs&', b'GET&http%3A%2F%2Fexample.com%2F&oauth_signature_method%3DHMAC-SHA1', 'sha1')
    const two = arrive('http://example.com', {
      authorization:
        'OAuth oauth_signature_method="HMAC-SHA1", oauth_signature="yRpQOgQWKnw0Roi/omLE5rvfyGI="',
    });
    assert.ok(verifySignature(parseMessage(two), { ...key, consumerSecret: 'cs', tokenSecret: '' }));
  });
});
