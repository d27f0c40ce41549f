/** RFC 5849 s3.4.1.3.2: the order of parameters, by the bytes of their encoded form. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodePercent, parseMessage, signatureBaseString } from '../../../src/oauth/index.ts';
import { arrive } from '../../support/arrive.ts';

function normalised(query: string): string {
  return decodePercent(signatureBaseString(parseMessage(arrive(`http://h/?${query}`))).split('&')[2]!);
}

describe('RFC 5849 s3.4.1.3.2 parameters normalization', () => {
  it('gives the sorted list of the section’s example', () => {
    const query =
      'b5=%3D%253D&a3=a&c%40=&a2=r%20b&oauth_consumer_key=9djdj82h48djs9d2&oauth_token=kkk9d7dh3k39sjv7&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_nonce=7d8f3e4a&c2&a3=2+q';
    assert.equal(
      normalised(query),
      'a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&oauth_nonce=7d8f3e4a&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7',
    );
  });

  it('sorts by byte, upper case before lower case, and encoded characters by their percent sign', () => {
    assert.equal(normalised('a=1&B=2&%C3%A9=3&_=4&~=5&%5B=6'), '%5B=6&%C3%A9=3&B=2&_=4&a=1&~=5');
  });

  it('sorts a name before the longer names that begin with it', () => {
    assert.equal(normalised('a1=x&a=y&a%5B=z&a-=w'), 'a=y&a%5B=z&a-=w&a1=x');
  });

  it('sorts equal names by value, as text and not as numbers, and keeps each repetition', () => {
    assert.equal(normalised('a=2&a=10&a=1&a=10&a='), 'a=&a=1&a=10&a=10&a=2');
  });

  it('sorts after encoding, where decoded text would come out in another order', () => {
    // U+FF01 sorts below U+1F600 by code point and by UTF-8 byte, but above it by UTF-16 unit.
    assert.equal(normalised('%F0%9F%98%80=1&%EF%BC%81=2'), '%EF%BC%81=2&%F0%9F%98%80=1');
  });
});
