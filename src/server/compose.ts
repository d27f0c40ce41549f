/**
 * Wires the parts together: the use cases to what is kept, the faces to the use cases, and all of them behind one
 * dispatcher. Nothing here decides anything; it is the list of what the server consists of.
 */
import type { RequestListener } from 'node:http';
import { type AccountsContext, findApiKeyHolder, type IdentityProvider } from '../accounts/index.ts';
import {
  administrationPages,
  applicationPages,
  connectionPages,
  peoplePages,
  problemPages,
  searchPages,
  signaturePages,
} from '../console/index.ts';
import { dashboardEndpoints, dashboardPages, gadgetSources } from '../dashboard/index.ts';
import { oauthEndpoints } from '../endpoints/index.ts';
import { gadgetTitles, ticketKey } from '../gadgets/index.ts';
import {
  type AssertionSigner,
  createAssertionSigner,
  createForwardAuth,
  createGateway,
  type ForwardAuthSettings,
  type Gateway,
  type GatewaySettings,
} from '../gateway/index.ts';
import { authenticate } from '../provider/index.ts';
import { apiReferencePages, createRestApi, type RestApi } from '../rest-api/index.ts';
import { createSigningProxy, type SigningProxy } from '../signing-proxy/index.ts';
import {
  createPages,
  createWirePolicy,
  type Endpoint,
  type Pages,
  readUserHeader,
  servePage,
  type WireRequest,
} from '../web/index.ts';
import { type Contexts, createContexts, type Ingredients } from './contexts.ts';
import { createDispatcher } from './dispatch.ts';
import { countRefusal } from './metrics/index.ts';
import { openIdProvider } from './openid/index.ts';
import { type RefusalCounts, RefusalRecorder } from './refusal-recorder.ts';
import { secondFactorRule } from './second-factor-rule.ts';
import { createUserHeaderLog, proxyLogin, userHeadersOf } from './user-header.ts';
import { requestObservers, upstreamObserver, watchedJudgement } from './watchers.ts';

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
  const { settings, open, publicUrl, log } = ingredients;
  const contexts = createContexts(ingredients);
  const pages = composePages(ingredients, contexts);
  const assertions = await composeAssertions(ingredients);
  const rules = accessRules(ingredients, contexts, pages, assertions);
  const gateway = composeGateway(ingredients, rules, pages);
  const signingProxy = composeSigningProxy(ingredients, contexts, pages);
  const restApi = composeRestApi(ingredients, contexts);
  const onTrouble = (err: unknown) => log.error({ err }, 'refused requests could not be kept');
  const refusals = new RefusalRecorder({ ...open, publicUrl, onTrouble });
  const noteRefusal: ForwardAuthSettings['noteRefusal'] =
    settings.captureRefusals === 'on' ? (...refusal) => refusals.note(...refusal) : () => {};
  const forwardAuth = createForwardAuth({
    ...rules,
    noteRefusal: watchedRefusals(ingredients, contexts, noteRefusal),
  });
  const { listenAddress } = ingredients;
  const noteUserHeader = createUserHeaderLog(log, open.clock);
  return {
    handle: createDispatcher({
      policy: createWirePolicy({
        publicUrl,
        listenAddress: () => listenAddress,
        trustedProxies: settings.trustProxy,
        userHeaders: userHeadersOf(settings),
      }),
      endpoints: composeEndpoints(ingredients, contexts, pages, () => assertions.keySet()),
      forwardAuth: (wire, response) => forwardAuth.handle(wire, response),
      restApi: (wire, response) => restApi.handle(wire, response),
      signingProxy: (wire, response) => signingProxy.handle(wire, response),
      pages: (wire, response) => {
        noteUserHeader(wire);
        return servePage(pages, wire, response);
      },
      elsewhere: (wire, response) => gateway.handle(wire, response),
      noteRefusal,
      observers: requestObservers(ingredients),
      log,
      requestLog: contexts.requestLog,
    }),
    accounts: contexts.accounts,
    refusals,
    close: async () => void (await Promise.all([gateway.close(), contexts.streams.close(), refusals.stop()])),
  };
}

function composeEndpoints(
  { open }: Ingredients,
  { provider, gadgets }: Contexts,
  pages: Pages,
  keySet: () => string,
): Endpoint[] {
  const shared = {
    provider,
    readInstallation: async () => (await open.storage.installation.read())!,
    findSessionUser: (wire: WireRequest) => findUser(pages, wire.header('cookie'), wire),
  };
  return [...oauthEndpoints({ ...shared, keySet }), ...dashboardEndpoints({ ...shared, gadgets })];
}

function composePages(ingredients: Ingredients, contexts: Contexts): Pages {
  const { settings, open, publicUrl, log } = ingredients;
  const { accounts, administration, consumer, outbound, provider } = contexts;
  const titles = gadgetTitles(contexts.gadgets);
  const secondFactorFor = secondFactorRule(settings, accounts);
  const diagnosis = {
    settings: provider.settings,
    trustedProxies: settings.trustProxy,
    isCapturing: settings.captureRefusals === 'on',
  };
  const sets = [
    peoplePages({
      ...{ accounts, provider, gadgetTitles: titles, secondFactorFor },
      identityProvider: composeIdentityProvider(ingredients, contexts),
      proxyLogin: proxyLogin(settings, log),
    }),
    connectionPages({ storage: open.storage, consumer, gadgetTitles: titles }),
    applicationPages({ administration, diagnosis }),
    administrationPages({ administration, accounts, outbound, consumer, diagnosis }),
    dashboardPages({ ...contexts, publicUrl, ticketKey: ticketKey(ingredients.identity) }),
    problemPages(),
    apiReferencePages(),
    signaturePages(),
  ];
  return createPages({
    publicUrl,
    accounts,
    installationName: async () => (await open.storage.installation.read())!.name,
    sets: [...sets, searchPages(administration, sets)],
    secondFactorFor,
    onError: (err, requestId) => log.error({ err, requestId }, 'page failed'),
  });
}

function composeIdentityProvider(
  { settings, open, publicUrl, log }: Ingredients,
  { outbound }: Contexts,
): IdentityProvider | null {
  return openIdProvider(settings, bare(publicUrl), { ...open, outbound }, log);
}

function composeAssertions(ingredients: Ingredients): Promise<AssertionSigner> {
  const { settings, open, identity, publicUrl } = ingredients;
  return createAssertionSigner({
    privateKey: identity.assertionKey,
    issuer: publicUrl.href,
    audience: settings.upstream?.origin ?? publicUrl.origin,
    clock: open.clock,
    random: open.random,
  });
}

/** What gateway and forward authentication go by alike. */
type AccessRules = Pick<GatewaySettings, 'publicPaths' | 'authenticate' | 'findSession' | 'assertions'>;

function accessRules(
  ingredients: Ingredients,
  { provider }: Contexts,
  pages: Pages,
  assertions: AssertionSigner,
): AccessRules {
  return {
    publicPaths: ingredients.settings.publicPath,
    authenticate: watchedJudgement((request) => authenticate(provider, request), ingredients),
    findSession: (cookie, wire) => findUser(pages, cookie, wire),
    assertions,
  };
}

function composeGateway(ingredients: Ingredients, rules: AccessRules, pages: Pages): Gateway {
  const { settings, publicUrl, log } = ingredients;
  return createGateway({
    ...rules,
    upstream: settings.upstream ?? null,
    publicUrl,
    answerWithoutUpstream: (wire, response) => servePage(pages, wire, response),
    onUpstreamFailure: ({ requestId, path }, err) => log.warn({ err, requestId, path }, 'upstream failed'),
    ...upstreamObserver(ingredients),
  });
}

function composeSigningProxy(
  { open, publicUrl, log }: Ingredients,
  { consumer, streams }: Contexts,
  pages: Pages,
): SigningProxy {
  return createSigningProxy({
    consumer,
    streams,
    findSession: (cookie, wire) => findUser(pages, cookie, wire),
    findHolder: (key) => findApiKeyHolder(open, key),
    connectionsUrl: `${bare(publicUrl)}/oauth/connections`,
    onProviderFailure: ({ requestId, path }, err) => log.warn({ err, requestId, path }, 'provider failed'),
  });
}

function composeRestApi(
  { open, publicUrl, settings, log }: Ingredients,
  { administration, accounts, consumer, gadgets, outbound, provider }: Contexts,
): RestApi {
  return createRestApi({
    administration,
    accounts,
    gadgets,
    gadgetSources: gadgetSources(outbound, 'en'),
    consumer,
    outbound,
    settings: provider.settings,
    publicUrl: bare(publicUrl),
    trustedProxies: settings.trustProxy,
    findHolder: (key) => findApiKeyHolder(open, key),
    onTrouble: (err, requestId) => log.error({ err, requestId }, 'API call failed'),
  });
}

/** Forward authentication answers its refusals itself, so nobody else sees them to count and log them. */
function watchedRefusals(
  { meters }: Ingredients,
  { requestLog }: Contexts,
  noteRefusal: ForwardAuthSettings['noteRefusal'],
): ForwardAuthSettings['noteRefusal'] {
  return (wire, problem) => {
    noteRefusal(wire, problem);
    if (meters !== null) countRefusal(meters, 'forward-auth', wire, problem);
    requestLog.refused({ face: 'forward-auth', wire, status: problem.status, refusal: problem });
  };
}

/** The public URL without a slash at its end. */
function bare({ href }: URL): string {
  return href.replace(/\/$/, '');
}

/** A session that is bound to a proxy's word counts with that word only; by itself the word is nobody here. */
async function findUser(pages: Pages, cookieHeader: string | undefined, wire: WireRequest) {
  return (await pages.findViewer(cookieHeader, readUserHeader(wire)))?.user ?? null;
}
