/**
 * A gateway on a real socket in front of a recording upstream. Signatures are not made here: a request is
 * "signed" by the parameter `oauth_signature=good`, so each test shows only what it is about.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FixedClock, Secret } from '../../src/base/index.ts';
import { createAssertionSigner, createGateway, type GatewaySettings } from '../../src/gateway/index.ts';
import type { User } from '../../src/model/index.ts';
import { Problem } from '../../src/oauth/index.ts';
import type { Grant, ProviderRequest } from '../../src/provider/index.ts';
import {
  createWirePolicy,
  hardenServer,
  readWireRequest,
  sendAnswer,
  sendFailure,
  sendText,
  serverOptions,
  unreadRequest,
} from '../../src/web/index.ts';
import { exchange, type RawUpstream, startRawUpstream } from './raw-wire.ts';
import { aConsumer } from './records.ts';

export interface GatewayUnderTest {
  readonly port: number;
  readonly upstream: RawUpstream;
  /** What reached `authenticate`. */
  readonly judged: ProviderRequest[];
  /** Errors that were told to the log. */
  readonly logged: unknown[];
  readonly clock: FixedClock;
  readonly keySet: string;
  close(): Promise<void>;
}

export interface UnderTestOptions extends Partial<GatewaySettings> {
  readonly trustedProxies?: readonly string[];
}

/** The cookie of a browser that alice logged in with, for a gateway whose public URL is plain http on a port. */
export const ALICE_COOKIE = 'countersign=alice-is-logged-in';

export const alice: User = {
  name: 'alice ü',
  displayName: 'Alice',
  email: null,
  isAdministrator: false,
  isDisabled: false,
  passwordHash: null,
  identity: null,
  createdAt: 0,
  lastLoginAt: null,
};

const consumer = aConsumer({
  key: 'wiki:1234567890',
  name: 'Wiki',
  description: '',
  credential: { kind: 'shared-secret', secret: new Secret('secret') },
  createdAt: 0,
  updatedAt: 0,
});

const token: NonNullable<Grant['token']> = {
  id: 'tok1',
  hash: '',
  secret: new Secret('secret'),
  consumerKey: consumer.key,
  userName: alice.name,
  gadgetUrl: null,
  sessionHandleHash: '',
  createdAt: 0,
  expiresAt: 0,
  sessionExpiresAt: 0,
  revokedAt: null,
  lastUsedAt: null,
};

/** Accepts `oauth_signature=good` in any carrier, as alice. @throws {Problem} signature_invalid otherwise */
export function acceptGood(request: ProviderRequest): Grant {
  const carriers = `${request.authorization.join()}&${request.query}&${Buffer.from(request.body).toString('latin1')}`;
  if (!/oauth_signature="?good/.test(carriers)) throw new Problem('signature_invalid');
  return { consumer, user: alice, token, via: 'three-legged' };
}

const running: GatewayUnderTest[] = [];

/** Starts a gateway that `stopAll` stops after the test. */
export async function start(options?: UnderTestOptions): Promise<GatewayUnderTest> {
  const gateway = await startGatewayUnderTest(options);
  running.push(gateway);
  return gateway;
}

export async function stopAll(): Promise<void> {
  for (const gateway of running.splice(0)) await gateway.close();
}

/** The header line of a request that is accepted as alice's. */
export const SIGNED = 'Authorization: OAuth realm="x", oauth_consumer_key="wiki", oauth_signature="good"\r\n';

/** Sends one request with `Connection: close` and gives the raw answer. */
export function ask(
  gateway: GatewayUnderTest,
  requestLine: string,
  headers: string,
  body = '',
): Promise<string> {
  const head = `${requestLine} HTTP/1.1\r\nHost: gateway.example\r\nConnection: close\r\n${headers}\r\n`;
  return exchange(gateway.port, head + body);
}

/** Starts both; public URL `http://gateway.example` unless given. */
async function startGatewayUnderTest(options: UnderTestOptions = {}): Promise<GatewayUnderTest> {
  const upstream = await startRawUpstream();
  const publicUrl = options.publicUrl ?? new URL('http://gateway.example');
  const clock = new FixedClock(1_800_000_000);
  const { privateKey } = generateKeyPairSync('ed25519');
  const assertions = await createAssertionSigner({
    privateKey: new Secret(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string),
    issuer: publicUrl.origin,
    audience: upstream.url.origin,
    clock,
    random: { bytes: (length) => randomBytes(length) },
  });
  const judged: ProviderRequest[] = [];
  const logged: unknown[] = [];
  const authenticate = options.authenticate ?? acceptGood;
  const gateway = createGateway({
    upstream: upstream.url,
    publicPaths: [],
    assertions,
    findSession: async (cookie) => (cookie.includes('alice-is-logged-in') ? alice : null),
    answerWithoutUpstream: (wire, response) => sendText(response, wire, 404, 'No application here.\n'),
    onUpstreamFailure: (_wire, error) => logged.push(error),
    sendRefusal: (_wire, response, answer) => sendAnswer(response, answer),
    ...options,
    publicUrl,
    authenticate(request, wire) {
      judged.push(request);
      return authenticate(request, wire);
    },
  });
  const policy = createWirePolicy({
    publicUrl,
    listenAddress: () => null,
    trustedProxies: options.trustedProxies ?? [],
  });
  const server = createServer(serverOptions, async (incoming, response) => {
    let asked = unreadRequest(policy);
    try {
      const wire = readWireRequest(incoming, policy);
      asked = wire;
      await gateway.handle(wire, response);
    } catch (error) {
      sendFailure(response, asked, error, (unknown) => logged.push(unknown));
    }
  });
  hardenServer(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    upstream,
    judged,
    logged,
    clock,
    keySet: assertions.keySet(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await gateway.close();
      await upstream.close();
    },
  };
}
