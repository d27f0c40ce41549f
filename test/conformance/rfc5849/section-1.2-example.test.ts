/** RFC 5849 s1.2: the three requests of the protocol's own example, with the signatures printed there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage, verifySignature } from '../../../src/oauth/index.ts';
import { arrive } from '../../support/arrive.ts';

const CONSUMER_SECRET = 'kd94hf93k423kf44';

const requests = [
  {
    name: 'temporary credentials',
    method: 'POST',
    url: 'https://photos.example.net/initiate',
    tokenSecret: '',
    authorization: `OAuth realm="Photos",
      oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200",
      oauth_nonce="wIjqoS", oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready",
      oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"`,
  },
  {
    name: 'token credentials',
    method: 'POST',
    url: 'https://photos.example.net/token',
    tokenSecret: 'hdhd0244k9j7ao03',
    authorization: `OAuth realm="Photos",
      oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="hh5s93j4hdidpola", oauth_signature_method="HMAC-SHA1",
      oauth_timestamp="137131201", oauth_nonce="walatlh", oauth_verifier="hfdp7dh39dks9884",
      oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D"`,
  },
  {
    name: 'the protected photo',
    method: 'GET',
    url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
    tokenSecret: 'pfkkdhi9sl3r4s00',
    authorization: `OAuth realm="Photos",
      oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1",
      oauth_timestamp="137131202", oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"`,
  },
];

describe('RFC 5849 s1.2 example', () => {
  for (const { name, method, url, tokenSecret, authorization } of requests) {
    const message = parseMessage(
      arrive(url, { method, authorization: authorization.replace(/\s*\n\s*/g, ' ') }),
    );
    const key = { kind: 'shared-secret', consumerSecret: CONSUMER_SECRET, tokenSecret } as const;

    it(`verifies the request for ${name}`, () => assert.ok(verifySignature(message, key)));

    it(`refuses the request for ${name} under any other secret`, () => {
      assert.ok(!verifySignature(message, { ...key, tokenSecret: `${tokenSecret}x` }));
      assert.ok(!verifySignature(message, { ...key, consumerSecret: 'x' }));
    });
  }
});
