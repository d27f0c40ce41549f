import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  CLI_SECRET,
  createProviderWorld,
  type ProviderWorld,
  type Variation,
} from '../../test/support/provider-world.ts';
import { exchange } from '../../test/support/raw-wire.ts';
import { StorageUnavailable } from '../model/index.ts';
import { expressGuard } from './express.ts';
import { createGuard, type Guard, type GuardOptions } from './guard.ts';
import { guardedListener } from './node.ts';

const FORM = { form: [['a', '1']] } as const;

describe('a guard', () => {
  let world: ProviderWorld;
  let guard: Guard;
  let server: Server;
  let troubles: unknown[];

  beforeEach(async () => {
    world = await createProviderWorld();
    troubles = [];
  });
  afterEach(async () => {
    server?.close();
    await guard?.close();
  });

  async function serve(options: Partial<GuardOptions> = {}, before?: Parameters<typeof createServer>[1]) {
    guard = createGuard({
      ...world.context,
      publicUrl: 'https://tracker.example',
      onTrouble: (error) => troubles.push(error),
      ...options,
    });
    const listener = guardedListener(guard, (_, response, { caller, body }) => {
      response.end(JSON.stringify({ caller, body: body && Buffer.from(body).toString() }));
    });
    server = createServer(before ?? listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }

  /** Signs as the HMAC consumer with alice's token, and sends that. */
  async function signed(path: string, variation: Variation = {}, headers: readonly string[] = []) {
    const { token, secret } = await world.dance('cli', world.alice);
    const request = world.request('cli', path, {
      token,
      tokenSecret: secret,
      signatureMethod: 'HMAC-SHA1',
      ...variation,
    });
    const body = Buffer.from(request.body).toString();
    const type = request.contentType.map((value) => `Content-Type: ${value}`);
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    const credentials = `Authorization: ${request.authorization[0]}`;
    return send(`${request.method} ${path}`, [credentials, ...type, ...length, ...headers], body);
  }

  function send(line: string, headers: readonly string[], body = '', host = 'tracker.example') {
    const head = [`${line} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers];
    return exchange((server.address() as AddressInfo).port, `${head.join('\r\n')}\r\n\r\n${body}`);
  }

  it('says who calls, and through which consumer, but never the token', async () => {
    await serve();
    const answer = await signed('/rest/a?x=%7E');
    const { caller, body } = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
    assert.deepEqual(
      [caller.user, caller.consumer.key, caller.via, body],
      ['alice', 'cli', 'three-legged', null],
    );
    assert.deepEqual(Object.keys(caller).sort(), ['consumer', 'displayName', 'tokenId', 'user', 'via']);
    assert.ok(!answer.includes(CLI_SECRET));
  });

  it('notes the last use and the count when it is closed', async () => {
    await serve();
    await signed('/rest/a');
    await guard.close();
    const query = { search: '', sort: 'used', descending: true, offset: 0, limit: 5 } as const;
    const { rows } = await world.context.storage.accessTokens.list({}, query, 1_800_001_000);
    assert.notEqual(rows[0]?.token.lastUsedAt, null);
  });

  it('reads what the signature covers, and verifies it', async () => {
    await serve();
    assert.match(await signed('/rest/a', { method: 'POST', ...FORM }), /"body":"a=1"/);
    const tamper: Variation['tamper'] = (request) => ({ ...request, body: Buffer.from('a=2') });
    const altered = await signed('/rest/a', { method: 'POST', ...FORM, tamper });
    assert.match(altered, /^HTTP\/1\.1 401 [\s\S]*signature_invalid/);
  });

  it('refuses to judge a body that somebody else has read already', async () => {
    await serve({}, async (request, response) => {
      await text(request);
      await expressGuard(guard)(request, response, () => response.end('let through'));
    });
    const tamper: Variation['tamper'] = (request) => ({ ...request, body: Buffer.from('a=2') });
    const empty = { form: [] as const };
    assert.match(await signed('/rest/a', { method: 'POST', ...empty, tamper }), /^HTTP\/1\.1 500 /);
    assert.match(String(troubles[0]), /before whatever reads bodies/);
  });

  it('gives unsigned requests the challenge, or lets them pass as nobody where told to', async () => {
    await serve();
    assert.match(await send('GET /', []), /^HTTP\/1\.1 401 [\s\S]*WWW-Authenticate: OAuth /);
    server.close();
    await serve({ allowsUnsigned: true });
    assert.match(await send('GET /', []), /"caller":null/);
    assert.match(await send('GET /', ['Authorization: OAuth oauth_token="x"']), /^HTTP\/1\.1 400 /);
  });

  it('believes forwarded headers of listed proxies only', async () => {
    const tls = ['X-Forwarded-Proto: https', 'X-Forwarded-For: 192.0.2.7'];
    const plain = ['X-Forwarded-Proto: http', 'X-Forwarded-For: 192.0.2.7'];
    const consumer = await world.addConsumer('old', { secret: CLI_SECRET, allowPlaintext: true });
    const plaintext = (headers: readonly string[]) => {
      const pairs = `oauth_consumer_key="${consumer.key}",oauth_signature_method="PLAINTEXT",oauth_token="",oauth_signature="${CLI_SECRET}%26"`;
      return send('GET /', [`Authorization: OAuth ${pairs}`, ...headers]);
    };
    await serve({ trustedProxies: ['127.0.0.1'] });
    assert.doesNotMatch(await plaintext(tls), /TLS/);
    assert.match(await plaintext(plain), /TLS/);
  });

  it('refuses a host that is not the public one', async () => {
    await serve();
    assert.match(await send('GET /', [], '', 'elsewhere.example'), /^HTTP\/1\.1 421 /);
  });

  it('answers trouble with 503, and tells it', async () => {
    const lookUp = () => Promise.reject(new StorageUnavailable('down'));
    await serve({ storage: { ...world.context.storage, grounds: { lookUp } } });
    assert.match(
      await send('GET /', [`Authorization: ${world.request('cli', '/').authorization[0]}`]),
      /^HTTP\/1\.1 503 /,
    );
    assert.equal(troubles.length, 1);
  });
});
