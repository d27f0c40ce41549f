/**
 * A gadget's request with its viewer's token. Tokens are kept per viewer, gadget and service: the gadget is known by
 * the address of its spec, which it does not say itself, so no gadget uses another's approval, and nobody's but the
 * viewer's is used. What comes of it is one of a few outcomes, each with what there is to know; the words are the
 * face's. Names of tokens (`OAUTH_TOKEN_NAME`) are accepted and mean one and the same token.
 */
import { nowSeconds } from '../../base/index.ts';
import {
  ConnectionNeedsApproval,
  type ConsumerContext,
  connectionFor,
  type FetchAnswer,
  isProviderTrouble,
  type ProviderRefusal,
  type ProviderTrouble,
  type RequestToSign,
  readRefusal,
  signedFetch,
} from '../../consumer/index.ts';
import type { ServiceProvider, ServiceProviderStore } from '../../model/index.ts';
import { findProvider, isMeant } from './find-provider.ts';
import type { LastRefusals } from './last-refusals.ts';
import type { OAuthService } from './oauth-service.ts';

/** What such requests work with. */
export interface GadgetOAuthContext {
  readonly consumer: ConsumerContext;
  readonly storage: { readonly serviceProviders: Pick<ServiceProviderStore, 'find' | 'list'> };
  readonly lastRefusals: LastRefusals;
}

/** Whether a request uses the viewer's token: it has to, it does where there is one, or it does not. */
export type UseToken = 'always' | 'if_available' | 'never';

/** A request that a gadget makes. */
export interface GadgetRequest {
  readonly userName: string;
  /** The gadget. */
  readonly specUrl: string;
  /** The services of its pinned spec. */
  readonly services: readonly OAuthService[];
  /** `OAUTH_SERVICE_NAME`; '' where the gadget gives none. */
  readonly serviceName: string;
  readonly useToken: UseToken;
  readonly request: RequestToSign;
  readonly bounds: { readonly maxBytes: number; readonly timeoutMs: number };
}

/** What came of it. */
export type GadgetOutcome =
  | {
      readonly kind: 'answer';
      readonly provider: string;
      readonly answer: FetchAnswer;
      /** Why it was made for nobody though the viewer's token was wished for: as with `needs-approval`; else null. */
      readonly missing: string | null;
      /** Set if the provider refused the request although the token is good. */
      readonly refusal: ProviderRefusal | null;
    }
  /** `reason` is `not-connected`, or the problem that ended the connection. */
  | { readonly kind: 'needs-approval'; readonly provider: string; readonly reason: string }
  | { readonly kind: 'trouble'; readonly provider: string; readonly trouble: ProviderTrouble }
  /** Only an administrator can help: the spec has no such service, or there is no record for it. */
  | {
      readonly kind: 'unknown-service';
      readonly service: string;
      readonly why: 'not-in-spec' | 'no-provider';
    };

/** More providers than this are not looked through. */
const MOST_PROVIDERS = 500;

/** Makes a gadget's request. What the provider or its record has against it is an outcome, never an error. */
export async function authorizedFetch(
  context: GadgetOAuthContext,
  asked: GadgetRequest,
): Promise<GadgetOutcome> {
  const service = serviceOf(asked);
  if (service === null) return { kind: 'unknown-service', service: asked.serviceName, why: 'not-in-spec' };
  const provider = await providerOf(context, service);
  if (provider === null) return { kind: 'unknown-service', service: service.name, why: 'no-provider' };
  try {
    return await fetchAs(context, provider.name, asked);
  } catch (error) {
    if (error instanceof ConnectionNeedsApproval) {
      return { kind: 'needs-approval', provider: provider.name, reason: error.reason };
    }
    if (isProviderTrouble(error)) return { kind: 'trouble', provider: provider.name, trouble: error };
    throw error;
  }
}

/** A gadget with one service need not name it. */
function serviceOf({ services, serviceName }: GadgetRequest): OAuthService | null {
  const named = services.find(({ name }) => name === serviceName);
  if (named !== undefined) return named;
  return serviceName === '' && services.length === 1 ? services[0]! : null;
}

async function providerOf(
  { storage }: GadgetOAuthContext,
  service: OAuthService,
): Promise<ServiceProvider | null> {
  const named = await storage.serviceProviders.find(service.name);
  if (named !== null && isMeant(service, named)) return named;
  const query = { search: '', sort: 'name', descending: false, offset: 0, limit: MOST_PROVIDERS } as const;
  return findProvider(service, (await storage.serviceProviders.list(query)).rows);
}

async function fetchAs(
  context: GadgetOAuthContext,
  provider: string,
  asked: GadgetRequest,
): Promise<GadgetOutcome> {
  const { useToken, userName, specUrl, request, bounds } = asked;
  const watched = watch(context, provider, asked);
  let missing: string | null = null;
  if (useToken !== 'never') {
    try {
      const connection = await connectionFor(watched, userName, provider, specUrl);
      const answer = await signedFetch(watched, { kind: 'user', connection }, request, bounds);
      const refusal = readRefusal(request.url, answer);
      return { kind: 'answer', provider, answer, missing: null, refusal };
    } catch (error) {
      if (useToken === 'always' || !(error instanceof ConnectionNeedsApproval)) throw error;
      missing = error.reason;
    }
  }
  const nobody = { kind: 'anonymous', providerName: provider } as const;
  const answer = await signedFetch(context.consumer, nobody, request, bounds);
  return { kind: 'answer', provider, answer, missing, refusal: null };
}

/** The same network, with what it refuses noted; a request that is let through ends what was noted before. */
function watch(
  { consumer, lastRefusals }: GadgetOAuthContext,
  provider: string,
  { userName, specUrl }: GadgetRequest,
): ConsumerContext {
  const owner = { userName, specUrl, provider };
  return {
    ...consumer,
    fetch: async (url, request) => {
      const answer = await consumer.fetch(url, request);
      const refusal = readRefusal(url, answer);
      lastRefusals.note(owner, refusal && { ...refusal, at: nowSeconds(consumer.clock) });
      return answer;
    },
  };
}
