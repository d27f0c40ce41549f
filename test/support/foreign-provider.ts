/**
 * A service provider on a real socket that answers as a test says, and the signing proxy in front of it, on another.
 * What arrived at the provider is kept as it came. Signatures are made and not verified: that is done elsewhere.
 */
import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createApiKey, findApiKeyHolder, type NewApiKey } from '../../src/accounts/index.ts';
import { Secret } from '../../src/base/index.ts';
import { createConsumerContext, enterToken } from '../../src/consumer/index.ts';
import { type ServiceProvider, USUAL_CONDUCT } from '../../src/model/index.ts';
import { createSigningProxy } from '../../src/signing-proxy/index.ts';
import {
  createOutbound,
  createOutboundStreams,
  createWirePolicy,
  hardenServer,
  readWireRequest,
  sendFailure,
  serverOptions,
  unreadRequest,
} from '../../src/web/index.ts';
import { peopledAccounts } from './accounts-world.ts';

/** One request as the provider saw it. */
export interface SeenAtProvider {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export const PROVIDER_NAME = 'Photo Store';
export const SESSION_COOKIE = 'countersign=session-of-alice';
export const SECRETS = ['consumer-secret', 'token-of-alice', 'secret-of-alice'];

export type ProxyUnderTest = Awaited<ReturnType<typeof startProxyUnderTest>>;

/** Starts both. `answer` may be changed later. */
export async function startProxyUnderTest(
  options: { readonly timeoutMs?: number; readonly allow?: boolean; readonly publicUrl?: string } = {},
) {
  const world = await peopledAccounts();
  const seen: SeenAtProvider[] = [];
  const logged: unknown[] = [];
  let answer: RequestListener = (_request, response) => void response.end('data');
  let stream: RequestListener | null = null;
  const provider = createServer(async (incoming, response) => {
    if (stream !== null) return stream(incoming, response);
    const body = (await buffer(incoming).catch(() => Buffer.alloc(0))).toString();
    seen.push({ method: incoming.method ?? '', target: incoming.url ?? '', headers: incoming.headers, body });
    answer(incoming, response);
  });
  const origin = await listen(provider);
  const allowHosts = options.allow === false ? [] : [new URL(origin).host];
  const streams = createOutboundStreams({ allowHosts, timeoutMs: options.timeoutMs ?? 5_000 });
  const consumer = createConsumerContext({ ...world, fetch: createOutbound({ allowHosts }).fetch, pause });
  const alice = (await world.storage.users.find('alice'))!;
  const proxy = createSigningProxy({
    consumer,
    streams,
    findSession: async (cookie) => (cookie.includes(SESSION_COOKIE) ? alice : null),
    findHolder: (key) => findApiKeyHolder(world, key),
    connectionsUrl: 'http://wiki.example/oauth/connections',
    onProviderFailure: (_wire, error) => logged.push(error),
  });
  const policy = createWirePolicy({
    publicUrl: new URL(options.publicUrl ?? 'http://wiki.example'),
    listenAddress: () => null,
    trustedProxies: [],
    userHeaders: { userName: 'x-who', displayName: null, email: null },
  });
  const server = createServer(serverOptions, async (incoming, response) => {
    try {
      await proxy.handle(readWireRequest(incoming, policy), response);
    } catch (error) {
      sendFailure(response, unreadRequest(policy), error, (unknown) => logged.push(unknown));
    }
  });
  hardenServer(server);
  const { port } = new URL(await listen(server));

  let added = 0;
  async function addProvider(changes: Partial<ServiceProvider> = {}): Promise<void> {
    added += 1;
    const record: ServiceProvider = {
      ...USUAL_CONDUCT,
      id: `provider-${added}`,
      name: PROVIDER_NAME,
      consumerKey: 'our-key',
      secret: new Secret('consumer-secret'),
      description: '',
      signatureMethod: 'HMAC-SHA1',
      requestTokenUrl: `${origin}/oauth/request-token`,
      authorizeUrl: `${origin}/oauth/authorize`,
      accessTokenUrl: `${origin}/oauth/access-token`,
      baseUrl: `${origin}/api/`,
      handEntry: 'token',
      createdAt: 0,
      updatedAt: 0,
      ...changes,
    };
    const event = { at: 0, actor: 'cli', object: '', before: null, after: null, note: null } as const;
    await world.storage.serviceProviders.remove(record.name, { ...event, action: 'service-provider.remove' });
    await world.storage.serviceProviders.add(record, { ...event, action: 'service-provider.add' });
    const owner = { providerName: record.name, userName: 'alice' };
    await enterToken(consumer, owner, { kind: 'token', token: 'token-of-alice', secret: 'secret-of-alice' });
  }
  await addProvider();
  const key = async (changes: Partial<NewApiKey> = {}) =>
    (
      await createApiKey(world, {
        userName: 'alice',
        label: 'test',
        lastDay: '',
        scope: 'providers',
        providers: null,
        ...changes,
      })
    ).key.reveal();

  return {
    world,
    consumer,
    seen,
    logged,
    origin,
    port: Number(port),
    addProvider,
    key,
    answerWith(next: RequestListener) {
      answer = next;
    },
    /** Answers without waiting for the body, and without keeping what came. */
    streamWith(next: RequestListener) {
      stream = next;
    },
    async close() {
      for (const one of [server, provider]) {
        one.closeAllConnections();
        one.close();
      }
      await streams.close();
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a caller got. */
export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one request to the proxy, its path exactly as given below `/oauth/out/`. */
export function ask(
  { port }: ProxyUnderTest,
  path: string,
  init: {
    method?: string;
    headers?: OutgoingHttpHeaders;
    body?: string | Buffer;
  } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'wiki.example', ...init.headers };
    const target = `/oauth/out/${path}`;
    const sending = request({
      port,
      host: '127.0.0.1',
      path: target,
      method: init.method ?? 'GET',
      headers,
      agent: false,
    });
    sending.on('error', reject);
    sending.on('response', async (response) => {
      try {
        const body = (await buffer(response)).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      } catch (error) {
        reject(error);
      }
    });
    sending.end(init.body);
  });
}

/** The code of a refusal of the proxy's own, and its other members. */
export function refusal({ body, headers }: Got): Record<string, string> {
  const told = JSON.parse(body) as Record<string, string>;
  if (told.error !== headers['x-countersign-error']) throw new Error('the header names another code');
  return told;
}
