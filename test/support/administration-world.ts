/**
 * An installation in memory whose clock stands still, with the users alice and bob, for tests of administration.
 */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AdministrationContext } from '../../src/administration/index.ts';
import { FixedClock, Secret } from '../../src/base/index.ts';
import type { AccessToken, RecordedAuditEvent, User } from '../../src/model/index.ts';
import { createMemoryStorage } from '../../src/storage/memory/index.ts';
import { countingRandom } from './counting-random.ts';

/** The moment at which it begins, seconds since 1970. */
export const BEGINNING = 1_800_000_000;

/** A pair as an application makes it; PEM texts. */
export const KEY_PAIR = pemPair();

/** Another pair. */
export const OTHER_KEY_PAIR = pemPair();

/** The certificate of the documentation's example: 1024 bits, SHA-1, expired in 2009. */
export const IGOOGLE_CERTIFICATE = readFileSync(new URL('../fixtures/igoogle.pem', import.meta.url), 'utf8');

/** Everything that a test of administration works with. */
export interface AdministrationWorld {
  readonly context: AdministrationContext;
  readonly clock: FixedClock;
  /** The newest entry of the audit log. */
  lastEvent(): Promise<RecordedAuditEvent | undefined>;
  /** Everything in the audit log, as text: for looking for what must not be there. */
  auditText(): Promise<string>;
  addUser(name: string, changes?: Partial<User>): Promise<User>;
  /** Gives the consumer access to what the user may do. */
  grantAccess(consumerKey: string, userName: string): Promise<AccessToken>;
}

/** Opens a new one. */
export async function createAdministrationWorld(): Promise<AdministrationWorld> {
  const clock = new FixedClock(BEGINNING);
  const storage = createMemoryStorage({ clock });
  const world: AdministrationWorld = {
    context: { storage, clock, random: countingRandom() },
    clock,
    lastEvent: async () => (await storage.audit.list({}, { search: '', offset: 0, limit: 1 })).rows[0],
    auditText: async () =>
      JSON.stringify((await storage.audit.list({}, { search: '', offset: 0, limit: 1000 })).rows),
    async addUser(name, changes = {}) {
      const user = { ...userRecord(name), ...changes };
      await storage.users.add(user, setUpEvent(name));
      return user;
    },
    async grantAccess(consumerKey, userName) {
      const hash = `request ${consumerKey} ${userName}`;
      const times = { createdAt: BEGINNING, expiresAt: BEGINNING + 600 };
      await storage.requestTokens.add({
        hash,
        secret: new Secret('request-token-secret'),
        consumerKey,
        state: 'undecided',
        version: '1.0a',
        callback: null,
        userName: null,
        verifierHash: null,
        failedVerifiers: 0,
        gadgetUrl: null,
        ...times,
      });
      await storage.requestTokens.bindUser(hash, userName);
      const approval = { state: 'approved', userName, verifierHash: 'verifier' } as const;
      await storage.requestTokens.decide(hash, approval, setUpEvent(hash));
      const token = accessToken(consumerKey, userName);
      await storage.requestTokens.exchange(hash, token, setUpEvent(token.id));
      return token;
    },
  };
  await world.addUser('alice', { displayName: 'Alice Liddell', isAdministrator: true });
  await world.addUser('bob', { displayName: 'Bob' });
  return world;
}

function userRecord(name: string): User {
  return {
    name,
    displayName: name,
    email: `${name}@example.com`,
    isAdministrator: false,
    isDisabled: false,
    passwordHash: null,
    identity: null,
    createdAt: BEGINNING,
    lastLoginAt: null,
  };
}

function accessToken(consumerKey: string, userName: string): AccessToken {
  return {
    id: `id-${consumerKey}-${userName}`,
    hash: `access ${consumerKey} ${userName}`,
    secret: new Secret('access-token-secret'),
    consumerKey,
    userName,
    gadgetUrl: null,
    sessionHandleHash: `handle ${consumerKey} ${userName}`,
    createdAt: BEGINNING,
    expiresAt: BEGINNING + 7 * 86_400,
    sessionExpiresAt: BEGINNING + 37 * 86_400,
    revokedAt: null,
    lastUsedAt: null,
  };
}

function setUpEvent(object: string) {
  const action = 'user.add' as const;
  return { at: BEGINNING, actor: 'set-up', action, object, before: null, after: null, note: null };
}

function pemPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
