/**
 * Whom a token is shown to. A connection is for the addresses and the consumer key with which it was made; when an
 * administrator has changed them, the token belongs to nobody who can be reached under the provider's name.
 */
import { audienceOf, type Connection, type ServiceProvider } from '../model/index.ts';
import { ConnectionNeedsApproval } from './errors.ts';
import type { PresentedToken } from './sign-for.ts';

/**
 * What a connection presents to a provider. It is held against the very record that says where a request goes.
 * @throws {ConnectionNeedsApproval} when the connection is for another audience
 */
export function tokenOf(connection: Connection, provider: ServiceProvider): PresentedToken {
  const { token, secret, consumerKey, audience } = connection;
  if (audience !== audienceOf(provider)) throw new ConnectionNeedsApproval(provider.name, 'provider_changed');
  return { consumerKey, token: token.reveal(), secret };
}
