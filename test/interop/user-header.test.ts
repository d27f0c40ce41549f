import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { startCaddy } from '../support/caddy.ts';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { freePorts } from '../support/free-ports.ts';
import { startNginx } from '../support/nginx.ts';
import { type RawUpstream, startRawUpstream } from '../support/raw-wire.ts';

/** What nginx and Caddy know people by: for each name the password `word NAME`. */
const PEOPLE: Readonly<Record<string, string>> = {
  alice: '$2a$04$abcdefghijklmnopqrstuueZdLcuHVAT9taBFgZWuLJWZF4uEp9/a',
  bob: '$2a$04$abcdefghijklmnopqrstuuFkxt4TkXtHHqaXwNy112hZEbmTAqSVq',
  root: '$2a$04$abcdefghijklmnopqrstuu.sxTPJVACKfOImeuDCgPUCFvyZIonPq',
  zoe: '$2a$04$abcdefghijklmnopqrstuujYDiTW0F4buDKFqUTtcJP4kCLAbBbhW',
};

const ADMINISTRATOR_PASSWORD = 'correct horse battery staple';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asking {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly method?: string;
  readonly body?: string;
  /** The address that it comes from. */
  readonly from?: string;
}

/** Header fields go out as they are given, repeated ones too. */
function send(
  port: number,
  path: string,
  { headers = {}, method = 'GET', body, from }: Asking,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fields = headers as Record<string, string | string[]>;
    const options = { host: '127.0.0.1', port, path, method, headers: fields, agent: false };
    const sent = request({ ...options, ...(from && { localAddress: from }) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => {
        text += piece;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const basic = (name: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:word ${name}`).toString('base64')}`,
});

/** A browser: it keeps cookies, and tells the proxy who is at it. */
class Browser {
  readonly #port: number;
  readonly #cookies = new Map<string, string>();

  constructor(port: number) {
    this.#port = port;
  }

  get cookie(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  async ask(path: string, name: string, asking: Asking = {}): Promise<Answer> {
    const headers = { ...basic(name), ...asking.headers, cookie: this.cookie };
    const answer = await send(this.#port, path, { ...asking, headers });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  }

  /** By the login page, and to one's account: gives what stands there. */
  async arrive(name: string): Promise<string> {
    await this.ask('/oauth/login', name);
    return (await this.ask('/oauth/account', name)).body;
  }
}

const PROXIES = [
  {
    name: 'nginx',
    people: (name: string) => `${name}:{PLAIN}word ${name}`,
    /** nginx drops fields with underscores in their names. */
    underscored: 200,
    start: (ports: Readonly<Record<number, number>>, port: number, people: string) =>
      startNginx('examples/user-header/nginx.conf', ports, port, { '/etc/nginx/people': people }),
  },
  {
    name: 'Caddy',
    people: (name: string) => `${name} ${PEOPLE[name]}`,
    underscored: 400,
    start: (ports: Readonly<Record<number, number>>, port: number, people: string) =>
      startCaddy('examples/user-header/Caddyfile', ports, port, { '/etc/caddy/people': people }),
  },
];

for (const proxy of PROXIES) describeNamed(proxy);

function describeNamed(proxy: (typeof PROXIES)[number]): void {
  describe(`people whom ${proxy.name} names`, () => {
    let directory: string;
    let upstream: RawUpstream;
    let front: Awaited<ReturnType<typeof proxy.start>>;
    let installation: Installation;
    let port: number;
    let own: number;

    before(async () => {
      [own = 0, port = 0] = await freePorts(2);
      directory = await mkdtemp(join(tmpdir(), 'countersign-people-'));
      const people = join(directory, 'people');
      await writeFile(people, `${Object.keys(PEOPLE).map(proxy.people).join('\n')}\n`);
      upstream = await startRawUpstream();
      front = await proxy.start({ 8000: port, 8080: own }, port, people);
      installation = await startInstallation([
        ...['--listen', `127.0.0.1:${own}`, '--public-url', `http://127.0.0.1:${port}`],
        ...['--trust-proxy', '127.0.0.1', '--user-header', 'Remote-User'],
        ...['--user-display-name-header', 'Full-Name', '--upstream', upstream.url.href],
      ]);
      const add = (name: string, ...more: string[]) =>
        installation.command(['user', 'add', name, '--password-stdin', ...more], ADMINISTRATOR_PASSWORD);
      await add('root', '--admin');
      await add('alice');
      await add('bob');
    });
    after(async () => {
      await installation?.stop();
      await front?.stop();
      await upstream?.close();
      await rm(directory, { recursive: true, force: true });
    });

    it('are logged in as that user, whatever else the client says', async () => {
      assert.match(await new Browser(port).arrive('alice'), /<code>alice<\/code>/);
      const liar = new Browser(port);
      const headers = { 'Remote-User': ['root', 'bob'] };
      assert.equal((await liar.ask('/oauth/login', 'alice', { headers })).status, 303);
      assert.match((await liar.ask('/oauth/account', 'alice', { headers })).body, /<code>alice<\/code>/);
      const underscored = { headers: { Remote_User: 'bob' } };
      assert.equal((await liar.ask('/oauth/account', 'alice', underscored)).status, proxy.underscored);
    });

    it('lose their session at once when it names another, and do not get it back', async () => {
      const browser = new Browser(port);
      assert.match(await browser.arrive('alice'), /<code>alice<\/code>/);
      const away = await browser.ask('/oauth/account', 'bob');
      assert.equal(away.status, 303);
      assert.equal((await browser.ask('/oauth/account', 'alice')).status, 303);
      assert.match(await browser.arrive('bob'), /<code>bob<\/code>/);
    });

    it('are no administrators by it, and are told that there is no account where there is none', async () => {
      const page = await new Browser(port).ask('/oauth/login', 'root');
      assert.equal(page.status, 403);
      assert.match(page.body, /log in with their password/);
      const unknown = await new Browser(port).ask('/oauth/login', 'zoe');
      assert.equal(unknown.status, 403);
      assert.match(unknown.body, /You are not a user of .* yet\. Ask an administrator/);
    });

    it('are nobody by the header alone, except at the login page', async () => {
      const asked = { 'x-original-method': 'GET', 'x-original-uri': '/behind' };
      const headers = { 'remote-user': 'alice', ...asked };
      for (const path of [
        '/oauth/whoami',
        '/oauth/verify',
        '/oauth/api/v1/users',
        '/oauth/out/x/y',
        '/behind',
      ]) {
        const answer = await send(own, path, { headers });
        assert.equal(answer.status, 401, path);
      }
      const post = { method: 'POST', headers };
      assert.notEqual((await send(own, '/oauth/request-token', post)).status, 200);
      assert.equal(upstream.requests.length, 0);
    });

    it('are known elsewhere by their session, together with the header, which goes no further', async () => {
      const browser = new Browser(port);
      await browser.arrive('alice');
      const headers = { 'Full-Name': 'Somebody Else' };
      assert.equal((await browser.ask('/behind', 'alice', { headers })).status, 200);
      const received = upstream.requests.at(-1);
      assert.deepEqual(received?.header('x-forwarded-user'), ['alice']);
      assert.deepEqual(received?.header('remote-user'), []);
      assert.deepEqual(received?.header('full-name'), []);
      const count = upstream.requests.length;
      assert.notEqual((await browser.ask('/behind', 'bob')).status, 200);
      assert.equal(upstream.requests.length, count);
      const { cookie } = browser;
      const asked = { cookie, 'x-original-method': 'GET', 'x-original-uri': '/behind' };
      for (const path of ['/oauth/whoami', '/oauth/verify']) {
        const statusFor = async (named: object) =>
          (await send(own, path, { headers: { ...asked, ...named } })).status;
        assert.equal(await statusFor({}), 401, path);
        assert.equal(await statusFor({ 'remote-user': 'bob' }), 401, path);
        assert.equal(await statusFor({ 'remote-user': 'alice' }), 200, path);
      }
    });

    it('are named by the proxy only: the field counts from no other address, and the log says so', async () => {
      const headers = { 'remote-user': 'alice', host: `127.0.0.1:${port}`, 'x-forwarded-for': '127.0.0.1' };
      const stranger = await send(own, '/oauth/login', { headers, from: '127.0.0.2' });
      assert.equal(stranger.status, 200);
      assert.match(stranger.body, /type="password"/);
      assert.equal(stranger.headers['set-cookie'], undefined);
      const words = /a user header from a peer that is no trusted proxy was ignored/;
      while (!words.test(installation.output())) await nextTurn();
      const browser = new Browser(port);
      await browser.arrive('bob');
      const stolen = { ...headers, 'remote-user': 'bob', cookie: browser.cookie };
      const answer = await send(own, '/oauth/account', { headers: stolen, from: '127.0.0.2' });
      assert.equal(answer.status, 303);
    });
  });
}
