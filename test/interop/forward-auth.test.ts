import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startCaddy } from '../support/caddy.ts';
import { explainedSoon } from '../support/explained-soon.ts';
import { freePorts } from '../support/free-ports.ts';
import { type GrantedInstallation, startGrantedInstallation } from '../support/granted-installation.ts';
import { startNginx } from '../support/nginx.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { exchange, type RawUpstream, startRawUpstream } from '../support/raw-wire.ts';

/** A reverse proxy in front of both, by its configuration in `examples/forward-auth`. */
interface FrontProxy {
  readonly name: string;
  /** The protocol that it speaks to the application. */
  readonly version: 'HTTP/1.0' | 'HTTP/1.1';
  /** Statuses of a refused form and of the way to the login: nginx makes its own, others pass ours on. */
  readonly statuses: { readonly form: number; readonly login: number };
  /** Addresses at which nobody may ask. */
  readonly hidden: readonly string[];
  start(
    ports: Readonly<Record<number, number>>,
    listens: number,
  ): Promise<{
    stop(): Promise<void>;
  }>;
}

const PROXIES: readonly FrontProxy[] = [
  {
    name: 'nginx',
    version: 'HTTP/1.0',
    statuses: { form: 401, login: 302 },
    hidden: ['/countersign-verify', '/oauth/verify', '/oauth/verify/rest'],
    start: (ports, listens) => startNginx('examples/forward-auth/nginx.conf', ports, listens),
  },
  {
    name: 'Caddy',
    version: 'HTTP/1.1',
    statuses: { form: 400, login: 303 },
    hidden: ['/oauth/verify', '/oauth/verify/rest', '/oauth/%76erify'],
    start: (ports, listens) => startCaddy('examples/forward-auth/Caddyfile', ports, listens),
  },
];

for (const proxy of PROXIES) describeForwardAuth(proxy);

function describeForwardAuth(proxy: FrontProxy): void {
  describe(`forward authentication behind ${proxy.name}`, () => {
    let upstream: RawUpstream;
    let front: Awaited<ReturnType<FrontProxy['start']>>;
    let port: number;
    let granted: GrantedInstallation;
    let token: TokenPair;

    before(async () => {
      const [own = 0, listens = 0] = await freePorts(2);
      port = listens;
      upstream = await startRawUpstream();
      const ports = { 8000: port, 8080: own, 3000: Number(upstream.url.port) };
      front = await proxy.start(ports, port);
      granted = await startGrantedInstallation([
        ...['--listen', `127.0.0.1:${own}`, '--public-url', `http://127.0.0.1:${port}`],
        ...['--trust-proxy', '127.0.0.1', '--public-path', '/public/**'],
      ]);
      token = await granted.grant();
    });
    after(async () => {
      await granted?.installation.stop();
      await front?.stop();
      await upstream?.close();
    });

    const last = () => upstream.requests.at(-1);
    const signed = (method: string, path: string) => granted.sign(method, path, token);
    const ask = (path: string, authorization: string, more: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        redirect: 'manual',
        ...more,
        headers: { ...(authorization === '' ? {} : { authorization }), ...more.headers },
      });

    it('lets a signed request through with the identity it acts as, and without its credentials', async () => {
      const path = '/rest/issues?b=two%20words&a=1&a=%2F';
      const answer = await ask(path, signed('GET', path).authorization);
      assert.equal(answer.status, 200);
      assert.equal(last()?.requestLine, `GET ${path} ${proxy.version}`);
      assert.deepEqual(last()?.header('x-forwarded-user'), ['alice']);
      assert.deepEqual(last()?.header('x-countersign-consumer'), ['wiki']);
      assert.equal(last()?.header('x-countersign-assertion')[0]?.split('.').length, 3);
      assert.deepEqual(last()?.header('authorization'), []);
    });

    it('refuses a wrong signature and a second use, and says why', async () => {
      const { authorization } = signed('GET', '/rest/a');
      const before = upstream.requests.length;
      const wrong = await ask('/rest/b', authorization);
      assert.equal(wrong.status, 401);
      assert.match(wrong.headers.get('www-authenticate') ?? '', /oauth_problem="signature_invalid"/);
      assert.equal(upstream.requests.length, before);
      assert.equal((await ask('/rest/a', authorization)).status, 200);
      const again = await ask('/rest/a', authorization);
      assert.match(again.headers.get('www-authenticate') ?? '', /oauth_problem="nonce_used"/);
      assert.equal(upstream.requests.length, before + 1);
    });

    it('can explain a refusal by its request id, under the address that was asked for', async () => {
      const refused = await ask('/rest/kept', signed('GET', '/rest/other').authorization);
      const requestId = refused.headers.get('x-request-id') ?? '';
      const { stdout, stderr } = await explainedSoon(requestId, granted.installation.dataDirectory);
      assert.notEqual(stdout, '', stderr);
      const { problem, baseString } = JSON.parse(stdout);
      assert.equal(problem, 'signature_invalid');
      assert.match(
        decodeURIComponent(baseString.ours),
        new RegExp(`GET&http://127.0.0.1:${port}/rest/kept&`),
      );
    });

    it('passes a body that no signature covers, and refuses one that it cannot see', async () => {
      const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' };
      const form = { ...json, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' };
      const passed = await ask('/rest/issues', signed('POST', '/rest/issues').authorization, json);
      assert.equal(passed.status, 200);
      assert.equal(last()?.body, '{"a":1}');
      const refused = await ask('/rest/issues', signed('POST', '/rest/issues').authorization, form);
      assert.equal(refused.status, proxy.statuses.form);
      assert.match(
        refused.headers.get('www-authenticate') ?? '',
        /^OAuth [^,]*, oauth_problem="parameter_rejected".*does%20not%20send%20bodies[^,]*, request_id="[^,]*$/,
      );
    });

    it('does not believe what a client says about itself, or about its request', async () => {
      const forged = {
        'X-Forwarded-User': 'admin',
        'X-Countersign-Consumer': 'other',
        'X-Countersign-Token': 'other',
        'X-Countersign-Assertion': 'other',
        'X-Original-URI': '/public/x',
        'X-Original-URL': 'http://x/public/x',
        'X-Forwarded-Uri': '/public/x',
        'X-Original-Method': 'GET',
        'X-Forwarded-Method': 'GET',
      };
      assert.equal((await ask('/rest/issues', '', { headers: forged })).status, 401);
      const open = await ask('/public/readme', '', { headers: forged });
      assert.equal(open.status, 200);
      for (const name of ['user', 'consumer', 'token', 'assertion']) {
        const header = name === 'user' ? 'x-forwarded-user' : `x-countersign-${name}`;
        assert.equal((last()?.header(header) ?? []).join(), '', name);
      }
      const dots = `GET /public/../rest/issues HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
      assert.match(await exchange(port, dots), /^HTTP\/1\.1 401 /);
    });

    it('sends a browser to log in, and a program the challenge', async () => {
      const browser = await ask('/issues?x=1', '', { headers: { accept: 'text/html' } });
      assert.equal(browser.status, proxy.statuses.login);
      const front = `http://127.0.0.1:${port}`;
      const login = new URL(browser.headers.get('location') ?? '', front);
      assert.equal(login.href, `${front}/oauth/login?next=%2Fissues%3Fx%3D1`);
      const program = await ask('/issues?x=1', '');
      assert.equal(program.status, 401);
      assert.match(program.headers.get('www-authenticate') ?? '', /^OAuth realm="[^"]*"$/);
    });

    it('takes the question from the proxy alone', async () => {
      for (const path of proxy.hidden) assert.equal((await ask(path, '')).status, 404, path);
    });
  });
}
