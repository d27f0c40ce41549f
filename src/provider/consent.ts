/**
 * The second step: a person decides about a request token. The token belongs to the first user who opens it, so
 * a link that somebody else started cannot be finished by another (advisory 2009.1, CVE-2026-128049). Whether the
 * decision was a deliberate POST is for the face that shows the page to make sure. @see RFC 5849 s2.2
 */
import { nowSeconds, randomAlphanumeric, randomTypeable } from '../base/index.ts';
import { type AuditEvent, type Consumer, type RequestToken, tokenHash, type User } from '../model/index.ts';
import { encodePercent, Problem } from '../oauth/index.ts';
import type { ProviderContext } from './context.ts';
import { TOKEN_LENGTH } from './issue-request-token.ts';
import { acceptedCallback } from './stages/check-callback.ts';
import { verifierHash } from './verifier.ts';

/** What a person is asked. */
export interface ConsentRequest {
  readonly consumer: Consumer;
  /** Address of the gadget on whose behalf the consumer asks, or null. */
  readonly gadgetUrl: string | null;
  /** When an access token that is issued now stops working, seconds since 1970. */
  readonly accessEndsAt: number;
  /** Until when the consumer can renew it without asking again, seconds since 1970. */
  readonly renewableUntil: number;
  /** When this request can no longer be decided, seconds since 1970. */
  readonly expiresAt: number;
  /** Where the browser will be sent with the decision, or null: the verifier is shown. */
  readonly callback: string | null;
}

/** How the browser goes on after the decision. */
export type Decision =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'show-verifier'; readonly verifier: string; readonly consumer: Consumer }
  | { readonly kind: 'approved'; readonly consumer: Consumer }
  | { readonly kind: 'denied'; readonly consumer: Consumer };

/** Length of a verifier that a person types: 8 of 29 characters, 38 bits, with five tries. */
const TYPED_LENGTH = 8;

/**
 * Opens a request token for a user and binds it to them.
 * @param legacyCallback `oauth_callback` of the authorize address, which only OAuth 1.0 of 2007 uses
 * @throws {Problem} token_rejected (unknown, or another user opened it first), token_used, token_expired
 */
export async function openConsent(
  context: ProviderContext,
  token: string,
  user: User,
  legacyCallback: string | null = null,
): Promise<ConsentRequest> {
  const { requestToken, consumer } = await findUndecided(context, token);
  const owner = await context.storage.requestTokens.bindUser(requestToken.hash, user.name);
  if (owner === null || owner.toLowerCase() !== user.name.toLowerCase()) {
    throw new Problem('token_rejected', {
      advice: 'Somebody else has opened this request; start again in the application.',
    });
  }
  const now = nowSeconds(context.clock);
  const { accessTokenTtlSeconds, sessionTtlSeconds } = context.settings;
  return {
    consumer,
    gadgetUrl: requestToken.gadgetUrl,
    accessEndsAt: now + Math.min(accessTokenTtlSeconds, sessionTtlSeconds),
    renewableUntil: now + sessionTtlSeconds,
    expiresAt: requestToken.expiresAt,
    callback: callbackOf(requestToken, consumer, legacyCallback),
  };
}

/**
 * Records the user's decision and says how the browser goes on.
 * @throws {Problem} as `openConsent`; token_used when it was decided meanwhile
 */
export async function decide(
  context: ProviderContext,
  token: string,
  user: User,
  decision: 'approve' | 'deny',
  legacyCallback: string | null = null,
): Promise<Decision> {
  const { consumer, callback } = await openConsent(context, token, user, legacyCallback);
  const requestToken = await context.storage.requestTokens.find(tokenHash(token));
  if (requestToken === null) throw unknown();
  const isApproved = decision === 'approve';
  const verifier =
    isApproved && requestToken.version === '1.0a' ? newVerifier(context, callback !== null) : null;
  const outcome = await context.storage.requestTokens.decide(
    requestToken.hash,
    {
      state: isApproved ? 'approved' : 'denied',
      userName: user.name,
      verifierHash: verifier === null ? null : verifierHash(verifier),
    },
    decisionEvent(context, consumer, user, isApproved),
  );
  if (outcome === 'lost') throw used();
  if (!isApproved) return denial(token, consumer, callback);
  if (callback !== null) return { kind: 'redirect', location: withApproval(callback, token, verifier) };
  return verifier === null ? { kind: 'approved', consumer } : { kind: 'show-verifier', verifier, consumer };
}

async function findUndecided(
  context: ProviderContext,
  token: string,
): Promise<{ requestToken: RequestToken; consumer: Consumer }> {
  const requestToken = await context.storage.requestTokens.find(tokenHash(token));
  if (requestToken === null) throw unknown();
  if (requestToken.state !== 'undecided') throw used();
  if (nowSeconds(context.clock) >= requestToken.expiresAt) {
    throw new Problem('token_expired', {
      advice: 'The request waited too long; start again in the application.',
    });
  }
  const consumer = await context.storage.consumers.find(requestToken.consumerKey);
  if (consumer === null) throw unknown();
  return { requestToken, consumer };
}

function unknown(): Problem {
  return new Problem('token_rejected', {
    advice: 'There is no such request; start again in the application.',
  });
}

function used(): Problem {
  return new Problem('token_used', {
    advice: 'This request was decided already; start again in the application.',
  });
}

function newVerifier(context: ProviderContext, travelsByRedirect: boolean): string {
  return travelsByRedirect
    ? randomAlphanumeric(context.random, TOKEN_LENGTH)
    : randomTypeable(context.random, TYPED_LENGTH);
}

/** The token's own callback counts first, then the consumer's; 1.0 named it in the authorize address. */
function callbackOf(
  requestToken: RequestToken,
  consumer: Consumer,
  legacyCallback: string | null,
): string | null {
  if (requestToken.version === '1.0' && legacyCallback !== null && legacyCallback !== '') {
    return acceptedCallback(legacyCallback, consumer.callback) ?? consumer.callback;
  }
  return requestToken.callback ?? consumer.callback;
}

function withApproval(callback: string, token: string, verifier: string | null): string {
  return append(
    callback,
    verifier === null ? { oauth_token: token } : { oauth_token: token, oauth_verifier: verifier },
  );
}

function denial(token: string, consumer: Consumer, callback: string | null): Decision {
  if (callback === null) return { kind: 'denied', consumer };
  const parameters = { oauth_token: token, oauth_verifier: 'denied', oauth_problem: 'permission_denied' };
  return { kind: 'redirect', location: append(callback, parameters) };
}

/** Appends to the callback's own query, which stays as it is. */
function append(callback: string, parameters: Readonly<Record<string, string>>): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodePercent(value)}`);
  return `${callback}${callback.includes('?') ? '&' : '?'}${query.join('&')}`;
}

function decisionEvent(
  context: ProviderContext,
  consumer: Consumer,
  user: User,
  isApproved: boolean,
): AuditEvent {
  return {
    at: nowSeconds(context.clock),
    actor: user.name,
    action: isApproved ? 'token.approve' : 'token.deny',
    object: consumer.key,
    before: null,
    after: null,
    note: null,
  };
}
