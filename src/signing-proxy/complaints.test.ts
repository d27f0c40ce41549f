import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  ask,
  type ProxyUnderTest,
  refusal,
  startProxyUnderTest,
} from '../../test/support/foreign-provider.ts';
import { Secret } from '../base/index.ts';

const PROBLEM = 'oauth_problem=token_expired&oauth_problem_advice=renew%20it';

let proxy: ProxyUnderTest;
let key: string;
beforeEach(async () => {
  proxy = await startProxyUnderTest();
  key = await proxy.key();
});
afterEach(() => proxy.close());

const send = () => ask(proxy, 'Photo%20Store/a', { headers: { 'x-api-key': key } });

/** Answers every request for a resource so. */
function refuseWith(refuse: (response: ServerResponse) => void): void {
  proxy.answerWith((_request, response) => refuse(response));
}

async function giveHandle(): Promise<void> {
  const { connections } = proxy.world.storage;
  const connection = (await connections.findFor('alice', 'Photo Store', null))!;
  const event = { at: 0, actor: 'alice', action: 'connection.add', object: '' } as const;
  const handle = { sessionHandle: new Secret('handle-of-alice'), expiresAt: null };
  await connections.save({ ...connection, ...handle }, { ...event, before: null, after: null, note: null });
}

/** Says once in the given way that the token has ended, renews it, and takes the second. */
function endingOnce(refuse: (response: ServerResponse) => void): RequestListener {
  return (request, response) => {
    const isFirst = /oauth_token="token-of-alice"/.test(request.headers.authorization ?? '');
    if (request.url === '/oauth/access-token') {
      response.end('oauth_token=second&oauth_token_secret=other&oauth_session_handle=next');
    } else if (isFirst) refuse(response);
    else response.end('data');
  };
}

describe('what a provider finds wrong', () => {
  const places: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'in the body alone': (response) => response.writeHead(401, { 'content-type': 'text/plain' }).end(PROBLEM),
    'in a body in parts': (response) => {
      response.writeHead(401).write(PROBLEM.slice(0, 20));
      response.end(PROBLEM.slice(20));
    },
    'in the second of two challenges': (response) =>
      response
        .writeHead(401, [
          ['WWW-Authenticate', 'Basic realm="x"'],
          ['WWW-Authenticate', 'OAuth realm="x", oauth_problem="access_token_expired"'],
        ])
        .end(),
  };
  for (const [where, refuse] of Object.entries(places)) {
    it(`is read ${where}: the token is renewed, and the request made again`, async () => {
      await giveHandle();
      proxy.answerWith(endingOnce(refuse));
      const got = await send();
      assert.deepEqual([got.status, got.body], [200, 'data']);
    });
  }

  it('is told as a failure of ours, wherever it stands', async () => {
    refuseWith((response) => response.writeHead(400).end('oauth_problem=signature_invalid'));
    const got = await send();
    assert.deepEqual([got.status, refusal(got).problem], [502, 'signature_invalid']);
  });
});

describe('a refusal that names no problem', () => {
  it('comes whole, whether it is short or long', async () => {
    for (const length of [0, 5, 8192, 8193, 300_000]) {
      const body = 'x'.repeat(length);
      refuseWith((response) => response.writeHead(401).end(body));
      const got = await send();
      assert.deepEqual([got.status, got.body === body], [401, true], String(length));
    }
  });

  it('never looks whole when it broke off', async () => {
    for (const sent of [20, 20_000]) {
      refuseWith((response) => {
        response
          .writeHead(401, { 'content-length': '100000' })
          .write('x'.repeat(sent), () => response.destroy());
      });
      await assert.rejects(send());
    }
  });
});
