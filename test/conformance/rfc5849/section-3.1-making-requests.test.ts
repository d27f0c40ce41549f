/** RFC 5849 s3.1: what an authenticated request is made of. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem, parseMessage, type SigningInput, signRequest } from '../../../src/oauth/index.ts';
import { arrive, arriveSigned } from '../../support/arrive.ts';

const input: SigningInput = {
  method: 'post',
  url: 'https://example.com/request?a=1',
  consumerKey: 'key',
  key: { kind: 'shared-secret', consumerSecret: 'cs', tokenSecret: '' },
  signatureMethod: 'HMAC-SHA1',
  timestamp: 137_131_201,
  nonce: '7d8f3e4a',
};

describe('RFC 5849 s3.1 making requests', () => {
  it('assigns each required protocol parameter, and the optional version as 1.0', () => {
    const { protocol } = parseMessage(arriveSigned(signRequest(input)));
    assert.deepEqual(
      { ...protocol, signature: typeof protocol.signature },
      {
        consumerKey: 'key',
        token: undefined,
        signatureMethod: 'HMAC-SHA1',
        signature: 'string',
        timestamp: '137131201',
        nonce: '7d8f3e4a',
        version: '1.0',
        callback: undefined,
        verifier: undefined,
        bodyHash: undefined,
        sessionHandle: undefined,
      },
    );
  });

  it('leaves the token out when there is none, and sends an empty one when it is told to', () => {
    assert.doesNotMatch(signRequest(input).authorization!, /oauth_token/);
    assert.match(signRequest({ ...input, token: '' }).authorization!, /oauth_token=""/);
  });

  it('sends protocol parameters in one carrier only', () => {
    const header = signRequest(input);
    assert.deepEqual([header.url, header.body.length], [input.url, 0]);
    const query = signRequest({ ...input, carrier: 'query' });
    assert.deepEqual([query.authorization, query.body.length], [null, 0]);
    const body = signRequest({ ...input, carrier: 'body' });
    assert.deepEqual([body.authorization, body.url], [null, input.url]);
    for (const [signed, carrier] of [
      [header, 'header'],
      [query, 'query'],
      [body, 'body'],
    ] as const) {
      assert.deepEqual([...parseMessage(arriveSigned(signed)).carriers], [carrier]);
    }
  });

  it('refuses a request in which a protocol parameter appears more than once', () => {
    const signed = signRequest(input);
    const twice = arrive(`${signed.url}&oauth_nonce=x`, {
      method: 'POST',
      authorization: signed.authorization!,
    });
    assert.throws(
      () => parseMessage(twice),
      (error) =>
        error instanceof Problem &&
        error.code === 'parameter_rejected' &&
        error.particulars.rejected?.[0] === 'oauth_nonce',
    );
  });
});
