/** The signing proxy, with an API key and a user's token, against a bare undici proxy in front of the same provider. */
import { randomBytes } from 'node:crypto';
import { createApiKey } from '../../src/accounts/index.ts';
import { Secret } from '../../src/base/index.ts';
import { type AuditEvent, audienceOf, type ServiceProvider, USUAL_CONDUCT } from '../../src/model/index.ts';
import { openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { type Comparison, compare } from '../compare.ts';
import { startBare, startCountersign } from '../processes.ts';

const PATH = '/rest/api/2/search?jql=assignee%3Dalice';

/** One user has at most sixteen requests under way. */
const CONNECTIONS = 16;

const CLOCK = { milliseconds: () => Date.now() };

const EVENT: Omit<AuditEvent, 'action'> = {
  at: 0,
  actor: 'bench',
  object: 'Upstream',
  before: null,
  after: null,
  note: null,
};

/** Requests per second through both. */
export async function compareSigningProxy(
  directory: string,
  amount: { readonly rounds: number; readonly requests: number },
): Promise<Comparison> {
  const upstream = await startBare('upstream.ts', {});
  const address = `http://127.0.0.1:${upstream.port}`;
  const key = await connectAlice(directory, address);
  const countersign = await startCountersign(directory, ['--allow-host', new URL(address).host]);
  const proxy = await startBare('bare-proxy.ts', { upstream: address });
  const requests = (port: number, path: string) => (count: number) =>
    Array.from({ length: count }, () =>
      Buffer.from(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\nUser-Agent: bench\r\nX-Api-Key: ${key}\r\n\r\n`,
      ),
    );
  try {
    return await compare(
      {
        name: 'signing proxy',
        server: countersign,
        prepare: requests(countersign.port, `/oauth/out/Upstream${PATH}`),
      },
      { name: 'bare undici', server: proxy, prepare: requests(proxy.port, PATH) },
      { ...amount, connections: CONNECTIONS },
    );
  } finally {
    await Promise.all([countersign.stop(), proxy.stop(), upstream.stop()]);
  }
}

/** Enters the provider, alice's connection to it and an API key of hers; gives the key. */
async function connectAlice(directory: string, address: string): Promise<string> {
  const { storage } = await openSqliteDatabase({ directory, clock: CLOCK });
  const now = Math.floor(Date.now() / 1000);
  const provider: ServiceProvider = {
    ...USUAL_CONDUCT,
    id: 'upstream',
    name: 'Upstream',
    consumerKey: 'bench',
    secret: new Secret('benchmark-consumer-secret'),
    description: '',
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: null,
    authorizeUrl: null,
    accessTokenUrl: null,
    baseUrl: address,
    createdAt: now,
    updatedAt: now,
  };
  await storage.serviceProviders.add(provider, { ...EVENT, action: 'service-provider.add' });
  await storage.connections.save(
    {
      id: 'alice-at-upstream',
      userName: 'alice',
      providerName: provider.name,
      gadgetUrl: null,
      audience: audienceOf(provider),
      consumerKey: null,
      token: new Secret('benchToken00000000000000000000001'),
      secret: new Secret('benchmark-token-secret'),
      sessionHandle: null,
      accountLabel: null,
      expiresAt: null,
      sessionExpiresAt: null,
      state: 'active',
      problem: null,
      version: 1,
      createdAt: now,
      renewedAt: null,
      lastUsedAt: null,
    },
    { ...EVENT, action: 'connection.add' },
  );
  const context = { storage, clock: CLOCK, random: { bytes: (length: number) => randomBytes(length) } };
  const { key } = await createApiKey(context, {
    userName: 'alice',
    label: 'bench',
    lastDay: '',
    providers: null,
  });
  await storage.close();
  return key.reveal();
}
