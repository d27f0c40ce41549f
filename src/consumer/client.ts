/**
 * The consumer for programs of their own (`countersign/consumer`): one provider, a few tokens in memory, the same
 * dance, signing and renewal as the server's, with the same typed errors. Where tokens are to outlive the process,
 * the program keeps what `exportToken` gives and hands it back to `restore`.
 */
import { type Clock, type RandomSource, Secret, sha256Hex } from '../base/index.ts';
import {
  audienceOf,
  type Connection,
  type ProviderConduct,
  type ServiceProvider,
  USUAL_CONDUCT,
} from '../model/index.ts';
import type { SignatureMethod } from '../oauth/index.ts';
import { readConnectionCallback } from './callback.ts';
import { beginConnection, finishConnection } from './connect.ts';
import { type ConsumerContext, createConsumerContext, type FetchAnswer } from './context.ts';
import { ConnectionNeedsApproval } from './errors.ts';
import { type RequestToSign, signedFetch } from './signed-fetch.ts';
import { type StandardFetch, standardFetchPort } from './standard-fetch.ts';
import { createTokenBook } from './token-book.ts';

/** Which provider, as whom, and what is handed in. */
export interface ClientSettings {
  /** How errors name the provider. */
  readonly name?: string;
  readonly requestTokenUrl?: string;
  readonly authorizeUrl?: string;
  readonly accessTokenUrl?: string;
  /** Signed requests go below this address only; without it, to the origin of the token addresses. */
  readonly baseUrl?: string;
  readonly consumerKey: string;
  /** The shared secret, or an RSA private key in PEM. */
  readonly credential: { readonly secret: string } | { readonly privateKey: string };
  /** HMAC-SHA1 with a secret, RSA-SHA1 with a key, unless given. */
  readonly signatureMethod?: SignatureMethod;
  /** What is unusual about the provider. */
  readonly conduct?: Partial<ProviderConduct>;
  /** A standard `fetch`. */
  readonly fetch: StandardFetch;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Lets time pass, in milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** A token as a program may keep it. It holds secrets: keep it as such. */
export interface ClientToken {
  readonly token: string;
  readonly secret: string;
  readonly sessionHandle: string | null;
  /** Seconds since 1970. */
  readonly expiresAt: number | null;
  readonly sessionExpiresAt: number | null;
}

/** Where a user is sent. */
export interface PendingAuthorization {
  readonly location: string;
}

/** A client for one provider. `user` is any name under which the program knows whose token it is. */
export interface Client {
  /**
   * Begins the dance.
   * @param session the id of the browser session that begins it; the callback has to come in the same one
   */
  begin(user: string, session: string, callbackUrl: string): Promise<PendingAuthorization>;
  /**
   * Ends it, with the query of the callback.
   * @throws {ConnectionNeedsApproval} when the user said no, or the callback is not of this session
   * @throws {ProviderAnswerRefused | ProviderUnreachable} when the provider gave no token
   */
  finish(user: string, session: string, callbackQuery: string): Promise<ClientToken>;
  /** Makes a signed request with the user's token, or without any user where `user` is null. */
  readonly fetch: (user: string | null, request: RequestToSign) => Promise<FetchAnswer>;
  /** The user's token as it is now, for keeping; null if there is none. */
  exportToken(user: string): Promise<ClientToken | null>;
  /** Puts a kept token back. */
  restore(user: string, token: ClientToken): Promise<void>;
}

/** Makes a client. Nothing is sent before it is asked for something. */
export function createClient(settings: ClientSettings): Client {
  const provider = providerOf(settings);
  const connections = createTokenBook();
  const context = contextOf(settings, provider, connections);
  const find = (user: string) => connections.findFor(user, provider.name, null);
  return {
    begin(user, session, callbackUrl) {
      return beginConnection(context, {
        providerName: provider.name,
        userName: user,
        sessionHash: sha256Hex(session),
        callbackUrl,
        returnTo: '/',
      });
    },
    async finish(user, session, callbackQuery) {
      const callback = readConnectionCallback(callbackQuery);
      if (callback === null) throw new ConnectionNeedsApproval(provider.name, 'not-connected');
      const owner = { userName: user, sessionHash: sha256Hex(session) };
      const outcome = await finishConnection(context, { callback, ...owner });
      if (outcome.kind === 'failed') throw outcome.error;
      if (outcome.kind === 'denied') throw new ConnectionNeedsApproval(provider.name, outcome.problem);
      if (outcome.kind === 'unknown') throw new ConnectionNeedsApproval(provider.name, 'not-connected');
      return tokenOf(outcome.connection);
    },
    fetch: async (user, request) => {
      if (user === null) {
        return signedFetch(context, { kind: 'two-legged', providerName: provider.name }, request, UNHURRIED);
      }
      const connection = await find(user);
      if (connection === null) throw new ConnectionNeedsApproval(provider.name, 'not-connected');
      return signedFetch(context, { kind: 'user', connection }, request, UNHURRIED);
    },
    async exportToken(user) {
      const connection = await find(user);
      return connection === null ? null : tokenOf(connection);
    },
    async restore(user, token) {
      await connections.restore(restored(context, provider, user, token));
    },
  };
}

const UNHURRIED = { timeoutMs: 30_000 };

function contextOf(
  settings: ClientSettings,
  provider: ServiceProvider,
  connections: ReturnType<typeof createTokenBook>,
): ConsumerContext {
  const { credential, clock, random, pause } = settings;
  return createConsumerContext({
    storage: {
      serviceProviders: { find: async () => provider },
      connections,
      installation: {
        async read() {
          if (!('privateKey' in credential)) return null;
          return {
            consumerKey: provider.consumerKey,
            name: provider.name,
            description: '',
            callback: null,
            publicKeySpki: '',
            privateKey: new Secret(credential.privateKey),
            next: null,
            assertionKey: new Secret(''),
            createdAt: 0,
          };
        },
      },
    },
    clock,
    random,
    fetch: standardFetchPort(settings.fetch),
    pause,
  });
}

function providerOf(settings: ClientSettings): ServiceProvider {
  const { credential } = settings;
  const secret = 'secret' in credential ? new Secret(credential.secret) : null;
  const name = settings.name ?? hostOf(settings.baseUrl ?? settings.accessTokenUrl) ?? 'The provider';
  return {
    ...USUAL_CONDUCT,
    ...settings.conduct,
    id: '',
    name,
    consumerKey: settings.consumerKey,
    secret,
    description: '',
    signatureMethod: settings.signatureMethod ?? (secret === null ? 'RSA-SHA1' : 'HMAC-SHA1'),
    requestTokenUrl: settings.requestTokenUrl ?? null,
    authorizeUrl: settings.authorizeUrl ?? null,
    accessTokenUrl: settings.accessTokenUrl ?? null,
    baseUrl: settings.baseUrl ?? null,
    createdAt: 0,
    updatedAt: 0,
  };
}

function hostOf(address: string | undefined): string | null {
  return address === undefined ? null : (URL.parse(address)?.host ?? null);
}

function tokenOf(connection: Connection): ClientToken {
  return {
    token: connection.token.reveal(),
    secret: connection.secret.reveal(),
    sessionHandle: connection.sessionHandle?.reveal() ?? null,
    expiresAt: connection.expiresAt,
    sessionExpiresAt: connection.sessionExpiresAt,
  };
}

function restored(
  { clock }: ConsumerContext,
  provider: ServiceProvider,
  user: string,
  token: ClientToken,
): Connection {
  return {
    id: sha256Hex(user),
    userName: user,
    providerName: provider.name,
    gadgetUrl: null,
    audience: audienceOf(provider),
    consumerKey: null,
    token: new Secret(token.token),
    secret: new Secret(token.secret),
    sessionHandle: token.sessionHandle === null ? null : new Secret(token.sessionHandle),
    accountLabel: null,
    expiresAt: token.expiresAt,
    sessionExpiresAt: token.sessionExpiresAt,
    state: 'active',
    problem: null,
    version: 1,
    createdAt: Math.floor(clock.milliseconds() / 1000),
    renewedAt: null,
    lastUsedAt: null,
  };
}
