/** RFC 5849 s3.5: the three ways by which protocol parameters travel, and how signing writes them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage, type SigningInput, signRequest, verifySignature } from '../../../src/oauth/index.ts';
import { arrive, arriveSigned, FORM } from '../../support/arrive.ts';

const key = { kind: 'shared-secret', consumerSecret: 'cs', tokenSecret: 'ts' } as const;
const input: SigningInput = {
  method: 'POST',
  url: 'http://example.com/request?b=2',
  form: [['a', 'x y']],
  consumerKey: 'k e/y',
  token: 'kkk9d7dh3k39sjv7',
  key,
  signatureMethod: 'HMAC-SHA1',
  timestamp: 137_131_201,
  nonce: '7d8f3e4a',
};

describe('RFC 5849 s3.5.1 Authorization header', () => {
  it('names the scheme, encodes names and values, quotes values and separates with commas', () => {
    const { authorization } = signRequest(input);
    assert.match(
      authorization!,
      /^OAuth oauth_consumer_key="k%20e%2Fy", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", .*, oauth_signature="[A-Za-z0-9%]+"$/,
    );
  });

  it('may begin with a realm, which is not signed and cannot break out of its quotes', () => {
    const plain = signRequest(input);
    const signed = signRequest({ ...input, realm: 'a "b" \\ c\r\nX: y' });
    assert.ok(signed.authorization!.startsWith('OAuth realm="a \\"b\\" \\\\ cX: y", oauth_consumer_key='));
    assert.equal(signed.baseString, plain.baseString);
    assert.ok(verifySignature(parseMessage(arriveSigned(signed)), key));
  });

  it('is read with its parameters in any order', () => {
    const signed = signRequest({ ...input, realm: 'r' });
    const list = signed.authorization!.slice('OAuth '.length).split(', ').toReversed();
    const turned = { ...signed, authorization: `oauth ${list.join(',')}` };
    assert.ok(verifySignature(parseMessage(arriveSigned(turned)), key));
  });
});

describe('RFC 5849 s3.5.2 form-encoded body', () => {
  it('carries the protocol parameters behind the request’s own, as the only part of the body', () => {
    const signed = signRequest({ ...input, carrier: 'body' });
    assert.equal(signed.contentType, FORM);
    assert.match(
      Buffer.from(signed.body).toString(),
      /^a=x%20y&oauth_consumer_key=k%20e%2Fy&.*&oauth_signature=[^&]+$/,
    );
    assert.ok(verifySignature(parseMessage(arriveSigned(signed)), key));
  });

  it('is not read from a body of another type', () => {
    const signed = signRequest({ ...input, carrier: 'body' });
    const { protocol } = parseMessage(
      arrive(signed.url, { method: 'POST', contentType: 'text/plain', body: signed.body }),
    );
    assert.equal(protocol.signature, undefined);
  });
});

describe('RFC 5849 s3.5.3 request URI query', () => {
  it('carries the protocol parameters behind the request’s own', () => {
    const signed = signRequest({ ...input, carrier: 'query' });
    assert.match(
      signed.url,
      /^http:\/\/example\.com\/request\?b=2&oauth_consumer_key=k%20e%2Fy&.*&oauth_signature=[^&]+$/,
    );
    assert.equal(Buffer.from(signed.body).toString(), 'a=x%20y');
    assert.ok(verifySignature(parseMessage(arriveSigned(signed)), key));
  });
});
