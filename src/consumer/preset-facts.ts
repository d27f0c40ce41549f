/** The facts behind the presets, one entry for each provider, in the order of their names. */
import type { ProviderConduct } from '../model/index.ts';
import type { SignatureMethod } from '../oauth/index.ts';

/** What is known about one provider. */
export interface ProviderPreset {
  /** Word for addresses and commands. */
  readonly id: string;
  readonly name: string;
  /** Where these facts come from: from reading, not from trying. */
  readonly source: 'documentation';
  /** Whether its administrators register our public key; otherwise they give us a secret. */
  readonly ownKey: boolean;
  readonly signatureMethod: SignatureMethod;
  readonly requestTokenUrl: string | null;
  readonly authorizeUrl: string | null;
  readonly accessTokenUrl: string | null;
  readonly baseUrl: string;
  readonly conduct: Partial<ProviderConduct>;
  /** Names of what stands in braces in its addresses, such as `base` or `account`. */
  readonly placeholders: readonly string[];
  /** What one has to know, in English sentences. */
  readonly quirks: readonly string[];
}

type Facts = Omit<ProviderPreset, 'placeholders' | 'source' | 'conduct'> &
  Partial<Pick<ProviderPreset, 'conduct'>>;

const REGISTER_OUR_KEY =
  'Its administrator creates an application link and enters our consumer key and public key (Consumer Info).';

/** Jira, Confluence and Bitbucket share one OAuth plug-in, and so their addresses. */
function dataCenter(id: string, name: string): Facts {
  const servlet = '{base}/plugins/servlet/oauth';
  return {
    id,
    name,
    ownKey: true,
    signatureMethod: 'RSA-SHA1',
    requestTokenUrl: `${servlet}/request-token`,
    authorizeUrl: `${servlet}/authorize`,
    accessTokenUrl: `${servlet}/access-token`,
    baseUrl: '{base}',
    quirks: [
      REGISTER_OUR_KEY,
      'Tokens can be renewed by their session handle for 30 days after they expire.',
    ],
  };
}

export const PRESET_FACTS: readonly Facts[] = [
  dataCenter('bitbucket', 'Bitbucket Data Center'),
  dataCenter('confluence', 'Confluence Data Center'),
  {
    id: 'discogs',
    name: 'Discogs',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://api.discogs.com/oauth/request_token',
    authorizeUrl: 'https://www.discogs.com/oauth/authorize',
    accessTokenUrl: 'https://api.discogs.com/oauth/access_token',
    baseUrl: 'https://api.discogs.com',
    conduct: { tokenMethod: 'GET', sendsBodyHash: false },
    quirks: [
      'The request token is asked for by GET.',
      'Requests without a User-Agent are refused; one is sent.',
      'PLAINTEXT is accepted too.',
    ],
  },
  {
    id: 'flickr',
    name: 'Flickr',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://www.flickr.com/services/oauth/request_token',
    authorizeUrl: 'https://www.flickr.com/services/oauth/authorize',
    accessTokenUrl: 'https://www.flickr.com/services/oauth/access_token',
    baseUrl: 'https://api.flickr.com/services/rest',
    conduct: { tokenMethod: 'GET', carrier: 'query', sendsBodyHash: false },
    quirks: [
      'Every call is one address with a parameter "method"; add format=json&nojsoncallback=1 for JSON.',
      'The authorize address takes perms=read, write or delete.',
    ],
  },
  {
    id: 'garmin',
    name: 'Garmin Health',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://connectapi.garmin.com/oauth-service/oauth/request_token',
    authorizeUrl: 'https://connect.garmin.com/oauthConfirm',
    accessTokenUrl: 'https://connectapi.garmin.com/oauth-service/oauth/access_token',
    baseUrl: 'https://apis.garmin.com',
    conduct: { confirmsCallback: false, callbackAtAuthorize: true, sendsBodyHash: false },
    quirks: [
      'It ends OAuth 1.0a on 31 December 2026.',
      'Its request-token answer has no oauth_callback_confirmed, so the callback goes into the authorize address (oauth_callback).',
    ],
  },
  dataCenter('jira', 'Jira Data Center'),
  {
    id: 'maas',
    name: 'Canonical MAAS',
    ownKey: false,
    signatureMethod: 'PLAINTEXT',
    requestTokenUrl: null,
    authorizeUrl: null,
    accessTokenUrl: null,
    baseUrl: '{base}/MAAS/api/2.0',
    conduct: { handEntry: 'api-key', sendsBodyHash: false },
    quirks: [
      'There is no dance: each user copies an API key from their preferences there and enters it on the page Connections.',
      'The key is consumer key, token and token secret in one, so the record has neither a consumer key nor a secret.',
      'PLAINTEXT sends the secret as it is, so the base has to be https (port 5443 there, or a proxy in front).',
      'Its ports are not among those that are open to outgoing requests; allow them with --allow-host.',
    ],
  },
  {
    id: 'magento',
    name: 'Magento 2 / Adobe Commerce',
    ownKey: false,
    signatureMethod: 'HMAC-SHA256',
    requestTokenUrl: '{base}/oauth/token/request',
    authorizeUrl: '{base}/admin/oauth_authorize',
    accessTokenUrl: '{base}/oauth/token/access',
    baseUrl: '{base}/rest',
    conduct: { handEntry: 'token', sendsBodyHash: false },
    quirks: [
      'An integration is activated by its administrator, who then holds an access token that can be entered by hand; users do not approve one by one.',
      'Integrations of before 2.4.4 sign with HMAC-SHA1.',
    ],
  },
  {
    id: 'mastercard',
    name: 'Mastercard Developers',
    ownKey: true,
    signatureMethod: 'RSA-SHA256',
    requestTokenUrl: null,
    authorizeUrl: null,
    accessTokenUrl: null,
    baseUrl: 'https://sandbox.api.mastercard.com',
    conduct: { twoLegged: 'no-token' },
    quirks: [
      'There are no users and no tokens: every request is signed with the key of the project.',
      'The body hash is SHA-256, and is required.',
      'It makes the key pair itself or takes a certificate request for ours; the live host is api.mastercard.com.',
    ],
  },
  {
    id: 'mediawiki',
    name: 'Wikimedia / MediaWiki',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: '{base}/index.php?title=Special:OAuth/initiate',
    authorizeUrl: '{base}/index.php?title=Special:OAuth/authorize&oauth_consumer_key={consumerKey}',
    accessTokenUrl: '{base}/index.php?title=Special:OAuth/token',
    baseUrl: '{base}',
    conduct: { tokenMethod: 'GET', sendsBodyHash: false },
    quirks: [
      'For Wikimedia the base is https://meta.wikimedia.org/w.',
      'The short addresses (/wiki/Special:OAuth/…) do not verify; use index.php.',
      'The authorize address needs our consumer key.',
      'The callback has to be the registered one, or begin with it.',
    ],
  },
  {
    id: 'netsuite',
    name: 'Oracle NetSuite (token-based authentication)',
    ownKey: false,
    signatureMethod: 'HMAC-SHA256',
    requestTokenUrl: 'https://{account}.restlets.api.netsuite.com/rest/requesttoken',
    authorizeUrl: 'https://{account}.app.netsuite.com/app/login/secure/authorizetoken.nl',
    accessTokenUrl: 'https://{account}.restlets.api.netsuite.com/rest/accesstoken',
    baseUrl: 'https://{account}.suitetalk.api.netsuite.com',
    conduct: { realm: '{realm}', handEntry: 'token', sendsBodyHash: false },
    quirks: [
      'The realm is the account id in upper case with "_" (1234567_SB1); in host names it is in lower case with "-" (1234567-sb1).',
      'A token made in NetSuite by an administrator can be entered by hand instead.',
      'HMAC-SHA1 is not accepted any more.',
    ],
  },
  {
    id: 'schoology',
    name: 'Schoology',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://api.schoology.com/v1/oauth/request_token',
    authorizeUrl: 'https://{domain}/oauth/authorize',
    accessTokenUrl: 'https://api.schoology.com/v1/oauth/access_token',
    baseUrl: 'https://api.schoology.com/v1',
    conduct: {
      tokenMethod: 'GET',
      confirmsCallback: false,
      callbackAtAuthorize: true,
      twoLegged: 'empty-token',
      sendsBodyHash: false,
    },
    quirks: [
      'Requests with a key of one’s own have no user’s approval: 2-legged with an empty token.',
      'The domain is the school’s own; the authorize address takes oauth_callback.',
      'PLAINTEXT is accepted too.',
    ],
  },
  {
    id: 'trello',
    name: 'Trello',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://trello.com/1/OAuthGetRequestToken',
    authorizeUrl: 'https://trello.com/1/OAuthAuthorizeToken',
    accessTokenUrl: 'https://trello.com/1/OAuthGetAccessToken',
    baseUrl: 'https://api.trello.com/1',
    conduct: { sendsBodyHash: false },
    quirks: [
      'The authorize address takes name, scope (read,write,account) and expiration (1hour, 1day, 30days, never).',
      'Our callback’s origin has to be among the allowed origins of the key.',
    ],
  },
  {
    id: 'tumblr',
    name: 'Tumblr',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://www.tumblr.com/oauth/request_token',
    authorizeUrl: 'https://www.tumblr.com/oauth/authorize',
    accessTokenUrl: 'https://www.tumblr.com/oauth/access_token',
    baseUrl: 'https://api.tumblr.com/v2',
    conduct: { sendsBodyHash: false },
    quirks: ['The callback of the application’s registration is used when none is sent.'],
  },
  {
    id: 'woocommerce',
    name: 'WooCommerce REST API',
    ownKey: false,
    signatureMethod: 'HMAC-SHA256',
    requestTokenUrl: null,
    authorizeUrl: null,
    accessTokenUrl: null,
    baseUrl: '{base}/wp-json/wc/v3',
    conduct: { carrier: 'query', twoLegged: 'no-token', sendsBodyHash: false },
    quirks: [
      'The key and secret are made in the shop’s settings; there are no tokens and no dance.',
      'It is for shops without https; over https the shop takes the key and secret as they are.',
      'Parameters have to be in the query.',
    ],
  },
  {
    id: 'x',
    name: 'X (Twitter)',
    ownKey: false,
    signatureMethod: 'HMAC-SHA1',
    requestTokenUrl: 'https://api.x.com/oauth/request_token',
    authorizeUrl: 'https://api.x.com/oauth/authorize',
    accessTokenUrl: 'https://api.x.com/oauth/access_token',
    baseUrl: 'https://api.x.com',
    conduct: { sendsBodyHash: false },
    quirks: [
      'The callback has to be registered exactly.',
      'Tokens do not expire; a user who says no comes back with "denied" instead of a token.',
    ],
  },
];
