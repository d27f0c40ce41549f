/** Counts of accepted requests in memory. */
import {
  type ConsumerUsage,
  type UsageCount,
  type UsageFilter,
  type UsageStore,
  usesOldWay,
} from '../../model/index.ts';
import { pageOf } from './paging.ts';
import { deleteWhere, type Tables } from './tables.ts';

export function memoryUsage({ usage, consumers }: Tables): UsageStore {
  const matching = ({ consumerKey, fromDay }: UsageFilter): UsageCount[] =>
    [...usage.values()].filter(
      (count) => count.day >= fromDay && (consumerKey === undefined || count.consumerKey === consumerKey),
    );

  const perConsumer = (counts: readonly UsageCount[]): ConsumerUsage[] =>
    [...Map.groupBy(counts, kindOf).values()]
      .map(sumOf)
      .map(({ day: _day, ...count }) => ({
        ...count,
        consumerName: consumers.get(count.consumerKey)!.name,
      }))
      .sort((a, b) => b.requests - a.requests || compare(kindOf(a), kindOf(b)));

  return {
    async add(counts) {
      for (const count of counts) {
        const { consumerKey, day, method, version } = count;
        if (!consumers.has(consumerKey)) continue;
        const key = JSON.stringify([consumerKey, day, method, version]);
        usage.set(key, sumOf([usage.get(key) ?? [], count].flat()));
      }
    },
    async list(filter, place) {
      const newestFirst = { order: ({ day }: UsageCount) => day, tie: kindOf, descending: true };
      return pageOf(matching(filter), { search: '', searched: () => [''], ...newestFirst, ...place });
    },
    async perDay(filter) {
      const groups = Map.groupBy(matching(filter), ({ day, method }) => `${day} ${method}`);
      return [...groups.values()]
        .map(sumOf)
        .map(({ day, method, requests }) => ({ day, method, requests }))
        .sort((a, b) => a.day - b.day || compare(a.method, b.method));
    },
    perConsumer: async (filter) => perConsumer(matching(filter)),
    async perConsumerOf(keys, fromDay) {
      return perConsumer(matching({ fromDay }).filter(({ consumerKey }) => keys.includes(consumerKey)));
    },
    async leaders({ way, fromDay, limit, countUpTo }) {
      const used = matching({ fromDay: 0 }).filter((count) => way === 'any' || usesOldWay(count, way));
      const found = [...Map.groupBy(used, ({ consumerKey }) => consumerKey).values()]
        .filter((counts) => counts.some(({ day }) => day >= fromDay))
        .map(sumOf)
        .sort((a, b) => b.requests - a.requests || compare(a.consumerKey, b.consumerKey))
        .map(({ consumerKey }) => consumerKey);
      return { rows: found.slice(0, limit), total: Math.min(found.length, countUpTo) };
    },
    async purge(beforeDay, limit) {
      return deleteWhere(usage, ({ day }) => day < beforeDay, limit);
    },
  };
}

/** The first of them with the sum of all. */
function sumOf(counts: readonly UsageCount[]): UsageCount {
  return {
    ...counts[0]!,
    requests: counts.reduce((sum, { requests }) => sum + requests, 0),
    lastAt: Math.max(...counts.map(({ lastAt }) => lastAt)),
  };
}

/** A text by which equal kinds are equal and others are ordered as the database orders them. */
function kindOf({ consumerKey, method, version }: Omit<UsageCount, 'day'>): string {
  return [consumerKey, method, version].join('\u0000');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
