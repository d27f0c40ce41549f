import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CHARACTER } from '../../../test/support/any-character.ts';
import { signHmac, verifyHmac } from './hmac.ts';
import type { Digest } from './method.ts';
import { secretPair } from './secret-pair.ts';

const digests: readonly Digest[] = ['sha1', 'sha256', 'sha512'];

/** The character with the same low byte, beyond Latin-1. */
function alike(text: string, at: number): string {
  return String.fromCharCode(0x100 + (text.charCodeAt(at) || 0));
}

describe('RFC 2104 HMAC', () => {
  for (const digest of digests) {
    it(`is OpenSSL's for ${digest}, whatever the lengths of secrets and text`, () => {
      const anything = fc.oneof(
        fc.string({ unit: ANY_CHARACTER, maxLength: 90 }),
        fc.string({ maxLength: 5_000 }),
      );
      fc.assert(
        fc.property(anything, anything, anything, (consumerSecret, tokenSecret, text) => {
          const secrets = { consumerSecret, tokenSecret };
          const expected = createHmac(digest, secretPair(secrets)).update(text).digest('base64');
          assert.equal(signHmac(digest, text, secrets), expected);
          assert.ok(verifyHmac(digest, text, expected, secrets));
        }),
      );
    });

    for (const length of [0, 62, 63, 64, 126, 127, 128, 2047, 2048, 2049, 6144, 6145]) {
      it(`is OpenSSL's for ${digest} where blocks and memory end (${length})`, () => {
        for (const consumerSecret of ['k', 'k'.repeat(length)]) {
          const secrets = { consumerSecret, tokenSecret: '' };
          for (const text of ['x'.repeat(length), '\u{3042}'.repeat(length)]) {
            const expected = createHmac(digest, secretPair(secrets)).update(text).digest('base64');
            assert.equal(signHmac(digest, text, secrets), expected);
          }
        }
      });
    }
  }

  for (const digest of digests) {
    it(`takes no other text for the right one, right after that one was taken: ${digest}`, () => {
      const secrets = { consumerSecret: 'a', tokenSecret: 'b' };
      const right = signHmac(digest, 'text', secrets);
      for (let at = 0; at <= right.length; at += 1) {
        for (const other of ['', 'A', '=', '\0', '\xe9', '\u3042', '\ud800', '\u{1f600}', alike(right, at)]) {
          assert.ok(verifyHmac(digest, 'text', right, secrets));
          const replaced = right.slice(0, at) + other + right.slice(at + 1);
          assert.equal(verifyHmac(digest, 'text', replaced, secrets), replaced === right, replaced);
          assert.ok(!verifyHmac(digest, 'text', right.slice(0, at) + other, secrets) || replaced === right);
        }
      }
    });
  }

  for (const digest of digests) {
    it(`takes the key of these secrets, whoever signed before: ${digest}`, () => {
      const texts = ['', 'a', 'b', 'a&', 'b'.repeat(40), 'c'.repeat(200), '\u{3042}'];
      const all = texts.flatMap((consumerSecret) =>
        texts.map((tokenSecret) => ({ consumerSecret, tokenSecret })),
      );
      const expected = all.map((secrets) =>
        createHmac(digest, secretPair(secrets)).update('x').digest('base64'),
      );
      for (const before of all) {
        for (const [index, secrets] of all.entries()) {
          signHmac(digest, 'y', before);
          assert.equal(signHmac(digest, 'x', secrets), expected[index]);
          assert.ok(verifyHmac(digest, 'x', expected[index]!, secrets));
        }
      }
    });
  }

  it('leaves nothing of one message behind for the next', () => {
    const secrets = { consumerSecret: 'a', tokenSecret: 'b' };
    const before = signHmac('sha1', 'short', secrets);
    signHmac('sha1', 'x'.repeat(2_000), { consumerSecret: 'c'.repeat(40), tokenSecret: 'd' });
    assert.equal(signHmac('sha1', 'short', secrets), before);
  });
});
