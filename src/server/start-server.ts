/**
 * The life of a server: what is opened, in which order, and the same backwards at its end. Draining comes first: not
 * ready any more, a while for balancers to notice, no new connection, requests under way are answered; only then
 * nonces and storage are closed. Whatever fails on the way up closes what was opened before it.
 */
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createSetupToken } from '../accounts/index.ts';
import { endingSoon, ensureInstallation, forgetOldKey } from '../administration/index.ts';
import { isLoopbackHost } from '../model/index.ts';
import { TokenUses, UsageCounter } from '../provider/index.ts';
import { type Settings, writtenAddress } from '../settings/index.ts';
import { hardenServer, serverOptions } from '../web/index.ts';
import type { Composition } from './compose.ts';
import { startHousekeeping } from './housekeeping.ts';
import { type Listener, openListener } from './listener.ts';
import { type Health, managementHandler } from './management.ts';
import {
  createExposition,
  createProbe,
  Meters,
  type MetricSources,
  meteredStorage,
  metricFamilies,
} from './metrics/index.ts';
import { openGuards } from './open-guards.ts';
import { asStartRefused, type OpenInstallation, openInstallation } from './open-installation.ts';
import { programVersion } from './program-version.ts';
import { RequestTracer, SpanExporter } from './tracing/index.ts';

/** A server that accepts requests. */
export interface RunningServer {
  /** The public URL, without a slash at its end. */
  readonly url: string;
  /** URL of the management listener; null if there is none. */
  readonly managementUrl: string | null;
  /** The one-time link that makes the first administrator; null once there are users. */
  readonly setupUrl: string | null;
  /** Drains and closes. Requests under way have the patience, in milliseconds, to end. */
  close(patienceMs?: number): Promise<void>;
}

const PATIENCE_MS = 25_000;

/** Whoever waited for the start asks first; then comes what only later requests need. */
const READ_AHEAD_AFTER_MS = 200;

/** A management request is a probe: it takes no time. */
const MANAGEMENT_PATIENCE_MS = 500;

/** Opens the data directory and serves it. @throws {StartRefused} saying what to do */
export async function startServer(settings: Settings, log?: Logger): Promise<RunningServer> {
  return serve(await openInstallation(settings), settings, log ?? (await openUsualLog(settings)));
}

async function openUsualLog({ logLevel, logFormat }: Settings): Promise<Logger> {
  const { logStream, openLog } = await import('./log.ts');
  return openLog(logLevel, logStream(logFormat));
}

/** Serves an open installation, and closes its storage at the end. @throws {StartRefused} saying what to do */
async function serve(
  installation: OpenInstallation,
  settings: Settings,
  log: Logger,
): Promise<RunningServer> {
  const meters = settings.management === undefined ? null : new Meters();
  const storage = meters === null ? installation.storage : meteredStorage(installation.storage, meters);
  const open = { ...installation, storage };
  await using opened = new AsyncDisposableStack();
  opened.defer(() => open.storage.close());
  // Pages, gateway and all else that answers: other commands, which import this module too, start in half the time without.
  const { compose } = await import('./compose.ts');
  const identity = await ensureInstallation(open, settings);
  const warn = (finding: string, advice: string) => log.warn({ advice }, `Redis: ${finding}`);
  const guards = await openGuards(open, settings, identity.consumerKey, warn).catch((error) => {
    throw asStartRefused(error, settings.data);
  });
  opened.defer(() => guards.close());
  const { tracer, exporter } = openTracing(settings, log);
  opened.defer(async () => exporter?.stop());

  const uses = new TokenUses();
  const usage = new UsageCounter();
  const onTrouble = (err: unknown) => log.error({ err }, 'housekeeping failed');
  const housekeeping = startHousekeeping({
    storage: open.storage,
    uses,
    usage,
    clock: open.clock,
    retention: { auditSeconds: settings.auditRetention },
    forgetOldKey: () => forgetOldKey(open),
    onTrouble,
  });
  opened.defer(() => housekeeping.stop());

  const { listener, answerWith } = await openPublicListener(settings);
  opened.defer(() => listener.close(0));
  const publicUrl = settings.publicUrl ?? new URL(`http://${reachableAddress(listener)}`);
  const listenAddress = listener.address;
  const parts = await compose({
    settings,
    open,
    identity,
    guards,
    uses,
    usage,
    publicUrl,
    listenAddress,
    log,
    meters,
    tracer,
  });
  opened.defer(() => parts.close());
  let isStopping = false;
  const management = await openManagement(settings, {
    meters,
    probe: createProbe(open.storage, guards.nonces, () => endingSoon(open)),
    refusals: parts.refusals,
    isStopping: () => isStopping,
    onTrouble: (err) => log.error({ err }, 'metrics could not be collected'),
  });
  opened.defer(async () => management?.close(MANAGEMENT_PATIENCE_MS));
  const url = publicUrl.href.replace(/\/$/, '');
  const setupUrl = await makeSetupUrl(parts, url);
  answerWith(parts.handle);
  const reading = setTimeout(
    () => parts.readAhead().catch((err) => log.error({ err }, 'pages and REST API cannot be read')),
    READ_AHEAD_AFTER_MS,
  );
  opened.defer(() => clearTimeout(reading));
  noteStart(log, settings, url, writtenAddress({ host: listenAddress.address, port: listenAddress.port }));

  const everything = opened.move();
  return {
    url,
    managementUrl: management && `http://${reachableAddress(management)}`,
    setupUrl,
    async close(patienceMs = PATIENCE_MS) {
      isStopping = true;
      listener.leave();
      await pause(settings.drainDelay * 1000);
      await listener.close(patienceMs);
      await everything.disposeAsync();
      log.info('stopped');
    },
  };
}

/** What sends traces, where there is somebody to send them to. */
function openTracing(
  { otlpEndpoint, traceShare: share, upstream }: Settings,
  log: Logger,
): { tracer: RequestTracer | null; exporter: SpanExporter | null } {
  if (otlpEndpoint === undefined) return { tracer: null, exporter: null };
  const exporter = new SpanExporter({
    endpoint: otlpEndpoint,
    resource: { version: programVersion(), instanceId: randomUUID() },
    onTrouble: (err) => log.warn({ err }, 'traces could not be sent; later failures are not told'),
  });
  return { tracer: new RequestTracer({ share, upstream: upstream ?? null, exporter }), exporter };
}

/** Opens the management listener, where there is to be one. There are meters then, too. */
async function openManagement(
  { management }: Settings,
  health: Omit<MetricSources, 'meters' | 'version'> & Omit<Health, 'metrics'> & { meters: Meters | null },
): Promise<Listener | null> {
  const { meters } = health;
  if (management === undefined || meters === null) return null;
  const families = metricFamilies({ ...health, meters, version: programVersion() });
  const handler = managementHandler({ ...health, metrics: await createExposition(families) });
  return openListener(management, '--management', {}, handler);
}

/** Listens at once, since the public URL may depend on the port; requests wait until there is somebody to answer. */
async function openPublicListener(
  settings: Settings,
): Promise<{ listener: Listener; answerWith(handle: RequestListener): void }> {
  const { promise: ready, resolve } = Promise.withResolvers<RequestListener>();
  let answer: RequestListener = async (request, response) => (await ready)(request, response);
  const handle: RequestListener = (request, response) => answer(request, response);
  const listener = await openListener(settings.listen, '--listen', serverOptions, handle, hardenServer);
  return {
    listener,
    answerWith(dispatcher) {
      answer = dispatcher;
      resolve(dispatcher);
    },
  };
}

/** A server for other machines without a public URL is the usual beginning of signatures that never match. */
function noteStart(log: Logger, settings: Settings, url: string, listening: string): void {
  log.info({ url, listening }, 'ready');
  if (settings.publicUrl || isLoopbackHost(new URL(`http://${listening}`).hostname)) return;
  log.warn(
    { url },
    'public-url is not set: consumers must sign this one, and requests for another host are refused',
  );
}

async function makeSetupUrl({ accounts }: Composition, url: string): Promise<string | null> {
  const token = await createSetupToken(accounts);
  return token === null ? null : `${url}/oauth/setup?token=${token}`;
}

/** Where a listener is reached from this machine: one that listens everywhere is reached at loopback, too. */
function reachableAddress({ address: { address, port } }: Listener): string {
  const loopback = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]);
  return writtenAddress({ host: loopback.get(address) ?? address, port });
}
