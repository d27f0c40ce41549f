import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { prepareData } from '../../test/support/prepared-data.ts';
import { type RecordingUpstream, startRecordingUpstream } from '../../test/support/recording-upstream.ts';
import { aConsumer, anEvent } from '../../test/support/records.ts';
import { Secret } from '../base/index.ts';
import { signRequest } from '../oauth/index.ts';
import { readSettings } from '../settings/index.ts';
import { openInstallation, type RunningServer, startServer } from './index.ts';
import { openLog } from './log.ts';

const SECRET = 'a secret of the consumer';

describe('the management listener', () => {
  let data: string;
  let upstream: RecordingUpstream;
  let server: RunningServer;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'countersign-management-'));
    upstream = await startRecordingUpstream();
    const flags = { data, listen: '127.0.0.1:0', management: '127.0.0.1:0', upstream: upstream.url };
    const { settings } = readSettings({ flags, environment: {}, readFile: () => '' });
    await prepareData(data);
    const open = await openInstallation(settings);
    const credential = { kind: 'shared-secret', secret: new Secret(SECRET) } as const;
    const twoLegged = { allowed: true, executeAs: null, mayImpersonate: false };
    await open.storage.consumers.add(aConsumer({ credential, twoLegged }), anEvent());
    await open.storage.close();
    server = await startServer(settings, openLog('silent'));
  });
  after(async () => {
    await server.close(0);
    await upstream.close();
    await rm(data, { recursive: true, force: true });
  });

  const ask = async (path: string, init?: RequestInit) => fetch(`${server.managementUrl}${path}`, init);

  /** Numbers of one family, by its labels as they are written. */
  async function numbers(name: string): Promise<Record<string, number>> {
    const text = await (await ask('/metrics')).text();
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    return Object.fromEntries(
      lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    );
  }

  /** Waits until a number is this: a request is counted when its answer has left. */
  async function untilNumber(name: string, labels: string, expected: number): Promise<void> {
    let found: number | undefined;
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
      found = (await numbers(name))[labels];
      if (found === expected) return;
    }
    assert.equal(found, expected, `${name}${labels}`);
  }

  function signed(path: string, more: { nonce?: string; secret?: string } = {}) {
    const url = server.url + path;
    const { authorization } = signRequest({
      method: 'GET',
      url,
      consumerKey: 'wiki',
      signatureMethod: 'HMAC-SHA256',
      key: { kind: 'shared-secret', consumerSecret: more.secret ?? SECRET, tokenSecret: '' },
      timestamp: Math.floor(Date.now() / 1000),
      nonce: more.nonce ?? randomUUID(),
      token: '',
    });
    return fetch(url, { headers: { authorization: authorization ?? '' } });
  }

  it('has three addresses, for reading only', async () => {
    assert.equal(await (await ask('/livez')).text(), 'alive\n');
    assert.equal(await (await ask('/readyz?verbose')).text(), 'ready\n');
    const metrics = await ask('/metrics');
    assert.match(metrics.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(await (await ask('/')).text(), /\/livez, \/readyz and \/metrics/);
    assert.equal((await ask('/metrics', { method: 'POST' })).status, 405);
    assert.equal(await (await ask('/metrics', { method: 'HEAD' })).text(), '');
  });

  it('answers nothing of it on the public side', async () => {
    for (const path of ['/livez', '/readyz', '/metrics'])
      assert.equal((await fetch(server.url + path)).status, 401, path);
    assert.equal(upstream.seen.length, 0);
  });

  it('counts a request that went through the gateway, and how long each part took', async () => {
    assert.equal((await signed('/issues')).status, 200);
    await untilNumber('countersign_requests_total', '{face="gateway",outcome="answered",status="2xx"}', 1);
    assert.equal((await numbers('countersign_signed_requests_accepted_total'))['{method="HMAC-SHA256"}'], 1);
    assert.equal((await numbers('countersign_upstream_answers_total'))['{status="2xx"}'], 1);
    for (const name of ['gateway_verification', 'gateway_upstream', 'request_timestamp_offset'])
      assert.equal((await numbers(`countersign_${name}_seconds_count`))[''], 1, name);
    assert.equal((await numbers('countersign_nonces_remembered'))[''], 1);
  });

  it('counts a refusal by its problem, and by a method only if that is one', async () => {
    assert.equal((await signed('/issues', { secret: 'wrong' })).status, 401);
    const named = `{face="gateway",problem="signature_invalid",method="HMAC-SHA256"}`;
    await untilNumber('countersign_signed_requests_refused_total', named, 1);
    const strange = 'OAuth oauth_consumer_key="wiki", oauth_signature_method="MINE-7", oauth_token=""';
    await fetch(`${server.url}/oauth/whoami`, { headers: { authorization: strange } });
    const other = `{face="endpoint",problem="parameter_absent",method="other"}`;
    await untilNumber('countersign_signed_requests_refused_total', other, 1);
    await untilNumber('countersign_refusals_recorded_total', '', 2);
  });

  it('counts logins by their outcome', async () => {
    const body = new URLSearchParams({ username: 'mallory', password: 'wrong' });
    const login = await fetch(`${server.url}/oauth/login`);
    const cookie = login.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const token = /name="csrf" value="([^"]+)"/.exec(await login.text())?.[1] ?? '';
    body.set('csrf', token);
    await fetch(`${server.url}/oauth/login`, {
      method: 'POST',
      body,
      headers: { origin: server.url, cookie },
    });
    await untilNumber('countersign_logins_total', '{outcome="refused"}', 1);
  });

  it('names no consumer, user, path or address', async () => {
    const text = await (await ask('/metrics')).text();
    for (const word of ['wiki', 'mallory', 'issues', '127.0.0.1', SECRET, 'MINE'])
      assert.ok(!text.includes(word), word);
  });

  it('says that the server is not ready while nonces cannot be written, and is again when they can', async () => {
    await rename(join(data, 'nonces'), join(data, 'away'));
    const far = Math.floor(Date.now() / 1000) + 200;
    const { authorization } = signRequest({
      method: 'GET',
      url: `${server.url}/issues`,
      consumerKey: 'wiki',
      signatureMethod: 'HMAC-SHA256',
      key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
      timestamp: far,
      nonce: 'far',
      token: '',
    });
    const refused = await fetch(`${server.url}/issues`, { headers: { authorization: authorization ?? '' } });
    assert.equal(refused.status, 503);
    const readiness = await ask('/readyz');
    assert.equal(readiness.status, 503);
    assert.equal(await readiness.text(), 'not ready: nonces cannot be remembered\n');
    assert.equal((await ask('/livez')).status, 200);
    assert.equal((await numbers('countersign_nonces_up'))[''], 0);
    await untilNumber('countersign_requests_total', '{face="gateway",outcome="unavailable",status="5xx"}', 1);
    await rename(join(data, 'away'), join(data, 'nonces'));
    assert.equal((await ask('/readyz')).status, 200);
  });
});
