/** Addresses of the connections' pages, below the public URL. */
import type { PageContext } from '../../web/index.ts';

/** The providers that somebody reaches from here. */
export const CONNECTIONS_PATH = '/oauth/connections';

/** Takes a provider's name (`provider`) and where to go on (`returnTo`); leads away to the provider. */
export const CONNECT_PATH = `${CONNECTIONS_PATH}/connect`;
/** Takes what a provider's own pages gave the user (`provider` names it). */
export const ENTER_PATH = `${CONNECTIONS_PATH}/enter`;
export const RENEW_PATH = `${CONNECTIONS_PATH}/renew`;
export const DISCONNECT_PATH = `${CONNECTIONS_PATH}/disconnect`;

/** Where providers send our users back to: ours, and the one that is registered with older providers. */
export const CALLBACK_PATHS = ['/oauth/callback', '/plugins/servlet/gadgets/oauth-callback'] as const;

/** Our callback as a provider has to know it. */
export function callbackUrl(c: PageContext): string {
  return c.publicUrl.origin + c.url(CALLBACK_PATHS[0]);
}
