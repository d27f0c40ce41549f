/**
 * Gathers from storage what an explanation needs to know. Reads only: nothing is burnt, counted or noted. What
 * became of the nonce is not asked of the store, which answers only by using it up; whoever recorded the refusal
 * hands it in.
 */
import { nowSeconds } from '../base/index.ts';
import { tokenHash, type User } from '../model/index.ts';
import { type OAuthMessage, Problem, parseMessage } from '../oauth/index.ts';
import type { PresentedToken, ProviderContext, ProviderRequest } from '../provider/index.ts';
import type { Knowledge } from './knowledge.ts';

/** What storage does not know. Left out: judged as of now, as a resource, with nothing known of the way here. */
export type GatheredBeside = Partial<
  Pick<
    Knowledge,
    | 'requestId'
    | 'kind'
    | 'now'
    | 'publicUrl'
    | 'nonce'
    | 'earliestTimestamp'
    | 'arrival'
    | 'clientBaseString'
  >
>;

/** Looks up consumer, token and users of a request. */
export async function gatherKnowledge(
  context: Pick<ProviderContext, 'storage' | 'clock' | 'settings'> & Partial<Pick<ProviderContext, 'nonces'>>,
  request: ProviderRequest,
  beside: GatheredBeside = {},
): Promise<Knowledge> {
  const message = readLeniently(request);
  const { consumerKey, token } = message?.protocol ?? {};
  const { storage } = context;
  const consumer = consumerKey === undefined ? null : await storage.consumers.find(consumerKey);
  const presented = await findToken(context, token);
  const names = new Set(
    [
      presented.accessToken?.userName,
      presented.requestToken?.userName,
      consumer?.twoLegged.executeAs,
      requestorOf(message),
    ].filter((name) => typeof name === 'string'),
  );
  const users = await Promise.all([...names].map((name) => storage.users.find(name)));
  return {
    requestId: null,
    kind: 'resource',
    now: nowSeconds(context.clock),
    publicUrl: null,
    nonce: null,
    arrival: null,
    clientBaseString: null,
    earliestTimestamp: 0,
    ...beside,
    settings: context.settings,
    consumer,
    presented,
    users: users.filter((user): user is User => user !== null),
    unknown: beside.nonce == null ? ['nonce'] : [],
  };
}

function readLeniently(request: ProviderRequest): OAuthMessage | null {
  try {
    return parseMessage(request);
  } catch (refusal) {
    if (refusal instanceof Problem) return null;
    throw refusal;
  }
}

async function findToken(
  { storage }: Pick<ProviderContext, 'storage'>,
  token: string | undefined,
): Promise<PresentedToken> {
  if (!token) return { requestToken: null, accessToken: null };
  const hash = tokenHash(token);
  const requestToken = await storage.requestTokens.find(hash);
  return { requestToken, accessToken: requestToken === null ? await storage.accessTokens.find(hash) : null };
}

/** The user whom a two-legged request names. Percent-encoded names that are no text are nobody's. */
function requestorOf(message: OAuthMessage | null): string | null {
  const named = message?.parameters.find(({ name }) => name === 'xoauth_requestor_id')?.value ?? '';
  try {
    return named === '' ? null : decodeURIComponent(named);
  } catch {
    return null;
  }
}
