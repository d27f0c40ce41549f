import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../base/index.ts';
import { signRequest } from '../oauth/index.ts';
import {
  arrivedFromPasted,
  assertAccepted,
  explain,
  offlineKnowledge,
  RequestNotAccepted,
  readPastedRequest,
} from './index.ts';

const SECRET = 'Kd94hf93k423kf44pfkkd9xq';

/** What becomes of a request that was signed for one address and is judged at another. */
async function explained(signedFor: string, judgedAt: string) {
  const { authorization } = signRequest({
    method: 'GET',
    url: signedFor,
    consumerKey: 'wiki',
    key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
    signatureMethod: 'HMAC-SHA256',
    timestamp: 1_795_000_000,
    nonce: 'one',
    token: '',
  });
  const reading = readPastedRequest(`GET ${signedFor} HTTP/1.1\nAuthorization: ${authorization}\n\n`);
  assert.ok(reading.ok);
  const { request, arrival } = arrivedFromPasted(reading.request, judgedAt)!;
  const credential = { kind: 'shared-secret', secret: new Secret(SECRET) } as const;
  return explain(
    request,
    offlineKnowledge({ consumerKey: 'wiki', credential, token: null, now: null, arrival }),
  );
}

describe('the assertion for test suites', () => {
  it('passes for a request that would be accepted', async () => {
    assertAccepted(await explained('https://a.example/rest', 'https://a.example'));
  });

  it('fails with the cause and the first difference in its message, and with no secret', async () => {
    const explanation = await explained('http://a.example/rest', 'https://a.example');
    assert.throws(
      () => assertAccepted(explanation),
      (error) => {
        assert.ok(error instanceof RequestNotAccepted);
        assert.match(error.message, /signature_invalid/);
        assert.match(error.message, /differ first in address: yours http:.*, ours https:/);
        assert.match(error.message, /Signed with http/);
        assert.ok(!error.message.includes(SECRET));
        return true;
      },
    );
  });
});
