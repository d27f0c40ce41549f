/**
 * A consumer whose provider is the provider world, in one process: what is fetched is handed to the provider's use
 * cases, so every signature that is made here is verified there. A test may put something else in a provider's place
 * with `answerWith`, and looks at what was sent in `sent`.
 */

import { Secret } from '../../src/base/index.ts';
import {
  beginConnection,
  type ConsumerContext,
  createConsumerContext,
  type FetchAnswer,
  type FetchRequest,
  finishConnection,
  readConnectionCallback,
} from '../../src/consumer/index.ts';
import {
  type Connection,
  type ServiceProvider,
  type Storage,
  USUAL_CONDUCT,
  type User,
} from '../../src/model/index.ts';
import { Problem, reportProblem, writeForm } from '../../src/oauth/index.ts';
import {
  authenticate,
  decide,
  issueAccessToken,
  issueRequestToken,
  type ProviderRequest,
} from '../../src/provider/index.ts';
import { createMemoryStorage } from '../../src/storage/memory/index.ts';
import { arrive } from './arrive.ts';
import { countingRandom } from './counting-random.ts';
import { CLI_SECRET, createProviderWorld, event, type ProviderWorld, WIKI_KEYS } from './provider-world.ts';

/** Where the provider is. */
export const TRACKER = 'https://tracker.example';

/** Our callback there. */
export const CALLBACK = 'https://wiki.example/oauth/callback';

/** One request that went out. */
export interface SentRequest extends FetchRequest {
  readonly url: string;
}

/** Answers in the provider's place; null lets the provider answer. */
export type Interception = (
  request: SentRequest,
) => Partial<FetchAnswer> | null | Promise<Partial<FetchAnswer> | null>;

export interface ConsumerWorld {
  readonly provider: ProviderWorld;
  readonly storage: Storage;
  readonly context: ConsumerContext;
  readonly sent: SentRequest[];
  answerWith(interception: Interception): void;
  /** Registers the provider world as a service provider of ours. */
  addProvider(changes?: Partial<ServiceProvider>): Promise<ServiceProvider>;
  /** Another process with the same storage. */
  otherNode(): ConsumerContext;
  /** Alice asks to be connected, and approves there; gives the callback's query. */
  approve(begin?: { sessionHash?: string; provider?: string }): Promise<string>;
  /** The whole dance for alice. */
  connect(provider?: string): Promise<Connection>;
}

/** A world with the provider `Tracker`, signed for with RSA-SHA1 by the installation's own key. */
export async function createConsumerWorld(): Promise<ConsumerWorld> {
  const provider = await createProviderWorld();
  const { clock } = provider;
  const storage = createMemoryStorage({ clock });
  await storage.users.add(provider.alice, event('alice'));
  await storage.users.add(provider.bob, event('bob'));
  await storage.installation.create(installation());
  const sent: SentRequest[] = [];
  let intercept: Interception = () => null;
  const fetch = async (url: string, request: FetchRequest): Promise<FetchAnswer> => {
    sent.push({ ...request, url });
    const answer = await intercept({ ...request, url });
    return answer === null
      ? answerOf(provider, url, request)
      : { status: 200, headers: {}, body: new Uint8Array(), ...answer };
  };
  const counting = countingRandom();
  // The provider draws from the same counter; a nonce of ours must not happen to be a token of its.
  const random = { bytes: (length: number) => counting.bytes(length).map((byte) => byte ^ 0x5a) };
  const pause = async () => {
    await new Promise((resolve) => setImmediate(resolve));
  };
  const newContext = () => createConsumerContext({ storage, clock, random, fetch, pause });
  const context = newContext();
  const approve: ConsumerWorld['approve'] = async (begin = {}) => {
    const { location } = await beginConnection(context, {
      providerName: begin.provider ?? 'Tracker',
      userName: 'alice',
      sessionHash: begin.sessionHash ?? 'session of alice',
      callbackUrl: CALLBACK,
      returnTo: '/pages/1',
    });
    return approveAt(provider, location, provider.alice);
  };
  const world: ConsumerWorld = {
    provider,
    storage,
    context,
    sent,
    answerWith: (interception) => {
      intercept = interception;
    },
    addProvider: (changes = {}) => addProvider(storage, changes),
    otherNode: newContext,
    approve,
    async connect(name) {
      const query = await approve(name === undefined ? {} : { provider: name });
      const outcome = await finishConnection(context, {
        callback: readConnectionCallback(query)!,
        sessionHash: 'session of alice',
        userName: 'alice',
      });
      if (outcome.kind !== 'connected') throw new Error(`not connected: ${JSON.stringify(outcome)}`);
      return outcome.connection;
    },
  };
  await world.addProvider();
  return world;
}

/** A form as an answer's body. */
export function formAnswer(fields: Readonly<Record<string, string>>): Partial<FetchAnswer> {
  return { body: Buffer.from(writeForm(Object.entries(fields))) };
}

/** A 401 as a provider with Problem Reporting gives it. */
export function problemAnswer(problem: string): Partial<FetchAnswer> {
  return {
    status: 401,
    headers: { 'www-authenticate': `OAuth realm="x", oauth_problem="${problem}"` },
    body: Buffer.from(`oauth_problem=${problem}`),
  };
}

/** What the provider's user decides on the authorize page; gives the callback's query. */
export async function approveAt(
  provider: ProviderWorld,
  location: string,
  user: User,
  choice: 'approve' | 'deny' = 'approve',
): Promise<string> {
  const token = new URL(location).searchParams.get('oauth_token') ?? '';
  const decision = await decide(provider.context, token, user, choice);
  if (decision.kind !== 'redirect') throw new Error(`expected a redirect, not ${decision.kind}`);
  return new URL(decision.location).search.slice(1);
}

async function addProvider(storage: Storage, changes: Partial<ServiceProvider>): Promise<ServiceProvider> {
  const isShared = changes.signatureMethod !== undefined && !changes.signatureMethod.startsWith('RSA');
  const record: ServiceProvider = {
    ...USUAL_CONDUCT,
    id: 'provider of a test',
    name: 'Tracker',
    consumerKey: isShared ? 'cli' : 'wiki',
    secret: isShared ? new Secret(CLI_SECRET) : null,
    description: '',
    signatureMethod: 'RSA-SHA1',
    requestTokenUrl: `${TRACKER}/oauth/request-token`,
    authorizeUrl: `${TRACKER}/oauth/authorize`,
    accessTokenUrl: `${TRACKER}/oauth/access-token`,
    baseUrl: `${TRACKER}/`,
    createdAt: 0,
    updatedAt: 0,
    ...changes,
  };
  await storage.serviceProviders.remove(record.name, event(record.name));
  await storage.serviceProviders.add(record, event(record.name));
  return record;
}

async function answerOf(provider: ProviderWorld, url: string, request: FetchRequest): Promise<FetchAnswer> {
  try {
    return answer(200, {}, await handle(provider, url, request));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { status, authenticate, body } = reportProblem(error, TRACKER, null);
    return answer(status, { 'www-authenticate': authenticate }, body);
  }
}

async function handle({ context }: ProviderWorld, url: string, request: FetchRequest): Promise<string> {
  const { authorization, 'content-type': contentType } = request.headers;
  const arrived = arrive(url, {
    method: request.method,
    ...(authorization !== undefined && { authorization }),
    ...(contentType !== undefined && { contentType }),
    body: request.body ?? '',
  });
  const path = arrived.baseUri.slice(TRACKER.length);
  const incoming: ProviderRequest = { ...arrived, path, isSecureTransport: url.startsWith('https:') };
  if (path === '/oauth/request-token') {
    const { token, secret } = await issueRequestToken(context, incoming);
    return writeForm([
      ['oauth_token', token],
      ['oauth_token_secret', secret.reveal()],
      ['oauth_callback_confirmed', 'true'],
    ]);
  }
  if (path === '/oauth/access-token') {
    const issued = await issueAccessToken(context, incoming);
    return writeForm([
      ['oauth_token', issued.token],
      ['oauth_token_secret', issued.secret.reveal()],
      ['oauth_expires_in', String(issued.expiresIn)],
      ['oauth_session_handle', issued.sessionHandle],
      ['oauth_authorization_expires_in', String(issued.authorizationExpiresIn)],
    ]);
  }
  if (path === '/oauth/authorize') return '<!doctype html><title>Approve</title>';
  const { user } = await authenticate(context, incoming);
  return `data of ${user?.name ?? 'nobody'}`;
}

function answer(status: number, headers: Record<string, string>, text: string): FetchAnswer {
  return { status, headers, body: Buffer.from(text) };
}

function installation() {
  return {
    consumerKey: 'wiki',
    name: 'Wiki',
    description: '',
    callback: null,
    publicKeySpki: WIKI_KEYS.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: new Secret(WIKI_KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    next: null,
    assertionKey: new Secret(''),
    createdAt: 0,
  };
}
