/**
 * Fills the port of identity providers by OpenID Connect: authorization code with PKCE (RFC 7636), state and nonce,
 * the issuer checked in the description, in the answer (RFC 9207) and in the token, the token's signature checked
 * though it came over TLS. The library is loaded, and the provider asked, when somebody first logs in by it: whoever
 * does not use it pays nothing, and a provider that is down keeps no server from starting.
 */
import type * as OpenIdClient from 'openid-client';
import type { IdentityProvider, IdentityRefused, LoginUnderWay } from '../../accounts/index.ts';
import { type Clock, nowSeconds, type RandomSource, type Secret } from '../../base/index.ts';
import type { Outbound } from '../../web/index.ts';
import { type ClaimRules, readClaims } from './claims.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { asIdentityRefused } from './refusal.ts';
import { Tickets } from './tickets.ts';

/** The provider, as the settings have it. */
export interface OpenIdSettings
  extends ClaimRules,
    Pick<IdentityProvider, 'name' | 'createsUsers' | 'bindsUsers'> {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly scope: string;
  /** Where the provider sends browsers back to. */
  readonly redirectUri: string;
}

/** What it works with. */
export interface OpenIdContext {
  readonly outbound: Pick<Outbound, 'fetch'>;
  readonly clock: Clock;
  readonly random: RandomSource;
  noteRefusal(refused: IdentityRefused, requestId: string): void;
}

/** Longer addresses to go on to are forgotten: the ticket has to fit into a cookie. */
const LONGEST_NEXT = 2000;

/** The provider's description is read again after this time. */
const DESCRIPTION_SECONDS = 3600;

/** Makes the provider; nothing is loaded or asked yet. */
export function createOpenIdProvider(settings: OpenIdSettings, context: OpenIdContext): IdentityProvider {
  const { name, createsUsers, bindsUsers, redirectUri } = settings;
  const tickets = new Tickets(settings.clientSecret, `${settings.issuer.href} ${settings.clientId}`, context);
  const connect = rememberFor(DESCRIPTION_SECONDS, context.clock, () => discover(settings, context.outbound));
  return {
    name,
    createsUsers,
    bindsUsers,
    recall: (ticket) => tickets.open(ticket),
    noteRefusal: (refused, requestId) => context.noteRefusal(refused, requestId),
    begin: (next) =>
      orRefuse(async () => {
        const { library, configuration } = await connect();
        const login: LoginUnderWay = {
          state: library.randomState(),
          nonce: library.randomNonce(),
          codeVerifier: library.randomPKCECodeVerifier(),
          next: next.length > LONGEST_NEXT ? '' : next,
        };
        const location = library.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: settings.scope,
          state: login.state,
          nonce: login.nonce,
          code_challenge: await library.calculatePKCECodeChallenge(login.codeVerifier),
          code_challenge_method: 'S256',
        });
        return { location: location.href, ticket: tickets.seal(login) };
      }),
    vouch: (login, answer) =>
      orRefuse(async () =>
        readClaims(await claimsOf(await connect(), login, returned(settings, answer)), settings),
      ),
  };
}

interface Connected {
  readonly library: typeof OpenIdClient;
  readonly configuration: OpenIdClient.Configuration;
}

async function discover(settings: OpenIdSettings, outbound: Pick<Outbound, 'fetch'>): Promise<Connected> {
  const library = await import('openid-client');
  const { issuer, clientId, clientSecret } = settings;
  const execute = [library.enableNonRepudiationChecks];
  if (issuer.protocol === 'http:') execute.push(library.allowInsecureRequests);
  const configuration = await library.discovery(
    issuer,
    clientId,
    {},
    clientAuthentication(library, clientSecret),
    { execute, [library.customFetch]: guardedFetch(outbound) },
  );
  return { library, configuration };
}

/** By HTTP Basic, the standard's own default (RFC 8414 s2), unless the provider says that it takes the form only. */
function clientAuthentication(library: typeof OpenIdClient, secret: Secret): OpenIdClient.ClientAuth {
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isBasic = methods.includes('client_secret_basic');
    const authenticate = isBasic ? library.ClientSecretBasic : library.ClientSecretPost;
    authenticate(secret.reveal())(server, ...rest);
  };
}

/** What the token says, and what else the provider tells about the same person. */
async function claimsOf(
  { library, configuration }: Connected,
  login: LoginUnderWay,
  address: URL,
): Promise<OpenIdClient.IDToken> {
  const tokens = await library.authorizationCodeGrant(configuration, address, {
    expectedState: login.state,
    expectedNonce: login.nonce,
    pkceCodeVerifier: login.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!;
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
  const more = await library.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  return { ...more, ...claims };
}

/** The address that the browser came back to, whatever a proxy made of it on the way. */
function returned({ redirectUri }: OpenIdSettings, answer: URLSearchParams): URL {
  const address = new URL(redirectUri);
  address.search = answer.toString();
  return address;
}

async function orRefuse<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw asIdentityRefused(error);
  }
}

/** Asks once for all who come meanwhile, and keeps the answer for a time; a failure is not kept. */
function rememberFor<T>(seconds: number, clock: Clock, ask: () => Promise<T>): () => Promise<T> {
  let kept: { readonly answer: Promise<T>; readonly until: number } | null = null;
  return () => {
    if (kept === null || kept.until <= nowSeconds(clock)) {
      const asked = { answer: ask(), until: nowSeconds(clock) + seconds };
      kept = asked;
      asked.answer.catch(() => {
        if (kept === asked) kept = null;
      });
    }
    return kept.answer;
  };
}
