/**
 * The dance as its consumer (RFC 5849 s2): begin, send the user away, finish when the user comes back. The request
 * token is bound to the browser session and user that began it, and the provider is taken from our own record of it:
 * a link that somebody else prepared finishes nothing here (session fixation, advisory 2009.1; mix-up of providers).
 */
import { nowSeconds, randomAlphanumeric, Secret } from '../base/index.ts';
import {
  type AuditAction,
  type AuditEvent,
  audienceOf,
  type Connection,
  type PendingConnection,
  type ServiceProvider,
  tokenHash,
} from '../model/index.ts';
import { askForToken } from './ask-for-token.ts';
import type { ConnectionCallback } from './callback.ts';
import type { ConsumerContext } from './context.ts';
import {
  isProviderTrouble,
  ProviderAnswerRefused,
  type ProviderTrouble,
  RequestNotAllowed,
} from './errors.ts';
import { readSignedUrl } from './sign-for.ts';
import type { TokenResponse } from './token-response.ts';

/** How long a user may take at the provider. */
const PENDING_SECONDS = 600;

const ID_LENGTH = 16;

/** Who wants to be connected to what. */
export interface BeginConnection {
  readonly providerName: string;
  readonly userName: string;
  /** SHA-256 of the browser session's id. */
  readonly sessionHash: string;
  /** Our callback, absolute. */
  readonly callbackUrl: string;
  /** Local path where the user goes on afterwards. */
  readonly returnTo: string;
  /** The gadget that asks, by the address of its spec; the connection will be its own. */
  readonly gadgetUrl?: string | null;
}

/**
 * Asks for a request token and keeps it until its user comes back.
 * @returns where to send the user's browser
 * @throws {RequestNotAllowed | ProviderUnreachable | ProviderAnswerRefused}
 */
export async function beginConnection(
  context: ConsumerContext,
  input: BeginConnection,
): Promise<{ readonly location: string }> {
  const provider = await requireProvider(context, input.providerName);
  const gadgetUrl = input.gadgetUrl ?? null;
  const response = await askForRequestToken(context, provider, input.callbackUrl, gadgetUrl);
  const createdAt = nowSeconds(context.clock);
  const isKept = await context.storage.connections.addPending({
    hash: tokenHash(response.token),
    secret: response.secret,
    providerName: provider.name,
    userName: input.userName,
    sessionHash: input.sessionHash,
    audience: audienceOf(provider),
    gadgetUrl,
    returnTo: localPath(input.returnTo),
    createdAt,
    expiresAt: createdAt + PENDING_SECONDS,
  });
  if (!isKept) throw new RequestNotAllowed(provider.name, 'token-in-use');
  return { location: authorizeLocation(provider, response.token, input.callbackUrl) };
}

/** The first step alone. @throws as {@link beginConnection} */
export async function askForRequestToken(
  context: ConsumerContext,
  provider: ServiceProvider,
  callback: string,
  gadgetUrl: string | null = null,
): Promise<TokenResponse> {
  if (provider.authorizeUrl === null) throw new RequestNotAllowed(provider.name, 'no-addresses');
  const response = await askForToken(context, provider, provider.requestTokenUrl, {
    presented: null,
    gadgetUrl,
    ...(provider.confirmsCallback && { callback }),
  });
  if (provider.confirmsCallback && !response.isCallbackConfirmed) {
    throw new ProviderAnswerRefused(provider.name, 'callback-not-confirmed', { status: 200 });
  }
  return response;
}

/** Where the user decides. @see RFC 5849 s2.2 */
export function authorizeLocation(provider: ServiceProvider, token: string, callback: string): string {
  const url = readSignedUrl(provider, provider.authorizeUrl ?? '');
  url.searchParams.set('oauth_token', token);
  if (provider.callbackAtAuthorize) url.searchParams.set('oauth_callback', callback);
  return url.href;
}

/** Who came back with what. */
export interface FinishConnection {
  readonly callback: ConnectionCallback;
  readonly sessionHash: string;
  readonly userName: string;
}

/** What was known at the beginning. */
interface Ended {
  readonly provider: string;
  /** The gadget that asked; null if none did. */
  readonly gadgetUrl: string | null;
  /** The local path given at the beginning. */
  readonly returnTo: string;
}

/** How it ended. */
export type ConnectionOutcome =
  | (Ended & { readonly kind: 'connected'; readonly connection: Connection })
  | (Ended & { readonly kind: 'denied'; readonly problem: string })
  | (Ended & { readonly kind: 'failed'; readonly error: ProviderTrouble })
  /** Nothing of this session's and user's is pending under that token: replayed, too late, or somebody else's. */
  | { readonly kind: 'unknown' };

/**
 * Exchanges the approved request token and keeps the connection in place of an earlier one. The pending record is
 * taken before anything else, so a callback works once, whoever repeats it.
 */
export async function finishConnection(
  context: ConsumerContext,
  { callback, ...owner }: FinishConnection,
): Promise<ConnectionOutcome> {
  const now = nowSeconds(context.clock);
  const pending = await context.storage.connections.takePending(tokenHash(callback.token), owner, now);
  if (pending === null) return { kind: 'unknown' };
  const { providerName: provider, gadgetUrl, returnTo } = pending;
  const ended: Ended = { provider, gadgetUrl, returnTo };
  if (callback.verdict.kind === 'denied') {
    return { kind: 'denied', problem: callback.verdict.problem, ...ended };
  }
  try {
    const { verifier } = callback.verdict;
    const connection = await exchange(context, pending, callback.token, verifier);
    return { kind: 'connected', connection, ...ended };
  } catch (error) {
    if (!isProviderTrouble(error)) throw error;
    const isDenied = error instanceof ProviderAnswerRefused && DENIALS.has(error.problem ?? '');
    if (isDenied) return { kind: 'denied', problem: error.problem ?? '', ...ended };
    return { kind: 'failed', error, ...ended };
  }
}

/** Problems of an exchange that say what the user decided. */
const DENIALS = new Set(['permission_denied', 'user_refused']);

/**
 * Forgets our copy of a user's token. The provider still holds its own: the user ends that there.
 * @returns the connection that was forgotten, null if the user has none of that id
 */
export async function disconnect(
  context: ConsumerContext,
  userName: string,
  id: string,
): Promise<Connection | null> {
  const connection = await context.storage.connections.find(id);
  if (connection === null) return null;
  const event = connectionEvent(connection, 'connection.remove', nowSeconds(context.clock));
  return (await context.storage.connections.remove(id, userName, event)) ? connection : null;
}

/** The entry of the audit log about a connection. It names no token. */
export function connectionEvent(
  connection: Connection,
  action: AuditAction,
  at: number = connection.createdAt,
  note: string | null = null,
): AuditEvent {
  const { userName, providerName, gadgetUrl, accountLabel, expiresAt } = connection;
  const fields = { provider: providerName, gadget: gadgetUrl, account: accountLabel, expiresAt };
  const isOver = action === 'connection.remove';
  return {
    at,
    actor: userName,
    action,
    object: connection.id,
    before: isOver ? fields : null,
    after: isOver ? null : fields,
    note,
  };
}

/** The end of something that lasts so many seconds from now. */
export function endOf(now: number, seconds: number | null): number | null {
  return seconds === null ? null : now + seconds;
}

async function exchange(
  context: ConsumerContext,
  pending: PendingConnection,
  token: string,
  verifier: string | null,
): Promise<Connection> {
  const provider = await requireProvider(context, pending.providerName);
  if (audienceOf(provider) !== pending.audience)
    throw new RequestNotAllowed(provider.name, 'provider-changed');
  if (provider.confirmsCallback && verifier === null) {
    throw new ProviderAnswerRefused(provider.name, 'verifier-missing', { status: 200 });
  }
  const response = await askForToken(context, provider, provider.accessTokenUrl, {
    presented: { token, secret: pending.secret },
    ...(verifier !== null && { verifier }),
  });
  const connection = newConnection(context, pending, response);
  const event = connectionEvent(connection, 'connection.add');
  const isKept = await context.storage.connections.save(connection, event);
  if (!isKept) throw new RequestNotAllowed(provider.name, 'unknown-provider');
  return connection;
}

/** A connection that begins now. */
export function newConnection(
  { clock, random }: ConsumerContext,
  owner: Pick<Connection, 'userName' | 'providerName' | 'gadgetUrl' | 'audience'>,
  response: TokenResponse,
  consumerKey: string | null = null,
): Connection {
  const now = nowSeconds(clock);
  return {
    id: randomAlphanumeric(random, ID_LENGTH),
    userName: owner.userName,
    providerName: owner.providerName,
    gadgetUrl: owner.gadgetUrl,
    audience: owner.audience,
    consumerKey,
    token: new Secret(response.token),
    secret: response.secret,
    sessionHandle: response.sessionHandle,
    accountLabel: response.accountLabel,
    expiresAt: endOf(now, response.expiresIn),
    sessionExpiresAt: endOf(now, response.authorizationExpiresIn),
    state: 'active',
    problem: null,
    version: 1,
    createdAt: now,
    renewedAt: null,
    lastUsedAt: null,
  };
}

/** @throws {RequestNotAllowed} unknown-provider */
export async function requireProvider({ storage }: ConsumerContext, name: string): Promise<ServiceProvider> {
  const provider = await storage.serviceProviders.find(name);
  if (provider === null) throw new RequestNotAllowed(name, 'unknown-provider');
  return provider;
}

/** Anything but a path of our own would make the callback an open redirect. */
function localPath(path: string): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && !path.includes('\\') ? path : '/';
}
