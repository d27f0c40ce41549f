/**
 * A service as a gadget's spec names it (`<OAuth><Service>`): where it gets its tokens. It is what somebody else
 * wrote; requests go by our own records of service providers, to which `find-provider.ts` leads.
 */

/** Where protocol parameters travel, in the words of specs. */
export type ParamLocation = 'auth-header' | 'uri-query' | 'post-body';

/** An address at which a service gives tokens. */
export interface ServiceEndpoint {
  readonly url: string;
  /** `GET` unless the spec says otherwise. */
  readonly method: string;
  readonly paramLocation: ParamLocation;
}

export interface OAuthService {
  /** '' where the spec gives none. */
  readonly name: string;
  readonly request: ServiceEndpoint | null;
  readonly access: ServiceEndpoint | null;
  readonly authorizationUrl: string | null;
}

/** The three addresses of the dance. */
export interface ServiceAddresses {
  readonly requestTokenUrl: string;
  readonly authorizeUrl: string;
  readonly accessTokenUrl: string;
}

/** The addresses that a spec gives, as browsers serialise them; null unless all three are usable http(s) addresses. */
export function addressesOf({ request, access, authorizationUrl }: OAuthService): ServiceAddresses | null {
  const [requestTokenUrl, authorizeUrl, accessTokenUrl] = [request?.url, authorizationUrl, access?.url].map(
    readAddress,
  );
  return requestTokenUrl == null || authorizeUrl == null || accessTokenUrl == null
    ? null
    : { requestTokenUrl, authorizeUrl, accessTokenUrl };
}

/** Whether a spec gives any address. */
export function namesAddresses({ request, access, authorizationUrl }: OAuthService): boolean {
  return request !== null || access !== null || authorizationUrl !== null;
}

/** One with a user name in it reads like another host's (`https://tracker.example@evil.example`). */
function readAddress(text: string | null | undefined): string | null {
  const url = URL.parse(text ?? '');
  const isUsable =
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isUsable ? url.href : null;
}
