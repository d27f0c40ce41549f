/**
 * Wires the parts together: the use cases to what is kept, the faces to the use cases, and all of them behind one
 * dispatcher. Nothing here decides anything; it is the list of what the server consists of.
 */
import type { RequestListener } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { type AccountsContext, findApiKeyHolder } from '../accounts/index.ts';
import { onceGiven } from '../base/index.ts';
import { oauthEndpoints } from '../endpoints/index.ts';
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
import { createSigningProxy, type SigningProxy } from '../signing-proxy/index.ts';
import { createWirePolicy } from '../web/index.ts';
import { bareUrl, type Contexts, createContexts, endpointContext, type Ingredients } from './contexts.ts';
import { createDispatcher, type LateFaces } from './dispatch.ts';
import { countRefusal } from './metrics/index.ts';
import { type RefusalCounts, RefusalRecorder } from './refusal-recorder.ts';
import { createRefusalSender, type RefusalSender } from './refusal-sender.ts';
import { createUserHeaderLog, userHeadersOf } from './user-header.ts';
import { requestObservers, upstreamObserver, watchedJudgement } from './watchers.ts';

/** The parts, wired. */
export interface Composition {
  readonly handle: RequestListener;
  readonly accounts: AccountsContext;
  readonly refusals: RefusalCounts;
  /** Reads what only later requests need, in pieces that keep nobody waiting for long. */
  readAhead(): Promise<void>;
  /** Cuts the connections to the upstream and to providers, and writes down what was refused. */
  close(): Promise<void>;
}

/** Wires the server. */
export async function compose(ingredients: Ingredients): Promise<Composition> {
  const { settings, open, publicUrl, log } = ingredients;
  const contexts = createContexts(ingredients);
  const lateFaces = onceGiven(() => readLateFaces(ingredients, contexts));
  const assertions = await composeAssertions(ingredients);
  const rules = accessRules(ingredients, contexts, assertions);
  const sendRefusal = createRefusalSender(lateFaces);
  const gateway = composeGateway(ingredients, rules, lateFaces, sendRefusal);
  const signingProxy = composeSigningProxy(ingredients, contexts);
  const onTrouble = (err: unknown) => log.error({ err }, 'refused requests could not be kept');
  const refusals = new RefusalRecorder({ ...open, publicUrl, onTrouble });
  const noteRefusal: ForwardAuthSettings['noteRefusal'] =
    settings.captureRefusals === 'on' ? (...refusal) => refusals.note(...refusal) : () => {};
  const forwardAuth = createForwardAuth({
    ...rules,
    noteRefusal: watchedRefusals(ingredients, contexts, noteRefusal),
  });
  const { listenAddress } = ingredients;
  return {
    handle: createDispatcher({
      policy: createWirePolicy({
        publicUrl,
        listenAddress: () => listenAddress,
        trustedProxies: settings.trustProxy,
        userHeaders: userHeadersOf(settings),
      }),
      endpoints: oauthEndpoints({
        ...endpointContext(ingredients, contexts),
        keySet: () => assertions.keySet(),
      }),
      forwardAuth: (wire, response) => forwardAuth.handle(wire, response),
      signingProxy: (wire, response) => signingProxy.handle(wire, response),
      lateFaces,
      noteUserHeader: createUserHeaderLog(log, open.clock),
      elsewhere: (wire, response) => gateway.handle(wire, response),
      sendRefusal,
      noteRefusal,
      observers: requestObservers(ingredients),
      log,
      requestLog: contexts.requestLog,
    }),
    accounts: contexts.accounts,
    refusals,
    readAhead: () => readAhead(lateFaces),
    close: async () => void (await Promise.all([gateway.close(), contexts.streams.close(), refusals.stop()])),
  };
}

async function readLateFaces(ingredients: Ingredients, contexts: Contexts): Promise<LateFaces> {
  const { composeLateFaces } = await import('./compose-late-faces.ts');
  return composeLateFaces(ingredients, contexts);
}

/** The largest parts of the late faces, each a piece of work between two requests. */
const PIECES = [
  () => import('../explain/index.ts'),
  () => import('../gadgets/index.ts'),
  () => import('../dashboard/index.ts'),
  () => import('../console/index.ts'),
  () => import('../rest-api/index.ts'),
];

async function readAhead(lateFaces: () => Promise<LateFaces>): Promise<void> {
  for (const read of PIECES) {
    await read();
    await turn();
  }
  await lateFaces();
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
  { provider, findUser }: Contexts,
  assertions: AssertionSigner,
): AccessRules {
  return {
    publicPaths: ingredients.settings.publicPath,
    authenticate: watchedJudgement((request) => authenticate(provider, request), ingredients),
    findSession: findUser,
    assertions,
  };
}

function composeGateway(
  ingredients: Ingredients,
  rules: AccessRules,
  lateFaces: () => Promise<LateFaces>,
  sendRefusal: RefusalSender,
): Gateway {
  const { settings, publicUrl, log } = ingredients;
  return createGateway({
    ...rules,
    upstream: settings.upstream ?? null,
    publicUrl,
    answerWithoutUpstream: async (wire, response) => (await lateFaces()).pages(wire, response),
    onUpstreamFailure: ({ requestId, path }, err) => log.warn({ err, requestId, path }, 'upstream failed'),
    sendRefusal,
    ...upstreamObserver(ingredients),
  });
}

function composeSigningProxy(
  { open, publicUrl, log }: Ingredients,
  { consumer, streams, findUser }: Contexts,
): SigningProxy {
  return createSigningProxy({
    consumer,
    streams,
    findSession: findUser,
    findHolder: (key) => findApiKeyHolder(open, key),
    connectionsUrl: `${bareUrl(publicUrl)}/oauth/connections`,
    onProviderFailure: ({ requestId, path }, err) => log.warn({ err, requestId, path }, 'provider failed'),
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
