import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type SigningInput, signRequest } from '../../src/oauth/index.ts';
import { freePorts } from '../support/free-ports.ts';
import {
  CONSUMER_KEY,
  CONSUMER_SECRET,
  type GrantedInstallation,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import { installElsewhere } from '../support/install-elsewhere.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';

/** The examples, beside the package as it would be installed, in front of the real frameworks. */
describe('the middleware of the published package', () => {
  let scratch: string;
  let granted: GrantedInstallation;
  let token: TokenPair;

  before(async () => {
    scratch = installElsewhere();
    cpSync(new URL('../../examples/middleware', import.meta.url), join(scratch, 'examples'), {
      recursive: true,
    });
    granted = await startGrantedInstallation(['--nonces', 'database']);
    token = await granted.grant();
  });
  after(async () => {
    await granted?.installation.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  for (const framework of ['node-http', 'express', 'fastify', 'hono']) {
    describe(`in front of ${framework}`, () => {
      let server: ChildProcess;
      let origin: string;
      before(async () => {
        [server, origin] = await startExample(scratch, framework, granted.installation.dataDirectory);
      });
      after(() => server?.kill());

      /** Signs for one address, and sends to that or another. */
      async function ask(method: string, path: string, more: Partial<SigningInput> = {}, sentTo = path) {
        const signed = signRequest({
          method,
          url: origin + path,
          consumerKey: CONSUMER_KEY,
          signatureMethod: 'HMAC-SHA1',
          key: { kind: 'shared-secret', consumerSecret: CONSUMER_SECRET, tokenSecret: token.tokenSecret },
          token: token.token,
          timestamp: Math.floor(Date.now() / 1000),
          nonce: randomUUID(),
          ...more,
        });
        const headers: Record<string, string> = { authorization: signed.authorization ?? '' };
        const type = signed.contentType ?? (more.body === undefined ? null : 'application/json');
        if (type !== null) headers['content-type'] = type;
        const body = type === null ? null : Buffer.from(signed.body);
        return fetch(origin + sentTo, { method, headers, body });
      }

      it('says whom a signed request acts as, for the target as it came', async () => {
        const path = "/rest/echo?b=it's&a=%7Bx%7D&a=1";
        const answer = await ask('GET', path);
        assert.equal(answer.status, 200, await answer.clone().text());
        assert.equal((await echoed(answer)).user, 'alice');
      });

      it('refuses what was not signed, was altered, or is sent again', async () => {
        assert.equal((await fetch(`${origin}/rest/echo`)).status, 401);
        const altered = await ask('GET', '/rest/echo?a=1', {}, '/rest/echo?a=2');
        assert.match(altered.headers.get('www-authenticate') ?? '', /oauth_problem="signature_invalid"/);
        const once = { nonce: randomUUID(), timestamp: Math.floor(Date.now() / 1000) };
        assert.equal((await ask('GET', '/rest/echo', once)).status, 200);
        const again = await ask('GET', '/rest/echo', once);
        assert.match(again.headers.get('www-authenticate') ?? '', /oauth_problem="nonce_used"/);
        assert.match(await again.text(), /^oauth_problem=nonce_used/);
      });

      it('verifies a form, and hands its fields on', async () => {
        const form = [
          ['name', 'two words é'],
          ['empty', ''],
        ] as const;
        const answer = await ask('POST', '/rest/echo', { form });
        assert.equal(answer.status, 200, await answer.clone().text());
        const { form: fields } = await echoed(answer);
        if (framework === 'node-http')
          assert.match(String(fields), /^name=two(?:%20|\+)words%20%C3%A9&empty=$/);
        else assert.deepEqual(fields, { name: 'two words é', empty: '' });
        const forged = await ask('POST', '/rest/echo', { form: [['name', 'x']], token: 'stranger' });
        assert.equal(forged.status, 401);
      });

      it('verifies the hash of a body, and leaves other bodies to the framework', async () => {
        const body = Buffer.from('{"a":"é"}');
        for (const bodyHash of [true, false]) {
          const answer = await ask('POST', '/rest/echo', { body, bodyHash });
          assert.equal(answer.status, 200, await answer.clone().text());
          if (framework !== 'node-http') assert.deepEqual((await echoed(answer)).form, { a: 'é' });
        }
      });
    });
  }
});

/** What every example answers. */
async function echoed(answer: Response): Promise<{ readonly user: string; readonly form: unknown }> {
  return (await answer.json()) as { user: string; form: unknown };
}

/** Starts one of the examples on a free port; gives it, and where it listens, once it says that it is ready. */
async function startExample(
  scratch: string,
  framework: string,
  data: string,
): Promise<[server: ChildProcess, origin: string]> {
  const [port] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [join(scratch, 'examples', `${framework}.ts`)], {
    env: { ...process.env, PUBLIC_URL: origin, COUNTERSIGN_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('ready ')) resolve();
    };
    server.stdout.on('data', collect);
    server.stderr.on('data', collect);
    server.once('exit', () => reject(new Error(`${framework} ended: ${output}`)));
  });
  return [server, origin];
}
