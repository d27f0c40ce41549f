/**
 * Stores that remember the records which nearly every request of a browser or a program needs: whose session it is, what
 * a provider's record says, with which token, where gadgets may go. A record is given from memory while nothing has
 * changed in its table, by whomever, and so read and unsealed once. Everything else, and every write, goes to the
 * database as ever.
 */
import {
  type ApiKey,
  type Connection,
  type Dashboard,
  type Gadget,
  type Installation,
  type OutboundRule,
  type ProviderPlace,
  type ServiceProvider,
  type Session,
  type Storage,
  type User,
  userNameKey,
} from '../../model/index.ts';
import type { CountedTable } from '../sql/index.ts';
import type { CommittedChanges } from './committed-changes.ts';
import { Memory } from './memory.ts';

/** Records of a kind at most. */
const MOST = 10_000;

/** Of those that may be large: a spec with its bundles has up to 600 000 characters. */
const MOST_LARGE = 100;

type Stores = Omit<Storage, 'grounds' | 'close'>;

/** The same stores, remembering. */
export function rememberedStores(stores: Stores, changes: CommittedChanges): Stores {
  const memory = <V>(table: CountedTable, most = MOST) => new Memory<V>(changes, table, most);
  return {
    ...stores,
    ...ofPeople(stores, memory),
    ...ofProviders(stores, memory),
    ...ofGadgets(stores, memory),
  };
}

type MakeMemory = <V>(table: CountedTable, most?: number) => Memory<V>;

function ofPeople({ sessions, users, apiKeys }: Stores, memory: MakeMemory) {
  const keptSessions = memory<Session>('sessions');
  const keptUsers = memory<User>('users');
  const keptKeys = memory<ApiKey>('api_keys');
  return {
    sessions: { ...sessions, find: (hash) => keptSessions.recall(hash, () => sessions.find(hash)) },
    users: { ...users, find: (name) => keptUsers.recall(userNameKey(name), () => users.find(name)) },
    apiKeys: { ...apiKeys, find: (hash) => keptKeys.recall(hash, () => apiKeys.find(hash)) },
  } satisfies Partial<Stores>;
}

function ofProviders({ installation, serviceProviders, connections }: Stores, memory: MakeMemory) {
  const keptInstallation = memory<Installation>('installation');
  const keptProviders = memory<ServiceProvider>('service_providers');
  const keptPlaces = memory<readonly ProviderPlace[]>('service_providers');
  const keptConnections = memory<Connection>('connections');
  // Each signed request asks a second time, by id: for the token as it is when it is signed.
  const connectionsById = memory<Connection>('connections');
  return {
    installation: { ...installation, read: () => keptInstallation.recall('', () => installation.read()) },
    serviceProviders: {
      ...serviceProviders,
      find: (name) => keptProviders.recall(name, () => serviceProviders.find(name)),
      listPlaces: () => keptPlaces.recall('', () => serviceProviders.listPlaces()),
    },
    connections: {
      ...connections,
      find: (id) => connectionsById.recall(id, () => connections.find(id)),
      findFor(userName, providerName, gadgetUrl) {
        const key = JSON.stringify([userNameKey(userName), providerName, gadgetUrl]);
        return keptConnections.recall(key, () => connections.findFor(userName, providerName, gadgetUrl));
      },
    },
  } satisfies Partial<Stores>;
}

function ofGadgets({ dashboards, gadgets, allowList }: Stores, memory: MakeMemory) {
  const keptDashboards = memory<Dashboard>('dashboards', MOST_LARGE);
  const keptGadgets = memory<Gadget>('gadgets', MOST_LARGE);
  const keptHidden = memory<readonly string[]>('hidden_gadgets');
  const keptRules = memory<readonly OutboundRule[]>('outbound_rules');
  return {
    dashboards: { ...dashboards, find: (id) => keptDashboards.recall(id, () => dashboards.find(id)) },
    gadgets: {
      ...gadgets,
      find: (specUrl) => keptGadgets.recall(specUrl, () => gadgets.find(specUrl)),
      listHidden: () => keptHidden.recall('', () => gadgets.listHidden()),
    },
    allowList: { ...allowList, list: () => keptRules.recall('', () => allowList.list()) },
  } satisfies Partial<Stores>;
}
