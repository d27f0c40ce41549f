/** Addresses of well-known providers that still speak OAuth 1.0a, to fill a new service provider with. */
import type { ServiceProviderFields } from '../../../administration/index.ts';

type Addresses = Pick<
  ServiceProviderFields,
  'name' | 'requestTokenUrl' | 'authorizeUrl' | 'accessTokenUrl' | 'baseUrl' | 'signatureMethod'
>;

/** Presets by the word that stands in the address of the form. */
export const PRESETS: ReadonlyMap<string, Addresses> = new Map([
  [
    'discogs',
    {
      name: 'Discogs',
      requestTokenUrl: 'https://api.discogs.com/oauth/request_token',
      authorizeUrl: 'https://www.discogs.com/oauth/authorize',
      accessTokenUrl: 'https://api.discogs.com/oauth/access_token',
      baseUrl: 'https://api.discogs.com/',
      signatureMethod: 'HMAC-SHA1',
    },
  ],
  [
    'flickr',
    {
      name: 'Flickr',
      requestTokenUrl: 'https://www.flickr.com/services/oauth/request_token',
      authorizeUrl: 'https://www.flickr.com/services/oauth/authorize',
      accessTokenUrl: 'https://www.flickr.com/services/oauth/access_token',
      baseUrl: 'https://www.flickr.com/services/rest/',
      signatureMethod: 'HMAC-SHA1',
    },
  ],
  [
    'trello',
    {
      name: 'Trello',
      requestTokenUrl: 'https://trello.com/1/OAuthGetRequestToken',
      authorizeUrl: 'https://trello.com/1/OAuthAuthorizeToken',
      accessTokenUrl: 'https://trello.com/1/OAuthGetAccessToken',
      baseUrl: 'https://api.trello.com/1/',
      signatureMethod: 'HMAC-SHA1',
    },
  ],
  [
    'tumblr',
    {
      name: 'Tumblr',
      requestTokenUrl: 'https://www.tumblr.com/oauth/request_token',
      authorizeUrl: 'https://www.tumblr.com/oauth/authorize',
      accessTokenUrl: 'https://www.tumblr.com/oauth/access_token',
      baseUrl: 'https://api.tumblr.com/v2/',
      signatureMethod: 'HMAC-SHA1',
    },
  ],
  [
    'x',
    {
      name: 'X',
      requestTokenUrl: 'https://api.x.com/oauth/request_token',
      authorizeUrl: 'https://api.x.com/oauth/authorize',
      accessTokenUrl: 'https://api.x.com/oauth/access_token',
      baseUrl: 'https://api.x.com/',
      signatureMethod: 'HMAC-SHA1',
    },
  ],
]);
