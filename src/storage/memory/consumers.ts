/** Consumers in memory. */
import { nowSeconds } from '../../base/index.ts';
import type { Consumer, ConsumerStore, ConsumerSummary } from '../../model/index.ts';
import { userNameKey } from '../../model/index.ts';
import { isLive } from './access-tokens.ts';
import { pageOf } from './paging.ts';
import { deleteWhere, isAtBase, isSameUser, type Tables } from './tables.ts';

export function memoryConsumers(tables: Tables): ConsumerStore {
  const activeUsers = (key: string, now: number): number => {
    const users = new Set<string>();
    for (const token of tables.accessTokens.values()) {
      if (token.consumerKey === key && isLive(token, now)) users.add(userNameKey(token.userName));
    }
    return users.size;
  };

  const lastUsedAt = (key: string): number | null => {
    let last: number | null = null;
    for (const token of tables.accessTokens.values()) {
      if (token.consumerKey !== key || token.lastUsedAt === null) continue;
      if (last === null || token.lastUsedAt > last) last = token.lastUsedAt;
    }
    return last;
  };

  const order = {
    name: (consumer: Consumer) => consumer.name.toLowerCase(),
    key: (consumer: Consumer) => consumer.key,
    created: (consumer: Consumer) => consumer.createdAt,
    used: (consumer: Consumer) => lastUsedAt(consumer.key) ?? 0,
  };

  const store = (consumer: Consumer): void => {
    const owner = consumer.owner === null ? null : (tables.user(consumer.owner)?.name ?? null);
    tables.consumers.set(consumer.key, { ...consumer, owner });
  };

  return {
    async find(key) {
      return tables.consumers.get(key) ?? null;
    },
    async list(query) {
      const now = nowSeconds(tables.clock);
      const page = pageOf(tables.consumers.values(), {
        ...query,
        searched: (consumer) => [consumer.key, consumer.name, consumer.description],
        order: order[query.sort],
        tie: (consumer) => consumer.key,
      });
      const rows: ConsumerSummary[] = page.rows.map((consumer) => ({
        consumer,
        activeUsers: activeUsers(consumer.key, now),
        lastUsedAt: lastUsedAt(consumer.key),
      }));
      return { ...page, rows };
    },
    async ownedBy(userName) {
      return [...tables.consumers.values()]
        .filter(({ owner }) => isSameUser(owner, userName))
        .toSorted((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.key, b.key));
    },
    async add(consumer, event) {
      if (tables.consumers.has(consumer.key)) return false;
      store(consumer);
      tables.record(event);
      return true;
    },
    async update(consumer, expectedUpdatedAt, event) {
      if (tables.consumers.get(consumer.key)?.updatedAt !== expectedUpdatedAt) return false;
      store(consumer);
      tables.record(event);
      return true;
    },
    async remove(key, event) {
      if (!tables.consumers.delete(key)) return false;
      tables.dropTokens((token) => token.consumerKey === key);
      deleteWhere(tables.usage, (count) => count.consumerKey === key);
      tables.record(event);
      return true;
    },
    async listByBaseUrl(baseUrl) {
      return [...tables.consumers.values()]
        .filter((consumer) => isAtBase(consumer, baseUrl))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    },
    async namesOf(keys) {
      const found = keys.flatMap((key) => tables.consumers.get(key) ?? []);
      return new Map(found.map(({ key, name }) => [key, name]));
    },
    async countActiveUsers(key, now) {
      return activeUsers(key, now);
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
