/** RFC 5849 s3.4.4: both secrets, each encoded, with an ampersand between; the carrier encodes the whole once more. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage, verifySignature } from '../../../src/oauth/index.ts';
import { arrive } from '../../support/arrive.ts';

function verifies(sent: string, consumerSecret: string, tokenSecret: string): boolean {
  const authorization = `OAuth oauth_signature_method="PLAINTEXT", oauth_signature="${sent}"`;
  const message = parseMessage(arrive('https://example.com/', { authorization }));
  return verifySignature(message, { kind: 'shared-secret', consumerSecret, tokenSecret });
}

describe('RFC 5849 s3.4.4 PLAINTEXT', () => {
  it('verifies the secrets, percent-encoded by their carrier or as they are', () => {
    assert.ok(verifies('djr9rjt0jd78jf88%26jjd999tj88uiths3', 'djr9rjt0jd78jf88', 'jjd999tj88uiths3'));
    assert.ok(verifies('djr9rjt0jd78jf88&jjd999tj88uiths3', 'djr9rjt0jd78jf88', 'jjd999tj88uiths3'));
  });

  it('needs the ampersand where there is no token secret', () => {
    assert.ok(verifies('djr9rjt0jd78jf88%26', 'djr9rjt0jd78jf88', ''));
    assert.ok(!verifies('djr9rjt0jd78jf88', 'djr9rjt0jd78jf88', ''));
  });

  it('encodes characters of the secrets, so that no two pairs of secrets look alike', () => {
    assert.ok(verifies('a%2526b%26c%252Bd', 'a&b', 'c+d'));
    assert.ok(!verifies('a%26b%26c', 'a&b', 'c'));
    assert.ok(!verifies('a%26b%26c', 'a', 'b&c'));
  });

  it('refuses the signature encoded once too often', () => {
    assert.ok(!verifies('ssh-secret%2526mmyauoBm', 'ssh-secret', 'mmyauoBm'));
  });

  it('refuses wrong, swapped and missing secrets', () => {
    for (const sent of ['', '&', 'cs', 'ts%26cs', 'cs%26', 'cs%26ts%20', 'cs%26TS'])
      assert.ok(!verifies(sent, 'cs', 'ts'), sent);
  });
});
