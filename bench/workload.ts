/** What is sent: an installation with one user, two consumers and their tokens, and signed requests as bytes. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Secret } from '../src/base/index.ts';
import { type AuditEvent, type Consumer, type Storage, tokenHash, type User } from '../src/model/index.ts';
import { type SignedRequest, type SigningKey, signRequest } from '../src/oauth/index.ts';
import { openSqliteDatabase } from '../src/storage/sqlite/index.ts';
import { aConsumer } from '../test/support/records.ts';

/** A consumer of the benchmark and its access token. */
export interface Client {
  readonly consumerKey: string;
  readonly token: string;
  readonly tokenSecret: string;
  readonly signatureMethod: 'HMAC-SHA1' | 'RSA-SHA1';
  readonly key: SigningKey;
  /** Key of the HMAC, or base64 SPKI: what the bare server verifies with. */
  readonly verificationKey: string;
}

/** The machine's time. */
export const CLOCK = { milliseconds: () => Date.now() };

/** Makes a data directory with both clients in it. */
export async function prepareInstallation(directory: string): Promise<{ hmac: Client; rsa: Client }> {
  const { storage } = await openSqliteDatabase({ directory, clock: CLOCK });
  const clients = await addClients(storage);
  await storage.close();
  return clients;
}

/** Adds both clients to what is kept. */
export async function addClients(storage: Storage): Promise<{ hmac: Client; rsa: Client }> {
  const clients = { hmac: hmacClient(), rsa: rsaClient() };
  await storage.users.add(alice(), event('user.add', 'alice'));
  for (const client of Object.values(clients)) {
    await storage.consumers.add(consumerOf(client), event('consumer.add', client.consumerKey));
    await addToken(storage, client);
  }
  return clients;
}

/** One GET of the address, signed now with a nonce of its own, as a client sends it. */
export function signedGet(client: Client, url: string): SignedRequest {
  return signRequest({
    method: 'GET',
    url,
    consumerKey: client.consumerKey,
    key: client.key,
    signatureMethod: client.signatureMethod,
    timestamp: Math.floor(Date.now() / 1000),
    nonce: randomBytes(12).toString('hex'),
    token: client.token,
  });
}

/** So many signed GETs, each as the bytes that go over the wire. @param at port of the loopback interface, or the public URL */
export function signedRequests(client: Client, at: number | string, path: string, count: number): Buffer[] {
  const base = typeof at === 'number' ? `http://127.0.0.1:${at}` : at;
  const { host } = new URL(base);
  return Array.from({ length: count }, () => {
    const { authorization } = signedGet(client, base + path);
    return Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\nUser-Agent: bench\r\nAuthorization: ${authorization}\r\n\r\n`,
    );
  });
}

/** The one with a shared secret. */
export function hmacClient(): Client {
  const [consumerSecret, tokenSecret] = ['benchmark-consumer-secret', 'benchmark-token-secret'];
  return {
    consumerKey: 'bench-hmac',
    token: 'benchHmacToken00000000000000000001',
    tokenSecret,
    signatureMethod: 'HMAC-SHA1',
    key: { kind: 'shared-secret', consumerSecret, tokenSecret },
    verificationKey: `${consumerSecret}&${tokenSecret}`,
  };
}

function rsaClient(): Client {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    consumerKey: 'bench-rsa',
    token: 'benchRsaToken000000000000000000001',
    tokenSecret: 'benchmark-token-secret',
    signatureMethod: 'RSA-SHA1',
    key: { kind: 'private-key', key: privateKey },
    verificationKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

/** Its record. */
export function consumerOf({ consumerKey, key, verificationKey }: Client): Consumer {
  const now = Math.floor(Date.now() / 1000);
  return aConsumer({
    key: consumerKey,
    name: consumerKey,
    description: '',
    credential:
      key.kind === 'shared-secret'
        ? { kind: 'shared-secret', secret: new Secret(key.consumerSecret) }
        : { kind: 'public-key', spki: verificationKey, certificate: null },
    createdAt: now,
    updatedAt: now,
  });
}

async function addToken(storage: Storage, client: Client): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const hash = tokenHash(`request token of ${client.consumerKey}`);
  const common = {
    secret: new Secret(client.tokenSecret),
    consumerKey: client.consumerKey,
    userName: 'alice',
    gadgetUrl: null,
  };
  const life = { createdAt: now, expiresAt: now + 7 * 86_400 };
  await storage.requestTokens.add({
    ...common,
    ...life,
    hash,
    state: 'approved',
    version: '1.0a',
    callback: null,
    verifierHash: null,
    failedVerifiers: 0,
  });
  const outcome = await storage.requestTokens.exchange(
    hash,
    {
      ...common,
      ...life,
      id: client.consumerKey,
      hash: tokenHash(client.token),
      sessionHandleHash: tokenHash('handle'),
      sessionExpiresAt: now + 37 * 86_400,
      revokedAt: null,
      lastUsedAt: null,
    },
    event('token.issue', client.consumerKey),
  );
  if (outcome !== 'done') throw new Error('the benchmark could not make its token');
}

/** Whose tokens they are. */
export function alice(): User {
  return {
    name: 'alice',
    displayName: 'Alice',
    email: null,
    isAdministrator: false,
    isDisabled: false,
    passwordHash: null,
    identity: null,
    createdAt: Math.floor(Date.now() / 1000),
    lastLoginAt: null,
  };
}

function event(action: AuditEvent['action'], object: string): AuditEvent {
  return {
    at: Math.floor(Date.now() / 1000),
    actor: 'bench',
    action,
    object,
    before: null,
    after: null,
    note: null,
  };
}
