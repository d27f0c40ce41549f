/** Connections to service providers, pending ones and API keys, in memory. */
import { type ApiKeyStore, audienceOf, type Connection, type ConnectionStore } from '../../model/index.ts';
import { deleteWhere, isSameUser, type Tables } from './tables.ts';

type Kept = Connection & { readonly renewingUntil?: number };

export function memoryConnections(tables: Tables): ConnectionStore {
  const { connections, pendingConnections } = tables;
  const hasOwners = (row: { readonly userName: string; readonly providerName: string }): boolean =>
    tables.user(row.userName) !== null && tables.serviceProviders.has(row.providerName);
  const ofVersion = (id: string, version: number): Kept | null => {
    const connection = connections.get(id);
    return connection?.version === version ? connection : null;
  };
  const ofUser = (userName: string): readonly Connection[] =>
    [...connections.values()].filter((connection) => isSameUser(connection.userName, userName)).map(shown);

  return {
    async addPending(pending) {
      if (!hasOwners(pending) || pendingConnections.has(pending.hash)) return false;
      pendingConnections.set(pending.hash, pending);
      return true;
    },
    async takePending(hash, owner, now) {
      const pending = pendingConnections.get(hash);
      if (pending === undefined || pending.expiresAt <= now) return null;
      if (pending.sessionHash !== owner.sessionHash) return null;
      if (!isSameUser(pending.userName, owner.userName)) return null;
      pendingConnections.delete(hash);
      return pending;
    },
    async purgePending(expiredBefore, limit) {
      return deleteWhere(pendingConnections, (pending) => pending.expiresAt < expiredBefore, limit);
    },
    async save(connection, event) {
      if (!hasOwners(connection)) return false;
      deleteWhere(connections, (other) => isSamePlace(other, connection));
      connections.set(connection.id, connection);
      tables.record(event);
      return true;
    },
    async find(id) {
      const connection = connections.get(id);
      return connection === undefined ? null : shown(connection);
    },
    async findFor(userName, providerName, gadgetUrl) {
      const found = connections
        .values()
        .find((connection) => isSamePlace(connection, { userName, providerName, gadgetUrl }));
      return found === undefined ? null : shown(found);
    },
    async listOfUser(userName) {
      return ofUser(userName).toSorted((a, b) => compare(orderOf(a), orderOf(b)));
    },
    async useOfProvider(provider) {
      const audience = audienceOf(provider);
      const all = [...connections.values()].filter((connection) => connection.providerName === provider.name);
      const active = all.filter((one) => one.state === 'active' && one.audience === audience);
      const uses = all.flatMap(({ lastUsedAt }) => lastUsedAt ?? []);
      return {
        activeUsers: new Set(active.map(({ userName }) => tables.user(userName)?.name)).size,
        deadConnections: all.length - active.length,
        lastUsedAt: uses.length === 0 ? null : Math.max(...uses),
      };
    },
    async claimRenewal(id, version, now, until) {
      const connection = ofVersion(id, version);
      if (connection?.state !== 'active' || (connection.renewingUntil ?? 0) > now) return false;
      connections.set(id, { ...connection, renewingUntil: until });
      return true;
    },
    async renew(connection, expectedVersion, event) {
      if (ofVersion(connection.id, expectedVersion) === null) return 'lost';
      connections.set(connection.id, connection);
      tables.record(event);
      return 'done';
    },
    async releaseRenewal(id, version) {
      const connection = ofVersion(id, version);
      if (connection !== null) connections.set(id, shown(connection));
    },
    async markDead(id, version, problem, event) {
      const connection = ofVersion(id, version);
      if (connection?.state !== 'active') return 'lost';
      connections.set(id, { ...shown(connection), state: 'dead', problem });
      tables.record(event);
      return 'done';
    },
    async noteUse(id, at) {
      const connection = connections.get(id);
      if (connection !== undefined) connections.set(id, { ...connection, lastUsedAt: at });
    },
    async remove(id, userName, event) {
      const connection = connections.get(id);
      if (connection === undefined || !isSameUser(connection.userName, userName)) return false;
      connections.delete(id);
      tables.record(event);
      return true;
    },
  };
}

/** A connection without its claim. */
function shown({ renewingUntil: _claim, ...connection }: Kept): Connection {
  return connection;
}

function isSamePlace(
  a: Pick<Connection, 'userName' | 'providerName' | 'gadgetUrl'>,
  b: Pick<Connection, 'userName' | 'providerName' | 'gadgetUrl'>,
): boolean {
  return (
    isSameUser(a.userName, b.userName) && a.providerName === b.providerName && a.gadgetUrl === b.gadgetUrl
  );
}

function orderOf({ providerName, gadgetUrl }: Connection): string {
  return `${providerName}\n${gadgetUrl ?? ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function memoryApiKeys(tables: Tables): ApiKeyStore {
  const { apiKeys } = tables;
  return {
    async add(key, event) {
      if (tables.user(key.userName) === null) return false;
      apiKeys.set(key.id, key);
      tables.record(event);
      return true;
    },
    async find(hash) {
      return apiKeys.values().find((key) => key.hash === hash) ?? null;
    },
    async listOfUser(userName) {
      return [...apiKeys.values()]
        .filter((key) => isSameUser(key.userName, userName))
        .toSorted((a, b) => b.createdAt - a.createdAt || compare(a.id, b.id));
    },
    async noteUse(id, at) {
      const key = apiKeys.get(id);
      if (key !== undefined) apiKeys.set(id, { ...key, lastUsedAt: at });
    },
    async remove(id, userName, event) {
      const key = apiKeys.get(id);
      if (key === undefined || !isSameUser(key.userName, userName)) return false;
      apiKeys.delete(id);
      tables.record(event);
      return true;
    },
  };
}
