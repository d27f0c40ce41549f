/** Starts a provider of `peers/`, made with somebody else's library, and our consumer in front of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Secret } from '../../src/base/index.ts';
import {
  beginConnection,
  type ConnectionOutcome,
  type ConsumerContext,
  createConsumerContext,
  finishConnection,
  readConnectionCallback,
} from '../../src/consumer/index.ts';
import { type ServiceProvider, type Storage, USUAL_CONDUCT } from '../../src/model/index.ts';
import type { SignatureMethod } from '../../src/oauth/index.ts';
import { createMemoryStorage } from '../../src/storage/memory/index.ts';
import { createOutbound } from '../../src/web/index.ts';

const SECRET = 'Kd94hf93k423kf44pfkkd9xq';
const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const OWNER = { userName: 'alice', sessionHash: 'session of alice' };
const clock = { milliseconds: () => Date.now() };
const event = { at: 0, actor: 'cli', object: '', before: null, after: null, note: null } as const;

/** Our side, with one provider at an origin. */
export class OurConsumer {
  readonly storage: Storage = createMemoryStorage({ clock });
  readonly context: ConsumerContext;
  readonly #origin: string;

  constructor(origin: string) {
    const outbound = createOutbound({ allowHosts: [new URL(origin).host] });
    this.#origin = origin;
    this.context = createConsumerContext({
      storage: this.storage,
      clock,
      random: { bytes: (length) => randomBytes(length) },
      fetch: outbound.fetch,
      pause,
    });
  }

  /** Registers the provider, and alice. */
  async register(method: SignatureMethod, changes: Partial<ServiceProvider> = {}): Promise<void> {
    const origin = this.#origin;
    await this.storage.users.add(
      {
        name: 'alice',
        displayName: 'Alice',
        email: null,
        isAdministrator: false,
        isDisabled: false,
        passwordHash: null,
        identity: null,
        createdAt: 0,
        lastLoginAt: null,
      },
      { ...event, action: 'user.add' },
    );
    await this.storage.installation.create({
      consumerKey: 'wikiConsumerKey',
      name: 'Wiki',
      description: '',
      callback: null,
      publicKeySpki: '',
      privateKey: new Secret(KEYS.privateKey),
      next: null,
      assertionKey: new Secret(''),
      createdAt: 0,
    });
    const record: ServiceProvider = {
      ...USUAL_CONDUCT,
      id: 'provider of a test',
      name: 'Foreign',
      consumerKey: 'wikiConsumerKey',
      secret: method.startsWith('RSA') ? null : new Secret(SECRET),
      description: '',
      signatureMethod: method,
      requestTokenUrl: `${origin}/request-token`,
      authorizeUrl: `${origin}/authorize`,
      accessTokenUrl: `${origin}/access-token`,
      baseUrl: origin,
      createdAt: 0,
      updatedAt: 0,
      ...changes,
    };
    await this.storage.serviceProviders.add(record, { ...event, action: 'service-provider.add' });
  }

  /** Begins the dance; gives where alice is sent. */
  async begin(callbackUrl = 'http://127.0.0.1:9/oauth/callback?state=a%26b'): Promise<string> {
    const { location } = await beginConnection(this.context, {
      ...OWNER,
      providerName: 'Foreign',
      callbackUrl,
      returnTo: '/',
    });
    return location;
  }

  /** Ends it with the query of the callback. */
  finish(query: string): Promise<ConnectionOutcome> {
    const callback = readConnectionCallback(query);
    if (callback === null) throw new Error(`no callback: ${query}`);
    return finishConnection(this.context, { ...OWNER, callback });
  }

  /** The whole dance. */
  async connect(callbackUrl?: string): Promise<ConnectionOutcome> {
    return this.finish(await decide(await this.begin(callbackUrl), 'approve'));
  }
}

/** Alice decides on the provider's page; gives the query that her browser brings back. */
export async function decide(location: string, decision: 'approve' | 'deny'): Promise<string> {
  const answer = await fetch(`${location}&decision=${decision}`, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').search.slice(1);
}

/** A provider in a process of its own. */
export interface ForeignProvider {
  readonly origin: string;
  stop(): void;
}

/** Starts a provider script that prints its port. @param method which credential it is given */
export async function startForeignProvider(
  command: readonly string[],
  method: SignatureMethod,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<ForeignProvider> {
  const credential = method.startsWith('RSA') ? { publicKey: KEYS.publicKey } : { secret: SECRET };
  const [program = '', ...args] = command;
  const child: ChildProcess = spawn(program, [...args, JSON.stringify({ ...credential, ...settings })], {
    cwd: new URL('peers/', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONWARNINGS: 'ignore', LC_ALL: 'C.UTF-8' },
  });
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return { origin: `http://127.0.0.1:${Number(chunk.toString())}`, stop: () => child.kill('SIGKILL') };
}
