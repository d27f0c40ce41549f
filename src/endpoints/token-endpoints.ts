/**
 * The two token addresses and their compatible aliases. Parameters arrive in any of the three carriers, over GET too
 * on the aliases; answers are form-encoded. @see RFC 5849 s2.1, s2.3
 */
import type { ServerResponse } from 'node:http';
import type { Secret } from '../base/index.ts';
import { issueAccessToken, issueRequestToken, type ProviderContext } from '../provider/index.ts';
import { type Endpoint, readProviderRequest, sendForm, type WireRequest } from '../web/index.ts';

/** Request token and access token, under both of their addresses. */
export function tokenEndpoints(provider: ProviderContext): Endpoint[] {
  return [
    ...underBothAddresses('request-token', (wire, response) => answerRequestToken(provider, wire, response)),
    ...underBothAddresses('access-token', (wire, response) => answerAccessToken(provider, wire, response)),
  ];
}

function underBothAddresses(name: string, handle: Endpoint['handle']): Endpoint[] {
  return [
    { path: `/oauth/${name}`, methods: ['POST'], access: 'signed', handle },
    { path: `/plugins/servlet/oauth/${name}`, methods: ['POST', 'GET'], access: 'signed', handle },
  ];
}

async function answerRequestToken(
  provider: ProviderContext,
  wire: WireRequest,
  response: ServerResponse,
): Promise<void> {
  const request = await readProviderRequest(wire);
  const { token, secret, callbackConfirmed } = await issueRequestToken(provider, request);
  const pairs = credentials(token, secret);
  if (callbackConfirmed) pairs.push(['oauth_callback_confirmed', 'true']);
  sendForm(response, wire, 200, pairs);
}

async function answerAccessToken(
  provider: ProviderContext,
  wire: WireRequest,
  response: ServerResponse,
): Promise<void> {
  const issued = await issueAccessToken(provider, await readProviderRequest(wire));
  sendForm(response, wire, 200, [
    ...credentials(issued.token, issued.secret),
    ['oauth_expires_in', String(issued.expiresIn)],
    ['oauth_session_handle', issued.sessionHandle],
    ['oauth_authorization_expires_in', String(issued.authorizationExpiresIn)],
  ]);
}

function credentials(token: string, secret: Secret): [string, string][] {
  return [
    ['oauth_token', token],
    ['oauth_token_secret', secret.reveal()],
  ];
}
