/**
 * A service provider: somebody else's application whose data our users may reach from here. It gave this
 * installation a consumer key and a shared secret, or it knows our public key. Beside the addresses stands what
 * differs between providers, because OAuth 1 left it open: where parameters travel, which method the token
 * addresses want, whether a callback is confirmed.
 */
import type { Secret } from '../base/index.ts';
import type { Carrier, SignatureMethod } from '../oauth/index.ts';

/** The HTTP methods that providers want at their token addresses. */
export const TOKEN_METHODS = ['POST', 'GET'] as const;

/** Method of both token addresses. */
export type TokenMethod = (typeof TOKEN_METHODS)[number];

/** How requests without a user are made: not at all, with an empty `oauth_token`, or with none. */
export const TWO_LEGGED_FORMS = ['off', 'empty-token', 'no-token'] as const;

export type TwoLeggedForm = (typeof TWO_LEGGED_FORMS)[number];

/**
 * What users may enter that the provider's own pages gave them, in place of the dance: nothing, a token with its
 * secret, or an API key that is consumer key, token and token secret in one, `CONSUMER:TOKEN:SECRET`.
 */
export const HAND_ENTRIES = ['off', 'token', 'api-key'] as const;

export type HandEntry = (typeof HAND_ENTRIES)[number];

/** What requests to a provider look like, and which of them may be made. */
export interface ProviderConduct {
  /** Where the protocol parameters travel. Requests without a form use the header in place of the body. */
  readonly carrier: Carrier;
  /** Realm of the Authorization header; null leaves it out. */
  readonly realm: string | null;
  readonly tokenMethod: TokenMethod;
  /** Whether it speaks 1.0a: it then has to confirm our callback, and sends a verifier. */
  readonly confirmsCallback: boolean;
  /** Whether the authorize address has to be told our callback (`oauth_callback`), as before 1.0a. */
  readonly callbackAtAuthorize: boolean;
  /** Whether bodies that are not forms are protected by `oauth_body_hash`. */
  readonly sendsBodyHash: boolean;
  readonly twoLegged: TwoLeggedForm;
  readonly handEntry: HandEntry;
  /** HTTP methods of signed requests, in upper case; empty allows every one. */
  readonly allowedMethods: readonly string[];
  /** Path patterns below the base URL's own path; empty allows every path. */
  readonly allowedPaths: readonly string[];
}

/** What a provider does that says nothing else. */
export const USUAL_CONDUCT: ProviderConduct = {
  carrier: 'header',
  realm: null,
  tokenMethod: 'POST',
  confirmsCallback: true,
  callbackAtAuthorize: false,
  sendsBodyHash: true,
  twoLegged: 'off',
  handEntry: 'off',
  allowedMethods: [],
  allowedPaths: [],
};

/** A registered service provider. Its name is what a gadget's `<Service name>` refers to. */
export interface ServiceProvider extends ProviderConduct {
  /** Never changes, and no other provider ever has it: what is limited to this provider names it, not its name. */
  readonly id: string;
  readonly name: string;
  /** Blank where every user enters one with an API key. */
  readonly consumerKey: string;
  /** The shared secret; null: sign with this installation's own RSA key. */
  readonly secret: Secret | null;
  readonly description: string;
  readonly signatureMethod: SignatureMethod;
  readonly requestTokenUrl: string | null;
  readonly authorizeUrl: string | null;
  readonly accessTokenUrl: string | null;
  readonly baseUrl: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Where a provider is, and which requests its record lets everybody make; nothing that requests are signed with. */
export type ProviderPlace = Pick<
  ServiceProvider,
  | 'name'
  | 'requestTokenUrl'
  | 'authorizeUrl'
  | 'accessTokenUrl'
  | 'baseUrl'
  | 'twoLegged'
  | 'allowedMethods'
  | 'allowedPaths'
>;

/**
 * Whom tokens of a provider are for: its consumer key, and the origins that get to see signed requests. A token that
 * was given while this was different is shown to nobody.
 */
export function audienceOf(
  provider: Pick<ServiceProvider, 'consumerKey' | 'requestTokenUrl' | 'accessTokenUrl' | 'baseUrl'>,
): string {
  const { consumerKey, requestTokenUrl, accessTokenUrl, baseUrl } = provider;
  const places = [accessTokenUrl, baseUrl ?? requestTokenUrl].map(
    (url) => URL.parse(url ?? '')?.origin ?? '',
  );
  return [...places, consumerKey].join(' ');
}
