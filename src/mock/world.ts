/** What the mock keeps: memory, filled with the known consumers, users and access token. It ends with the mock. */
import { randomBytes } from 'node:crypto';
import { type Clock, nowSeconds, Secret } from '../base/index.ts';
import {
  type AuditEvent,
  type Installation,
  type NonceStore,
  type Storage,
  tokenHash,
} from '../model/index.ts';
import type { ProviderContext, ProviderSettings } from '../provider/index.ts';
import { createMemoryNonces, createMemoryStorage } from '../storage/memory/index.ts';
import { MOCK_CREDENTIALS, mockConsumers } from './credentials.ts';
import { TEST_PRIVATE_KEY, TEST_PUBLIC_KEY } from './test-key.ts';

const DAY = 86_400;

/** Lifetimes that no test outlives, and the usual window for the clock. */
const SETTINGS: ProviderSettings = {
  accessTokenTtlSeconds: 7 * DAY,
  requestTokenTtlSeconds: 600,
  sessionTtlSeconds: 37 * DAY,
  timestampWindowSeconds: 300,
};

/** The provider behind a mock. */
export interface MockWorld {
  readonly storage: Storage;
  readonly installation: Installation;
  /** The provider as it is when its clock is wrong by so many seconds. */
  provider(skewSeconds: number): ProviderContext;
}

/** Fills a world. */
export async function createMockWorld(): Promise<MockWorld> {
  const clock: Clock = { milliseconds: () => Date.now() };
  const storage = createMemoryStorage({ clock });
  // The window of the nonces is as wide as any skew, so that a skewed clock refuses the timestamp, not the nonce.
  const nonces = createMemoryNonces({ clock, windowSeconds: 365 * DAY, isFenced: false });
  const now = nowSeconds(clock);
  const installation = await storage.installation.create(mockInstallation(now));
  for (const consumer of mockConsumers(now)) await storage.consumers.add(consumer, event(now));
  for (const name of MOCK_CREDENTIALS.users) await addUser(storage, name, now);
  await addAccessToken(storage, now);
  return { storage, installation, provider: (skew) => contextOf(storage, nonces, clock, skew) };
}

function contextOf(storage: Storage, nonces: NonceStore, clock: Clock, skew: number): ProviderContext {
  return {
    storage,
    nonces,
    clock: skew === 0 ? clock : { milliseconds: () => clock.milliseconds() + skew * 1000 },
    random: { bytes: (length) => randomBytes(length) },
    settings: SETTINGS,
    noteUse: () => undefined,
    noteAccepted: () => undefined,
  };
}

function mockInstallation(now: number): Installation {
  return {
    consumerKey: 'mock-provider:0000000000',
    name: 'Mock provider',
    description: 'A provider for tests.',
    callback: null,
    publicKeySpki: TEST_PUBLIC_KEY,
    privateKey: new Secret(TEST_PRIVATE_KEY),
    next: null,
    assertionKey: new Secret(''),
    createdAt: now,
  };
}

async function addUser(storage: Storage, name: string, now: number): Promise<void> {
  const user = {
    name,
    displayName: name[0]!.toUpperCase() + name.slice(1),
    email: null,
    isAdministrator: false,
    isDisabled: false,
    passwordHash: null,
    identity: null,
    createdAt: now,
    lastLoginAt: null,
  };
  await storage.users.add(user, event(now));
}

/** An access token comes of a request token only, in mocks too. */
async function addAccessToken(storage: Storage, now: number): Promise<void> {
  const { consumerKey, accessToken, accessTokenSecret, users } = MOCK_CREDENTIALS;
  const hash = tokenHash('mock-request-token');
  const userName = users[0]!;
  await storage.requestTokens.add({
    hash,
    secret: new Secret(''),
    consumerKey,
    state: 'undecided',
    version: '1.0a',
    callback: null,
    userName: null,
    verifierHash: null,
    failedVerifiers: 0,
    gadgetUrl: null,
    createdAt: now,
    expiresAt: now + DAY,
  });
  await storage.requestTokens.bindUser(hash, userName);
  await storage.requestTokens.decide(hash, { state: 'approved', userName, verifierHash: null }, event(now));
  const token = {
    id: 'mock-token-id',
    hash: tokenHash(accessToken),
    secret: new Secret(accessTokenSecret),
    consumerKey,
    userName,
    gadgetUrl: null,
    sessionHandleHash: tokenHash('mock-session-handle'),
    createdAt: now,
    expiresAt: now + 36_500 * DAY,
    sessionExpiresAt: now + 36_500 * DAY,
    revokedAt: null,
    lastUsedAt: null,
  };
  await storage.requestTokens.exchange(hash, token, event(now));
}

function event(at: number): AuditEvent {
  return { at, actor: 'mock', action: 'consumer.add', object: 'mock', before: null, after: null, note: null };
}
