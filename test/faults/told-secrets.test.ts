/**
 * A published promise, against the real program: secrets never appear outside their use. Every kind of secret is driven
 * through a running server that tells as much as it can (log level debug, metrics, traces), in right and in wrong
 * places and spellings; then everything that it told is searched for them.
 */
import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../support/countersign.ts';
import {
  ALICE,
  CONSUMER_KEY,
  type GrantedInstallation,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { exchange, startRawUpstream } from '../support/raw-wire.ts';
import { startTraceCollector, type TraceCollector } from '../support/trace-collector.ts';

/** A secret that is nowhere else in the world. */
const canary = () => `canary${randomBytes(16).toString('hex')}`;

describe('a secret', () => {
  /** By what it is. */
  const secrets = new Map<string, string>();
  /** What was told, by whom. */
  const told: [who: string, text: string][] = [];
  let world: GrantedInstallation;
  let collector: TraceCollector;
  let upstream: Awaited<ReturnType<typeof startRawUpstream>>;
  let management = '';
  /** The one that was given last. */
  let sessionHandle = '';
  const realFetch = globalThis.fetch;

  before(async () => {
    collector = await startTraceCollector();
    upstream = await startRawUpstream((_request, socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'));
    world = await startGrantedInstallation([
      ...['--management', '127.0.0.1:0', '--log-level', 'debug', '--otlp-endpoint', collector.url],
      ...['--upstream', upstream.url.origin],
    ]);
    management = /^management (\S+)$/m.exec(world.installation.output())?.[1] ?? '';
    globalThis.fetch = keepingRefusals;
  });
  after(async () => {
    globalThis.fetch = realFetch;
    const seen = secrets.size * told.length;
    console.log(`secrets: ${secrets.size} in ${told.length} texts, ${seen} searches`);
    await upstream.close();
    await collector.close();
  });

  /** Whatever is refused must not repeat what was sent. */
  async function keepingRefusals(...request: Parameters<typeof fetch>): Promise<Response> {
    const response = await realFetch(...request);
    const handle = /oauth_session_handle=(\w+)/.exec(await response.clone().text())?.[1];
    if (handle !== undefined) sessionHandle = keep(`session handle ${secrets.size}`, handle);
    if (response.status >= 400) {
      const { pathname } = new URL(response.url);
      const head = JSON.stringify([...response.headers]);
      // A page may lead back to its own address, as the links to other languages do.
      const text = (await response.clone().text()).replaceAll(own(pathname), '');
      told.push([`${response.status} to ${request[1]?.method ?? 'GET'} ${pathname}`, head + text]);
    }
    return response;
  }

  function keep(what: string, secret: string): string {
    assert.ok(secret.length >= 8, `${what}: ${secret}`);
    secrets.set(what, secret);
    return secret;
  }

  function keepToken(what: string, { token, tokenSecret }: TokenPair): void {
    keep(what, token);
    keep(`secret of the ${what}`, tokenSecret);
  }

  it('of people is used: passwords, sessions, API keys', async () => {
    keep('password', ALICE.password);
    const { url } = world.installation;
    const body = new URLSearchParams({
      username: ALICE.username,
      password: keep('wrong password', canary()),
    });
    await fetch(`${url}/oauth/login`, { method: 'POST', body, headers: { origin: url } });
    const mistaken = new URLSearchParams({ username: canary(), password: ALICE.password });
    await fetch(`${url}/oauth/login`, { method: 'POST', body: mistaken, headers: { origin: url } });
    const right = new URLSearchParams({ ...ALICE });
    const login = await fetch(`${url}/oauth/login`, { method: 'POST', body: right, redirect: 'manual' });
    const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
    keep('session cookie', cookie.slice(cookie.indexOf('=') + 1));
    await fetch(`${url}/somewhere`, { headers: { cookie } });
    await fetch(`${url}/oauth/whoami`, { headers: { cookie: `${cookie}x` } });

    let page = await world.alice.open('/oauth/login');
    page = await world.alice.logIn(page, ALICE);
    const made = await world.alice.press(await world.alice.open('/oauth/account/keys'), /^Make key$/, {
      label: 'x',
    });
    const key = keep('API key', /countersign_[A-Za-z0-9]{20,}/.exec(made.html)?.[0] ?? '');
    const carriers: [string, string][] = [
      ['authorization', `Bearer ${key}`],
      ['authorization', `bEaReR  ${key}`],
      ['x-api-key', key],
    ];
    for (const carrier of carriers)
      for (const path of ['/oauth/out/nowhere/x', '/oauth/whoami', '/issues'])
        await fetch(url + path, { headers: [carrier] });
  });

  it('of the dance is used: request token, verifier, access token, session handle, renewed token', async () => {
    const { requestToken, verifier } = await world.approve();
    keepToken('request token', requestToken);
    keep('verifier', verifier);
    await assert.rejects(world.consumer.accessToken(requestToken, keep('wrong verifier', canary())));
    const access = await world.consumer.accessToken(requestToken, verifier);
    keepToken('access token', access);
    await assert.rejects(world.consumer.accessToken(requestToken, verifier));
    for (const path of ['/oauth/whoami', '/issues?x=1']) await world.consumer.get(path, access);
    await world.consumer.get('/oauth/whoami', {
      ...access,
      tokenSecret: keep('wrong token secret', canary()),
    });
    await world.consumer.get('/issues', { token: keep('unknown token', canary()), tokenSecret: '' });
    const renewal = world.sign('POST', '/oauth/access-token', access, { sessionHandle });
    const init = { method: 'POST', headers: { authorization: renewal.authorization } };
    const renewed = new URLSearchParams(await (await fetch(renewal.url, init)).text());
    keep('renewed token', renewed.get('oauth_token') ?? '');
    assert.equal((await fetch(renewal.url, init)).status, 401);
    await world.alice.revoke('Wiki');
    await world.consumer.get('/issues', access);
  });

  it('stands where it does not belong: in queries, forms, several headers, and odd spellings', async () => {
    const { url } = world.installation;
    const access = await world.grant();
    keepToken('other access token', access);
    const signed = world.sign('GET', '/issues', access);
    const signature = keep('signature', /oauth_signature="([^"]+)"/.exec(signed.authorization)?.[1] ?? '');
    const fields = `oauth_consumer_key=${CONSUMER_KEY}&oauth_token=${access.token}&oauth_signature=${signature}&oauth_token_secret=${access.tokenSecret}`;
    for (const path of [
      '/oauth/whoami',
      '/oauth/access-token',
      '/issues',
      '/oauth/out/x/y',
      '/oauth/setup',
      '/%zz',
    ])
      await fetch(`${url}${path}?${fields}&token=${access.token}`, {
        headers: { referer: `${url}/?${fields}` },
      });
    for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain'])
      for (const path of ['/oauth/access-token', '/issues', '/oauth/verify', '/oauth/users/access-tokens'])
        await fetch(url + path, { method: 'POST', body: fields, headers: { 'content-type': type } });

    const spellings = [
      `Authorization: oauth ${fields}`,
      `AUTHORIZATION:OAuth\t${fields}`,
      `Authorization: OAuth oauth_token='${access.token}', oauth_token=${access.token}`,
      `Authorization: OAuth oauth%5Ftoken="${access.token}"`,
      `Authorization: OAuth oauth_consumer_key=${access.tokenSecret}`,
      `Authorization: OAuth realm="${access.token}`,
      `Authorization: Basic ${Buffer.from(`alice:${ALICE.password}`).toString('base64')}`,
      `Authorization: ${access.token}`,
      `Authorization: ${signed.authorization}\r\nAuthorization: ${signed.authorization}`,
      `Authorization : ${signed.authorization}`,
      ` Authorization: ${signed.authorization}`,
      `Proxy-Authorization: ${signed.authorization}`,
      `X-Forwarded-Authorization: ${signed.authorization}`,
      `X-Request-Id: ${access.token}`,
      `traceparent: ${access.token}\r\nbaggage: t=${access.token}`,
      `Cookie: countersign_session=${access.token}; __Host-countersign_session=${access.token}`,
    ];
    const port = Number(new URL(url).port);
    for (const [index, spelling] of spellings.entries())
      for (const path of ['/oauth/whoami', '/issues']) {
        const answer = await exchange(
          port,
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${spelling}\r\n\r\n`,
        );
        told.push([`answer to spelling ${index}`, answer]);
      }
  });

  it('of consumers and providers is handed in: shared secrets, private keys', async () => {
    const { installation } = world;
    const add = ['consumer', 'add', '--key', 'second', '--name', 'Second', '--secret-stdin'];
    await installation.command(add, keep('consumer secret', canary()));
    const provider = ['provider', 'add', '--name', 'Other', '--consumer-key', 'us', '--secret-stdin'];
    await installation.command(
      [...provider, '--base-url', 'http://127.0.0.1:1'],
      keep('provider secret', canary()),
    );
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    keep('private key', pem.split('\n')[12]!);
    for (const key of [pem, createPrivateKey(pem).export({ type: 'pkcs1', format: 'pem' }).toString()]) {
      const words = ['consumer', 'add', '--key', 'third', '--name', 'Third', '--public-key', '/dev/stdin'];
      const refused = await runCommand([...words, '--data', installation.dataDirectory], key);
      assert.equal(refused.status, 1);
      told.push(['refused command', refused.stdout + refused.stderr]);
    }
    const stored = await readFile(join(installation.dataDirectory, 'secret.key'), 'utf8');
    keep('key that seals', /[A-Za-z0-9+/=_-]{32,}/.exec(stored)?.[0] ?? '');
  });

  it('is part of a setting: the address of a database or of Redis with its password', async () => {
    const password = keep('password of a database', canary());
    const [database, nonces] = [
      `postgres://me:${password}@127.0.0.1:1/x`,
      `redis://:${password}@127.0.0.1:1`,
    ];
    for (const words of [
      [
        'serve',
        '--listen',
        '127.0.0.1:0',
        '--data',
        `${world.installation.dataDirectory}-x`,
        '--database',
        database,
      ],
      [
        'serve',
        '--listen',
        '127.0.0.1:0',
        '--data',
        `${world.installation.dataDirectory}-x`,
        '--nonces',
        nonces,
      ],
      ['config', 'show', '--database', database, '--nonces', nonces],
      ['user', 'list', '--database', database],
      ['doctor', '--database', database],
    ]) {
      const { stdout, stderr } = await runCommand(words);
      told.push([`countersign ${words[0]}`, stdout + stderr]);
    }
  });

  it('is in no log, no metric, no trace and no answer to what was refused', async () => {
    told.push(['metrics', await (await realFetch(`${management}/metrics`)).text()]);
    await world.installation.stop();
    const log = world.installation.output();
    told.push(['log', log], ['traces', collector.bodies.join('\n')]);
    assert.match(log, /"level":"debug".*"path":"\/issues"/);
    assert.match(log, /upstream failed/);
    assert.ok(collector.spans.length > 50);
    assert.ok(secrets.size >= 22 && told.length > 70, `${secrets.size} secrets, ${told.length} texts`);
    const found = [...secrets].flatMap(([what, secret]) =>
      told
        .filter(([, text]) => forms(secret).some((form) => text.includes(form)))
        .map(([who]) => `${what}: ${who}`),
    );
    assert.deepEqual(found, []);
  });
});

/** Links of a page to its own address. */
function own(pathname: string): RegExp {
  return new RegExp(`href="${RegExp.escape(pathname)}\\?[^"]*"`, 'g');
}

/** A secret as it may be written. */
function forms(secret: string): string[] {
  const decoded = decodeURIComponent(secret);
  const base64 = Buffer.from(decoded).toString('base64').replace(/=+$/, '').slice(0, -1);
  return [secret, decoded, encodeURIComponent(decoded), JSON.stringify(decoded).slice(1, -1), base64];
}
