import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { prepareData } from '../../test/support/prepared-data.ts';
import { aConsumer, anEvent } from '../../test/support/records.ts';
import { Secret } from '../base/index.ts';
import { explainRefusal } from '../explain/index.ts';
import { type SigningInput, signRequest } from '../oauth/index.ts';
import { readSettings } from '../settings/index.ts';
import { openInstallation, providerSettings, startServer } from './index.ts';
import { openLog } from './log.ts';

const PUBLIC_URL = 'https://tracker.example/jira';
const SECRET = 'CANARY-consumer-secret';

describe('refused requests', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'countersign-refused-'));
    await prepareData(join(root, 'prepared'));
  });
  const running = new Set<() => Promise<void>>();
  afterEach(async () => {
    for (const close of running) await close();
  });
  after(() => rm(root, { recursive: true, force: true }));

  function settingsFor(flags: Readonly<Record<string, unknown>> = {}) {
    const all = { data: join(root, randomUUID()), listen: '127.0.0.1:0', publicUrl: PUBLIC_URL, ...flags };
    return readSettings({ flags: all, environment: {}, readFile: () => '' }).settings;
  }

  async function serve(settings: ReturnType<typeof settingsFor>) {
    await cp(join(root, 'prepared'), settings.data, { recursive: true });
    const open = await openInstallation(settings);
    const credential = { kind: 'shared-secret', secret: new Secret(SECRET) } as const;
    const twoLegged = { allowed: true, executeAs: null, mayImpersonate: false };
    await open.storage.consumers.add(aConsumer({ credential, twoLegged }), anEvent());
    const lines: string[] = [];
    const server = await startServer(settings, openLog('debug', { write: (line) => void lines.push(line) }));
    const port = /"listening":"127\.0\.0\.1:(\d+)"/.exec(lines.join(''))?.[1];
    /** Sends to the real address what was signed for another one. */
    const send = (
      path: string,
      signedUrl: string,
      more: Partial<SigningInput> = {},
      init: RequestInit = {},
    ) => {
      const signed = signRequest({
        method: init.method ?? 'GET',
        url: signedUrl,
        consumerKey: 'wiki',
        signatureMethod: 'HMAC-SHA256',
        key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
        timestamp: Math.floor(Date.now() / 1000),
        nonce: randomUUID(),
        ...more,
      });
      const headers = { authorization: signed.authorization ?? '', ...init.headers };
      return fetch(`http://127.0.0.1:${port}/jira${path}`, { ...init, headers });
    };
    const close = async () => {
      running.delete(close);
      await server.close();
      await open.storage.close();
    };
    running.add(close);
    const explanationOf = async (answer: Response) => {
      const requestId = answer.headers.get('x-request-id') ?? '';
      for (let attempt = 0; attempt < 50; attempt += 1) {
        const refusal = await open.storage.refusals.find(requestId);
        if (refusal !== null)
          return explainRefusal({ ...open, settings: providerSettings(settings) }, refusal);
        await wait(50);
      }
      throw new Error(`nothing was kept of ${requestId}`);
    };
    return { open, send, close, lines, explanationOf, directory: settings.data };
  }

  it('are explained by their request id: signed with http behind a proxy that ends TLS', async () => {
    const { send, explanationOf } = await serve(settingsFor());
    const answer = await send('/oauth/whoami?a=1', 'http://tracker.example/jira/oauth/whoami?a=1');
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('link'), `<${PUBLIC_URL}/oauth/problems/signature_invalid>; rel="help"`);
    const explanation = await explanationOf(answer);
    assert.deepEqual(
      explanation.causes.map(({ code }) => code),
      ['signed-http-for-https'],
    );
  });

  it('are explained with the form they carried, at the token addresses too', async () => {
    const { send, explanationOf } = await serve(settingsFor());
    const url = `${PUBLIC_URL}/oauth/request-token`;
    const init = { method: 'POST', body: new URLSearchParams({ scope: 'read' }) };
    const answer = await send('/oauth/request-token', url, { callback: 'oob' }, init);
    const { causes } = await explanationOf(answer);
    assert.deepEqual(
      causes.map(({ code }) => code),
      ['form-not-signed'],
    );
  });

  it('are all that is kept: nothing of accepted ones, and nothing at all when it is off', async () => {
    const nothing = { search: '', offset: 0, limit: 9 };
    const on = await serve(settingsFor());
    assert.equal((await on.send('/oauth/whoami', `${PUBLIC_URL}/oauth/whoami`)).status, 200);
    await wait(400);
    assert.equal((await on.open.storage.refusals.list({}, nothing)).total, 0);
    const off = await serve(settingsFor({ captureRefusals: 'off' }));
    assert.equal((await off.send('/oauth/whoami', 'http://elsewhere/oauth/whoami')).status, 401);
    await wait(400);
    assert.equal((await off.open.storage.refusals.list({}, nothing)).total, 0);
  });

  it('are on disk sealed only, and nothing of them is in the log', async () => {
    const { send, close, lines, explanationOf, directory } = await serve(settingsFor());
    const secrets = { token: 'CANARY-token', verifier: 'CANARY-verifier' };
    const headers = { cookie: 'countersign=CANARY-cookie', 'x-api-key': 'CANARY-other' };
    const body = new URLSearchParams({ password: 'CANARY-password' });
    const init = { method: 'POST', headers, body };
    const answer = await send('/oauth/access-token?q=CANARY-query', 'http://elsewhere/x', secrets, init);
    const explanation = await explanationOf(answer);
    await close();
    assert.doesNotMatch(JSON.stringify(explanation).replaceAll('CANARY-query', ''), /CANARY/);
    assert.doesNotMatch(lines.join(''), /CANARY/);
    const files = (await readdir(directory)).filter((name) => name.startsWith('countersign.db'));
    assert.ok(files.length > 0);
    for (const file of files)
      assert.doesNotMatch(await readFile(join(directory, file), 'latin1'), /CANARY/, file);
  });
});
