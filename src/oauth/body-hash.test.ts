import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { bodyHash, bodyHashMatches } from './body-hash.ts';
import { SIGNATURE_METHODS } from './signature/method.ts';

const body = Buffer.from('{"a":1}');

function hashed(digest: string, bytes: Uint8Array = body): string {
  return createHash(digest).update(bytes).digest('base64');
}

function matches(signatureMethod: string, sent: string, bytes: Uint8Array = body): boolean | null {
  return bodyHashMatches({ protocol: { signatureMethod, bodyHash: sent }, body: bytes });
}

describe('oauth_body_hash', () => {
  it('is null when none was sent', () => {
    assert.equal(bodyHashMatches({ protocol: { signatureMethod: 'HMAC-SHA1' }, body }), null);
  });

  it('matches under the digest of the signature method, and under SHA-1 as older signers send it', () => {
    for (const method of SIGNATURE_METHODS) {
      assert.equal(matches(method, bodyHash(method, body)), true, method);
      assert.equal(matches(method, hashed('sha1')), true, method);
    }
  });

  it('matches no digest that the method is not built on', () => {
    assert.equal(matches('RSA-SHA1', hashed('sha256')), false);
    assert.equal(matches('HMAC-SHA256', hashed('sha512')), false);
    assert.equal(matches('RSA-SHA512', hashed('sha256')), false);
    assert.equal(matches('PLAINTEXT', hashed('sha256')), false);
    assert.equal(matches('HMAC-SHA1', hashed('md5')), false);
  });

  it('takes a request without a body for one with an empty body', () => {
    const none = new Uint8Array(0);
    assert.equal(matches('HMAC-SHA1', '2jmj7l5rSw0yVb/vlWAYkK/YBwk=', none), true);
    assert.equal(matches('RSA-SHA256', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', none), true);
  });

  it('refuses the hash of other bytes, an empty one and other spellings of the right one', () => {
    const right = hashed('sha1');
    for (const sent of [
      hashed('sha1', Buffer.from('{"a":2}')),
      '',
      right.slice(0, -1),
      ` ${right}`,
      right.toLowerCase(),
    ]) {
      assert.equal(matches('HMAC-SHA1', sent), false, sent);
    }
  });
});
