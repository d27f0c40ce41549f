/** RFC 5849 s3.4.1.3.1: which parameters are signed, and how each source is decoded. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage } from '../../../src/oauth/index.ts';
import { type Arrival, arrive, FORM } from '../../support/arrive.ts';

function signed(url: string, arrival?: Arrival): string[] {
  return parseMessage(arrive(url, arrival)).parameters.map(({ name, value }) => `${name}=${value}`);
}

const AT = 'http://example.com/request';

describe('RFC 5849 s3.4.1.3.1 parameter sources', () => {
  it('gathers the parameters of the section’s example from query, header and body', () => {
    const parameters = signed(`${AT}?b5=%3D%253D&a3=a&c%40=&a2=r%20b`, {
      method: 'POST',
      authorization:
        'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="djosJKDKJSD8743243%2Fjdk33klY%3D"',
      contentType: FORM,
      body: 'c2&a3=2+q',
    });
    assert.deepEqual(parameters.toSorted(), [
      'a2=r%20b',
      'a3=2%20q',
      'a3=a',
      'b5=%3D%253D',
      'c%40=',
      'c2=',
      'oauth_consumer_key=9djdj82h48djs9d2',
      'oauth_nonce=7d8f3e4a',
      'oauth_signature_method=HMAC-SHA1',
      'oauth_timestamp=137131201',
      'oauth_token=kkk9d7dh3k39sjv7',
    ]);
  });

  it('reads the query as a form: plus is a space, only the first equals sign divides, empty pieces are none', () => {
    assert.deepEqual(signed(`${AT}?a+b=c+d&e=f=g&&h&=i&=&`), ['a%20b=c%20d', 'e=f%3Dg', 'h=', '=i', '=']);
  });

  it('does not divide at a semicolon', () => {
    assert.deepEqual(signed(`${AT}?a=1;b=2`), ['a=1%3Bb%3D2']);
  });

  it('signs further parameters of the header, and leaves out its realm alone', () => {
    assert.deepEqual(signed(AT, { authorization: 'OAuth realm="x", extra="1+2", Realm="y"' }), [
      'extra=1%2B2',
      'Realm=y',
    ]);
  });

  it('signs a parameter called realm that stands in the query or the body', () => {
    assert.deepEqual(
      signed(`${AT}?realm=x`, { authorization: 'OAuth realm="z"', contentType: FORM, body: 'realm=y' }),
      ['realm=x', 'realm=y'],
    );
  });

  it('leaves out oauth_signature wherever it stands', () => {
    assert.deepEqual(signed(`${AT}?oauth_signature=x`), []);
    assert.deepEqual(signed(AT, { authorization: 'OAuth oauth_signature="x"' }), []);
    assert.deepEqual(signed(AT, { contentType: FORM, body: 'oauth_signature=x' }), []);
  });

  for (const type of [
    FORM,
    `${FORM}; charset=UTF-8`,
    `${FORM};charset=utf-8`,
    ' Application/X-WWW-Form-URLencoded ',
  ]) {
    it(`signs the body of type ${JSON.stringify(type)}`, () => {
      assert.deepEqual(signed(AT, { contentType: type, body: 'a=1' }), ['a=1']);
    });
  }

  const others = [
    'application/json',
    'multipart/form-data; boundary=x',
    'text/plain',
    `text/${FORM}`,
    `${FORM}+json`,
    `x${FORM}`,
    `text/plain; a=${FORM}`,
    `multipart/related; type="${FORM}"`,
    '',
  ];
  for (const type of others) {
    it(`does not sign the body of type ${JSON.stringify(type)}`, () => {
      assert.deepEqual(signed(AT, { contentType: type, body: 'a=1' }), []);
    });
  }

  it('does not sign a body of no type', () => {
    assert.deepEqual(signed(AT, { body: 'a=1' }), []);
  });

  it('signs a form body under any method', () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      assert.deepEqual(signed(AT, { method, contentType: FORM, body: 'a=1' }), ['a=1']);
    }
  });
});
