/**
 * A service provider in memory with a clock that stands still, a few users and consumers, and a consumer's side that
 * signs: what the provider's unit tests play on. Randomness is a counter run through SHA-256, so runs repeat exactly.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { FixedClock, Secret } from '../../src/base/index.ts';
import type { Consumer, User } from '../../src/model/index.ts';
import {
  type ArrivedRequest,
  type SignatureMethod,
  type SigningInput,
  signRequest,
} from '../../src/oauth/index.ts';
import type { ProviderContext, ProviderRequest } from '../../src/provider/index.ts';
import { decide, issueAccessToken, issueRequestToken } from '../../src/provider/index.ts';
import { createMemoryNonces, createMemoryStorage } from '../../src/storage/memory/index.ts';
import { countingRandom } from './counting-random.ts';
import { aConsumer } from './records.ts';

/** The moment at which every world begins, seconds since 1970. */
export const BEGINNING = 1_800_000_000;

const ORIGIN = 'https://tracker.example';
const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** The RSA key pair of the consumer `wiki`. */
export const WIKI_KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Secret of the consumers that have one. */
export const CLI_SECRET = 'cli-shared-secret';

/** How a test changes what is signed or what arrives. */
export interface Variation extends Partial<SigningInput> {
  /** Tampers with the request after it was signed. */
  readonly tamper?: (request: ProviderRequest) => ProviderRequest;
  readonly isSecureTransport?: boolean;
  readonly tokenSecret?: string;
}

/** Everything that a provider test works with. */
export interface ProviderWorld {
  readonly context: ProviderContext;
  readonly clock: FixedClock;
  readonly uses: Map<string, number>;
  /** Accepted requests: consumer, method, version and moment. */
  readonly accepted: Parameters<ProviderContext['noteAccepted']>[];
  readonly alice: User;
  readonly bob: User;
  /** Registers a consumer: RSA unless `secret` is given. */
  addConsumer(key: string, changes?: Partial<Consumer> & { secret?: string }): Promise<Consumer>;
  /** A request signed by a consumer, as it arrives. */
  request(consumerKey: string, path: string, variation?: Variation): ProviderRequest;
  /** Goes through the dance up to the access token. */
  dance(consumerKey: string, user: User): Promise<{ token: string; secret: string; handle: string }>;
  /** A request token that the user has approved, with its verifier. */
  approved(consumerKey: string, user: User): Promise<{ token: string; secret: string; verifier: string }>;
}

/** Opens a new world with the users alice and bob, the RSA consumer `wiki` and the HMAC consumer `cli`. */
export async function createProviderWorld(): Promise<ProviderWorld> {
  const clock = new FixedClock(BEGINNING);
  const storage = createMemoryStorage({ clock });
  const nonces = createMemoryNonces({ clock, windowSeconds: 300 });
  const uses = new Map<string, number>();
  const accepted: ProviderWorld['accepted'] = [];
  const context: ProviderContext = {
    storage,
    nonces,
    clock,
    random: countingRandom(),
    settings: {
      accessTokenTtlSeconds: 7 * DAY,
      requestTokenTtlSeconds: 10 * MINUTE,
      sessionTtlSeconds: 37 * DAY,
      timestampWindowSeconds: 300,
    },
    noteUse: (id, at) => uses.set(id, at),
    noteAccepted: (...request) => accepted.push(request),
  };
  clock.advance(1000);
  const [alice, bob] = [user('alice', 'Alice Ito'), user('bob', 'Bob Mori')];
  for (const person of [alice, bob]) await storage.users.add(person, event(person.name));
  const sign = signer(clock);
  const world: ProviderWorld = {
    context,
    clock,
    uses,
    accepted,
    alice,
    bob,
    addConsumer: (key, changes = {}) => addConsumer(context, key, changes),
    request: sign,
    approved: (key, person) => approve(context, sign, key, person),
    dance: (key, person) => dance(context, sign, key, person),
  };
  await world.addConsumer('wiki');
  await world.addConsumer('cli', { secret: CLI_SECRET });
  return world;
}

type Signer = ProviderWorld['request'];

/** Keys ending in one of the RSA consumers' names sign with the wiki's key pair; others with the shared secret. */
function signer(clock: FixedClock): Signer {
  let nonces = 0;
  return (consumerKey, path, variation = {}) => {
    const { tamper, isSecureTransport = true, tokenSecret = '', ...changes } = variation;
    const isRsa = changes.signatureMethod?.startsWith('RSA') ?? consumerKey.startsWith('wiki');
    nonces += 1;
    const signed = signRequest({
      method: 'POST',
      url: `${ORIGIN}${path}`,
      consumerKey,
      key: isRsa
        ? { kind: 'private-key', key: WIKI_KEYS.privateKey }
        : { kind: 'shared-secret', consumerSecret: CLI_SECRET, tokenSecret },
      signatureMethod: (isRsa ? 'RSA-SHA1' : 'HMAC-SHA1') satisfies SignatureMethod,
      timestamp: Math.floor(clock.milliseconds() / 1000),
      nonce: `nonce-${nonces}`,
      ...changes,
    });
    const [rawPath = '', query = ''] = signed.url.slice(ORIGIN.length).split('?');
    const arrived: ArrivedRequest = {
      method: signed.method,
      baseUri: ORIGIN + rawPath,
      query,
      authorization: signed.authorization === null ? [] : [signed.authorization],
      contentType: signed.contentType === null ? [] : [signed.contentType],
      body: signed.body,
    };
    const request = { ...arrived, isSecureTransport, path: rawPath };
    return tamper === undefined ? request : tamper(request);
  };
}

async function approve(context: ProviderContext, sign: Signer, key: string, person: User) {
  const request = sign(key, '/oauth/request-token', { callback: 'https://app.example/back' });
  const issued = await issueRequestToken(context, request);
  const decision = await decide(context, issued.token, person, 'approve');
  if (decision.kind !== 'redirect') throw new Error(`expected a redirect, not ${decision.kind}`);
  const verifier = new URL(decision.location).searchParams.get('oauth_verifier') ?? '';
  return { token: issued.token, secret: issued.secret.reveal(), verifier };
}

async function dance(context: ProviderContext, sign: Signer, key: string, person: User) {
  const { token, secret, verifier } = await approve(context, sign, key, person);
  const request = sign(key, '/oauth/access-token', { token, tokenSecret: secret, verifier });
  const issued = await issueAccessToken(context, request);
  return { token: issued.token, secret: issued.secret.reveal(), handle: issued.sessionHandle };
}

async function addConsumer(
  context: ProviderContext,
  key: string,
  { secret, ...changes }: Partial<Consumer> & { secret?: string },
): Promise<Consumer> {
  const consumer = aConsumer({
    key,
    name: key,
    description: '',
    credential:
      secret === undefined
        ? { kind: 'public-key', spki: spki(WIKI_KEYS.publicKey), certificate: null }
        : { kind: 'shared-secret', secret: new Secret(secret) },
    createdAt: BEGINNING,
    updatedAt: BEGINNING,
    ...changes,
  });
  await context.storage.consumers.add(consumer, event(key));
  return consumer;
}

/** A public key as consumers' records keep it. */
export function spki(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

function user(name: string, displayName: string): User {
  return {
    name,
    displayName,
    email: null,
    isAdministrator: false,
    isDisabled: false,
    passwordHash: null,
    identity: null,
    createdAt: BEGINNING,
    lastLoginAt: null,
  };
}

/** An audit event for set-ups that nobody looks at. */
export function event(object: string) {
  return {
    at: BEGINNING,
    actor: 'set-up',
    action: 'user.add' as const,
    object,
    before: null,
    after: null,
    note: null,
  };
}
