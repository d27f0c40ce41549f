/** What the gadget about a user's connections shows: which services, in which state, until when. Never a token. */
import { audienceOf, type Connection, type ServiceProvider, type Storage } from '../../model/index.ts';

/** `ended`: only approving again helps. `over`: the token has ended and nothing renews it. */
type State = 'active' | 'over' | 'ended';

/** The user's connections, by provider. @param now seconds since 1970 */
export async function connectionsData(storage: Storage, userName: string, now: number): Promise<object> {
  const connections = await storage.connections.listOfUser(userName);
  const names = [...new Set(connections.map(({ providerName }) => providerName))];
  const found = await Promise.all(names.map((name) => storage.serviceProviders.find(name)));
  const providers = new Map(
    found.flatMap((provider) => (provider === null ? [] : [[provider.name, provider]])),
  );
  return {
    connections: connections.map((connection) => ({
      provider: connection.providerName,
      account: connection.accountLabel,
      gadget: connection.gadgetUrl,
      state: stateOf(connection, providers.get(connection.providerName), now),
      expiresAt: connection.expiresAt,
      renewableUntil: connection.sessionHandle === null ? null : connection.sessionExpiresAt,
      lastUsedAt: connection.lastUsedAt,
    })),
  };
}

function stateOf(connection: Connection, provider: ServiceProvider | undefined, now: number): State {
  if (connection.state === 'dead' || provider === undefined) return 'ended';
  if (connection.audience !== audienceOf(provider)) return 'ended';
  const { expiresAt, sessionHandle, sessionExpiresAt } = connection;
  const isRenewable = sessionHandle !== null && (sessionExpiresAt === null || sessionExpiresAt > now);
  return expiresAt === null || expiresAt > now || isRenewable ? 'active' : 'over';
}
