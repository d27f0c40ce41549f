/**
 * One request to a provider's token address: request token, exchange or renewal (RFC 5849 s2.1, s2.3). No redirect is
 * followed: what was signed for one address says nothing to another, and must not be shown to it.
 */
import type { ServiceProvider } from '../model/index.ts';
import type { ConsumerContext, FetchAnswer, FetchRequest } from './context.ts';
import { ProviderAnswerRefused, ProviderUnreachable, RequestNotAllowed } from './errors.ts';
import { type PresentedToken, readSignedUrl, signFor } from './sign-for.ts';
import { MAX_TOKEN_ANSWER, parseTokenResponse, type TokenResponse } from './token-response.ts';

/** How we introduce ourselves; some providers refuse requests without it. */
export const USER_AGENT = 'Countersign';

const TIMEOUT_MS = 10_000;

/** How gadget containers say which gadget asks. It is signed like everything else, and grants nothing. */
const GADGET_PARAMETER = 'xoauth_app_url';

/** What a token request carries beside the consumer's signature. */
export interface TokenRequest {
  readonly presented: PresentedToken | null;
  readonly callback?: string;
  readonly verifier?: string;
  readonly sessionHandle?: string;
  /** The gadget for which a request token is asked; the provider's consent page may name it. */
  readonly gadgetUrl?: string | null;
}

/**
 * Asks for a token.
 * @throws {RequestNotAllowed} when it cannot be signed
 * @throws {ProviderUnreachable | ProviderAnswerRefused} when no token comes back
 */
export async function askForToken(
  context: ConsumerContext,
  provider: ServiceProvider,
  address: string | null,
  request: TokenRequest,
): Promise<TokenResponse> {
  if (address === null) throw new RequestNotAllowed(provider.name, 'no-addresses');
  const { gadgetUrl = null, ...parts } = request;
  const url = readSignedUrl(provider, address);
  if (gadgetUrl !== null) url.searchParams.set(GADGET_PARAMETER, gadgetUrl);
  const signed = await signFor(context, provider, {
    method: provider.tokenMethod,
    url,
    ...(provider.carrier === 'body' && provider.tokenMethod === 'POST' && { form: [] }),
    ...parts,
  });
  const answer = await send(context, provider, signed.url, {
    method: signed.method,
    headers: {
      accept: 'application/x-www-form-urlencoded, text/plain;q=0.9, */*;q=0.1',
      'user-agent': USER_AGENT,
      ...(signed.authorization !== null && { authorization: signed.authorization }),
      ...(signed.contentType !== null && { 'content-type': signed.contentType }),
    },
    body: signed.body.length === 0 ? null : signed.body,
    maxBytes: MAX_TOKEN_ANSWER,
    timeoutMs: TIMEOUT_MS,
    maxRedirects: 0,
  });
  return parseTokenResponse(provider.name, answer);
}

/** Sends, and turns the port's errors into ours. */
export async function send(
  context: ConsumerContext,
  provider: ServiceProvider,
  url: string,
  request: FetchRequest,
): Promise<FetchAnswer> {
  try {
    return await context.fetch(url, request);
  } catch (cause) {
    throw asFailure(provider.name, cause);
  }
}

function asFailure(provider: string, cause: unknown): Error {
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown };
  if (code === 'too-many-redirects')
    return new ProviderAnswerRefused(provider, 'redirected', { status: 302 });
  if (code === 'too-large') return new ProviderAnswerRefused(provider, 'too-large', { status: 200 });
  const word = typeof code === 'string' && /^[a-z-]{1,40}$/.test(code) ? code : 'unreachable';
  const reason = word === 'unreachable' ? 'there was no answer.' : String(message);
  return new ProviderUnreachable(provider, word, reason, { cause });
}
