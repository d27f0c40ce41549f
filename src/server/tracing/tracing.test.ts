import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { prepareData } from '../../../test/support/prepared-data.ts';
import { type RecordingUpstream, startRecordingUpstream } from '../../../test/support/recording-upstream.ts';
import { aConsumer, anEvent } from '../../../test/support/records.ts';
import { startTraceCollector, type TraceCollector } from '../../../test/support/trace-collector.ts';
import { Secret } from '../../base/index.ts';
import { signRequest } from '../../oauth/index.ts';
import { readSettings } from '../../settings/index.ts';
import { openInstallation, type RunningServer, startServer } from '../index.ts';
import { openLog } from '../log.ts';

const SECRET = 'a secret of the consumer';
const CALLERS = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';
const [INTERNAL, SERVER, CLIENT] = [1, 2, 3];

describe('traces', () => {
  let root: string;
  let upstream: RecordingUpstream;
  let collector: TraceCollector;
  let log: string[];
  let server: RunningServer;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'countersign-tracing-'));
    await prepareData(join(root, 'prepared'));
    upstream = await startRecordingUpstream();
  });
  after(async () => {
    await upstream.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    collector = await startTraceCollector();
    log = [];
  });
  afterEach(async () => {
    await server.close(0);
    await collector.close();
  });

  async function start(flags: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const data = join(root, randomUUID());
    await cp(join(root, 'prepared'), data, { recursive: true });
    const all = {
      data,
      listen: '127.0.0.1:0',
      upstream: upstream.url,
      otlpEndpoint: collector.url,
      ...flags,
    };
    const { settings } = readSettings({ flags: all, environment: {}, readFile: () => '' });
    const open = await openInstallation(settings);
    const credential = { kind: 'shared-secret', secret: new Secret(SECRET) } as const;
    const twoLegged = { allowed: true, executeAs: null, mayImpersonate: false };
    await open.storage.consumers.add(aConsumer({ credential, twoLegged }), anEvent());
    await open.storage.close();
    server = await startServer(settings, openLog('warn', { write: (line) => void log.push(line) }));
  }

  async function ask(headers: Record<string, string> = {}, secret = SECRET) {
    const url = `${server.url}/issues?key=HUSH`;
    const { authorization } = signRequest({
      method: 'GET',
      url,
      consumerKey: 'wiki',
      signatureMethod: 'HMAC-SHA256',
      key: { kind: 'shared-secret', consumerSecret: secret, tokenSecret: '' },
      timestamp: Math.floor(Date.now() / 1000),
      nonce: randomUUID(),
      token: '',
    });
    const answer = await fetch(url, { headers: { ...headers, authorization: authorization ?? '' } });
    await answer.text();
    return { status: answer.status, seen: upstream.seen.at(-1)!.headers, authorization: authorization ?? '' };
  }

  /** Spans reach the collector at the latest when the server ends. */
  async function spansOf(kind: number) {
    await server.close();
    return collector.spans.filter((span) => span.kind === kind);
  }

  it('hold the request, judging it, and the upstream, which is told its place', async () => {
    await start();
    const { seen } = await ask();
    const [request] = await spansOf(SERVER);
    const [judging] = await spansOf(INTERNAL);
    const [sent] = await spansOf(CLIENT);
    assert.equal(collector.spans.length, 3);
    assert.equal(request!.parentSpanId, undefined);
    assert.equal(request!.name, 'GET');
    assert.equal(request!.attributes['http.response.status_code'], '200');
    assert.equal(request!.attributes['url.path'], '/issues');
    assert.equal(request!.attributes['countersign.consumer'], 'wiki');
    for (const span of [judging!, sent!]) {
      assert.equal(span.traceId, request!.traceId);
      assert.equal(span.parentSpanId, request!.spanId);
      assert.ok(BigInt(span.startTimeUnixNano) <= BigInt(span.endTimeUnixNano));
    }
    assert.equal(seen.traceparent, `00-${sent!.traceId}-${sent!.spanId}-01`);
    assert.equal(sent!.attributes['server.port'], new URL(upstream.url).port);
  });

  it('say why a request was refused', async () => {
    await start();
    assert.equal((await ask({}, 'wrong')).status, 401);
    const [request] = await spansOf(SERVER);
    assert.equal(request!.attributes['countersign.problem'], 'signature_invalid');
    assert.equal(request!.status, undefined);
    assert.equal((await spansOf(INTERNAL))[0]!.attributes['countersign.problem'], 'signature_invalid');
    assert.deepEqual(await spansOf(CLIENT), []);
  });

  it('mark what failed here or behind', async () => {
    await start({ upstream: 'http://127.0.0.1:1' });
    assert.equal((await ask()).status, 502);
    const [request] = await spansOf(SERVER);
    assert.deepEqual([request!.status?.code, request!.attributes['error.type']], [2, '502']);
    assert.equal((await spansOf(CLIENT))[0]!.attributes['error.type'], 'no-answer');
  });

  it('hold nothing of the query or of a credential', async () => {
    await start();
    const { authorization } = await ask({ cookie: 'session=HUSH' });
    await server.close();
    const sent = collector.bodies.join('');
    assert.match(sent, /\/issues/);
    assert.doesNotMatch(sent, /HUSH|oauth_|cookie/);
    assert.ok(!sent.includes(/oauth_signature="([^"]+)"/.exec(authorization)![1]!));
  });

  it('continue the trace that a listed proxy is part of, and keep to its decision', async () => {
    await start({ trustProxy: ['127.0.0.1'], traceShare: '0' });
    const kept = await ask({ traceparent: `${CALLERS}-01`, tracestate: 'vendor=1' });
    const dropped = await ask({ traceparent: `${CALLERS}-00`, tracestate: 'vendor=1' });
    await ask();
    const requests = await spansOf(SERVER);
    assert.deepEqual(
      requests.map(({ traceId, parentSpanId, traceState }) => [traceId, parentSpanId, traceState]),
      [['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', 'vendor=1']],
    );
    const [sent] = await spansOf(CLIENT);
    assert.equal(kept.seen.traceparent, `00-0af7651916cd43dd8448eb211c80319c-${sent!.spanId}-01`);
    assert.match(String(dropped.seen.traceparent), /^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
    assert.deepEqual([kept.seen.tracestate, dropped.seen.tracestate], ['vendor=1', 'vendor=1']);
  });

  it('begin anew for everybody else, whatever they send', async () => {
    await start();
    const { seen } = await ask({ traceparent: `${CALLERS}-01`, tracestate: 'vendor=1' });
    const [request] = await spansOf(SERVER);
    assert.notEqual(request!.traceId, '0af7651916cd43dd8448eb211c80319c');
    assert.match(String(seen.traceparent), new RegExp(`^00-${request!.traceId}-`));
    assert.equal(seen.tracestate, undefined);
  });

  it('begin anew where a listed proxy hands on what is none', async () => {
    await start({ trustProxy: ['127.0.0.1'] });
    for (const wrong of [
      '00-00000000000000000000000000000000-b7ad6b7169203331-01',
      '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
      'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      `${CALLERS}-01-more`,
      `${CALLERS}-01, ${CALLERS}-01`,
    ])
      await ask({ traceparent: wrong, tracestate: 'vendor=1' });
    const requests = await spansOf(SERVER);
    assert.deepEqual(
      requests.map((span) => [span.parentSpanId, span.traceState]),
      Array(5).fill([undefined, undefined]),
    );
  });

  it('pass through as the caller sent them where there is no collector', async () => {
    await start({ otlpEndpoint: undefined });
    const { seen } = await ask({ traceparent: `${CALLERS}-01`, tracestate: 'vendor=1' });
    assert.deepEqual([seen.traceparent, seen.tracestate], [`${CALLERS}-01`, 'vendor=1']);
  });

  it('are lost without harm while the collector does not answer, which the log says once', async () => {
    await start({ otlpEndpoint: 'http://127.0.0.1:1' });
    for (let n = 0; n < 3; n += 1) assert.equal((await ask()).status, 200);
    await server.close();
    assert.equal(log.filter((line) => line.includes('traces could not be sent')).length, 1);
  });
});
