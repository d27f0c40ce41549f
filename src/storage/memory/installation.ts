/** What the installation says about itself, and its service providers, in memory. */
import type { InstallationStore, ServiceProvider, ServiceProviderStore } from '../../model/index.ts';
import { pageOf } from './paging.ts';
import { isAtBase, type Tables } from './tables.ts';

export function memoryInstallation(tables: Tables): InstallationStore {
  return {
    async read() {
      return tables.installation;
    },
    async create(installation) {
      tables.installation ??= installation;
      return tables.installation;
    },
    async update(changes, event) {
      if (tables.installation !== null) tables.installation = { ...tables.installation, ...changes };
      tables.record(event);
    },
    async replaceKeys(before, { publicKeySpki, privateKey, next }, event) {
      const stored = tables.installation;
      const isStill =
        stored?.publicKeySpki === before.publicKeySpki &&
        stored.next?.publicKeySpki === before.next?.publicKeySpki;
      if (!isStill) return false;
      tables.installation = { ...stored, publicKeySpki, privateKey, next };
      tables.record(event);
      return true;
    },
    async readSetupHash() {
      return tables.users.size > 0 ? null : tables.setupHash;
    },
    async writeSetupHash(hash) {
      tables.setupHash = hash;
    },
  };
}

const ORDER = {
  name: (provider: ServiceProvider) => provider.name.toLowerCase(),
  created: (provider: ServiceProvider) => provider.createdAt,
};

export function memoryServiceProviders(tables: Tables): ServiceProviderStore {
  const providers = tables.serviceProviders;
  return {
    async find(name) {
      return providers.get(name) ?? null;
    },
    async listByBaseUrl(baseUrl) {
      return [...providers.values()]
        .filter((provider) => isAtBase(provider, baseUrl))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    async listPlaces() {
      const order = (provider: ServiceProvider) => [ORDER.name(provider), provider.name].join('\n');
      return [...providers.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    },
    async list(query) {
      return pageOf(providers.values(), {
        ...query,
        searched: (provider) => [provider.name, provider.consumerKey, provider.description],
        order: ORDER[query.sort],
        tie: (provider) => provider.name,
      });
    },
    async add(provider, event) {
      if (providers.has(provider.name)) return false;
      providers.set(provider.name, provider);
      tables.record(event);
      return true;
    },
    async update(name, provider, expectedUpdatedAt, event) {
      if (providers.get(name)?.updatedAt !== expectedUpdatedAt) return 'lost';
      if (provider.name !== name && providers.has(provider.name)) return 'taken';
      providers.delete(name);
      providers.set(provider.name, provider);
      if (provider.name !== name) tables.renameProvider(name, provider.name);
      tables.record(event);
      return 'done';
    },
    async remove(name, event) {
      if (!providers.delete(name)) return false;
      tables.dropConnections((connection) => connection.providerName === name);
      tables.record(event);
      return true;
    },
  };
}
