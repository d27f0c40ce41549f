/**
 * Wires the parts together: the use cases to what is kept, the faces to the use cases, and all of them behind one
 * dispatcher. Nothing here decides anything; it is the list of what the server consists of.
 */
import type { RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  type AccountsContext,
  createPasswordHasher,
  findApiKeyHolder,
  type LoginOutcome,
} from '../accounts/index.ts';
import {
  administrationPages,
  applicationPages,
  connectionPages,
  peoplePages,
  problemPages,
  signaturePages,
} from '../console/index.ts';
import { createConsumerContext } from '../consumer/index.ts';
import { oauthEndpoints } from '../endpoints/index.ts';
import {
  createAssertionSigner,
  createForwardAuth,
  createGateway,
  type ForwardAuthSettings,
  type Gateway,
  type GatewaySettings,
} from '../gateway/index.ts';
import type { Installation } from '../model/index.ts';
import { authenticate, type ProviderContext, type TokenUses, type UsageCounter } from '../provider/index.ts';
import { apiReferencePages, createRestApi } from '../rest-api/index.ts';
import { createSigningProxy } from '../signing-proxy/index.ts';
import {
  createOutbound,
  createOutboundStreams,
  createPages,
  createWirePolicy,
  type Pages,
  servePage,
} from '../web/index.ts';
import { type Answerer, createDispatcher } from './dispatch.ts';
import { writtenAddress } from './listener.ts';
import { countRefusal } from './metrics/index.ts';
import type { OpenGuards } from './open-guards.ts';
import type { OpenInstallation } from './open-installation.ts';
import { providerSettings } from './provider-settings.ts';
import { type RefusalCounts, RefusalRecorder } from './refusal-recorder.ts';
import { RequestLog } from './request-log.ts';
import type { Settings } from './settings/index.ts';
import {
  requestObservers,
  upstreamObserver,
  type Watchers,
  watchedJudgement,
  watchedOutbound,
  watchedProvider,
  watchedStreams,
} from './watchers.ts';

/** What the parts are made from. */
export interface Ingredients extends Watchers {
  readonly settings: Settings;
  readonly open: OpenInstallation;
  readonly identity: Installation;
  readonly guards: Pick<OpenGuards, 'nonces' | 'requestRate'>;
  readonly uses: TokenUses;
  readonly usage: UsageCounter;
  readonly publicUrl: URL;
  readonly listenAddress: { readonly address: string; readonly port: number };
  readonly log: Logger;
}

/** The parts, wired. */
export interface Composition {
  readonly handle: RequestListener;
  readonly accounts: AccountsContext;
  readonly refusals: RefusalCounts;
  /** Cuts the connections to the upstream and to providers, and writes down what was refused. */
  close(): Promise<void>;
}

/** Wires the server. */
export async function compose(ingredients: Ingredients): Promise<Composition> {
  const { settings, open, publicUrl, log, meters } = ingredients;
  const requestLog = new RequestLog(log);
  const provider = providerContext(ingredients, requestLog);
  const noteLogin = (outcome: LoginOutcome['kind']) => meters?.logins.count(outcome);
  const accounts: AccountsContext = { ...open, passwords: createPasswordHasher(open.random), noteLogin };
  const administration = { ...open, allowPlainHttpCallbacks: publicUrl.protocol === 'http:' };
  const allowHosts = settings.allowHost.map(writtenAddress);
  const outbound = watchedOutbound(createOutbound({ allowHosts }), meters);
  const streams = watchedStreams(createOutboundStreams({ allowHosts }), meters);
  const consumer = createConsumerContext({ ...open, fetch: outbound.fetch, pause });
  const diagnosis = {
    settings: provider.settings,
    trustedProxies: settings.trustProxy,
    isCapturing: settings.captureRefusals === 'on',
  };
  const pages = createPages({
    publicUrl,
    accounts,
    installationName: async () => (await open.storage.installation.read())!.name,
    sets: [
      peoplePages({ accounts, provider }),
      connectionPages({ storage: open.storage, consumer }),
      applicationPages({ administration, diagnosis }),
      administrationPages({ administration, accounts, outbound, consumer, diagnosis }),
      problemPages(),
      apiReferencePages(),
      signaturePages(),
    ],
    onError: (err, requestId) => log.error({ err, requestId }, 'page failed'),
  });
  const answerPage: Answerer = (wire, response) => servePage(pages, wire, response);
  const assertions = await createAssertionSigner({
    privateKey: ingredients.identity.assertionKey,
    issuer: publicUrl.href,
    audience: settings.upstream?.origin ?? publicUrl.origin,
    clock: open.clock,
    random: open.random,
  });
  const endpoints = oauthEndpoints({
    provider,
    readInstallation: async () => (await open.storage.installation.read())!,
    findSessionUser: (wire) => findUser(pages, wire.header('cookie')),
    keySet: () => assertions.keySet(),
  });
  const rules: Pick<GatewaySettings, 'publicPaths' | 'authenticate' | 'findSession' | 'assertions'> = {
    publicPaths: settings.publicPath,
    authenticate: watchedJudgement((request) => authenticate(provider, request), ingredients),
    findSession: (cookie) => findUser(pages, cookie),
    assertions,
  };
  const gateway: Gateway = createGateway({
    ...rules,
    upstream: settings.upstream ?? null,
    publicUrl,
    answerWithoutUpstream: answerPage,
    onUpstreamFailure: ({ requestId, path }, err) => log.warn({ err, requestId, path }, 'upstream failed'),
    ...upstreamObserver(ingredients),
  });
  const signingProxy = createSigningProxy({
    consumer,
    streams,
    findSession: (cookie) => findUser(pages, cookie),
    findHolder: (key) => findApiKeyHolder(open, key),
    connectionsUrl: new URL('oauth/connections', `${publicUrl.href.replace(/\/$/, '')}/`).href,
    onProviderFailure: ({ requestId, path }, err) => log.warn({ err, requestId, path }, 'provider failed'),
  });
  const restApi = createRestApi({
    administration,
    accounts,
    outbound,
    settings: provider.settings,
    publicUrl: publicUrl.href.replace(/\/$/, ''),
    findHolder: (key) => findApiKeyHolder(open, key),
    onTrouble: (err, requestId) => log.error({ err, requestId }, 'API call failed'),
  });
  const policy = createWirePolicy({
    publicUrl,
    listenAddress: () => ingredients.listenAddress,
    trustedProxies: settings.trustProxy,
  });
  const onTrouble = (err: unknown) => log.error({ err }, 'refused requests could not be kept');
  const refusals = new RefusalRecorder({ ...open, publicUrl, onTrouble });
  const noteRefusal: ForwardAuthSettings['noteRefusal'] =
    settings.captureRefusals === 'on' ? (...refusal) => refusals.note(...refusal) : () => {};
  const forwardAuth = createForwardAuth({
    ...rules,
    noteRefusal(wire, problem) {
      noteRefusal(wire, problem);
      if (meters !== null) countRefusal(meters, 'forward-auth', wire, problem);
      requestLog.refused({ face: 'forward-auth', wire, status: problem.status, refusal: problem });
    },
  });
  return {
    handle: createDispatcher({
      policy,
      endpoints,
      forwardAuth: (wire, response) => forwardAuth.handle(wire, response),
      restApi: (wire, response) => restApi.handle(wire, response),
      signingProxy: (wire, response) => signingProxy.handle(wire, response),
      pages: answerPage,
      elsewhere: (wire, response) => gateway.handle(wire, response),
      noteRefusal,
      observers: requestObservers(ingredients),
      log,
      requestLog,
    }),
    accounts,
    refusals,
    close: async () => void (await Promise.all([gateway.close(), streams.close(), refusals.stop()])),
  };
}

function providerContext(
  { open, guards, uses, usage, settings, meters }: Ingredients,
  requestLog: RequestLog,
): ProviderContext {
  const context: ProviderContext = {
    storage: open.storage,
    nonces: guards.nonces,
    requestRate: guards.requestRate,
    clock: open.clock,
    random: open.random,
    settings: providerSettings(settings),
    noteUse: (tokenId, at) => uses.note(tokenId, at),
    noteAccepted(consumerKey, method, version, at) {
      usage.note(consumerKey, method, version, at);
      requestLog.noteAccepted(consumerKey);
    },
  };
  return watchedProvider(context, meters);
}

async function findUser(pages: Pages, cookieHeader: string | undefined) {
  return (await pages.findViewer(cookieHeader))?.user ?? null;
}
