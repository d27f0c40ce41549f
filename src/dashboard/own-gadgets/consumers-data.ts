/**
 * What the gadget about consumers' health shows to administrators: how much each of them asked for lately, how often
 * it was refused, and which old ways of signing it still depends on. Those with trouble come first.
 */
import { type AdministrationContext, usageFilter } from '../../administration/index.ts';
import { OLD_WAYS, type Storage, usesOldWay } from '../../model/index.ts';

const DAYS = 7;
const DAY_SECONDS = 86_400;

/** More than a gadget can show are not counted. */
const MOST_CONSUMERS = 200;

/** Consumers of this installation. @param now seconds since 1970 */
export async function consumersData(
  context: Pick<AdministrationContext, 'storage' | 'clock'>,
  now: number,
): Promise<object> {
  const { consumers, refusals, usage } = context.storage;
  const query = { search: '', sort: 'used', descending: true, offset: 0, limit: MOST_CONSUMERS } as const;
  const [{ rows }, refused] = await Promise.all([
    consumers.list({ ...query, countUpTo: 0 }),
    refusalCounts(refusals, now - DAYS * DAY_SECONDS),
  ]);
  const keys = rows.map(({ consumer }) => consumer.key);
  const used = await usage.perConsumerOf(keys, usageFilter(context, DAYS).fromDay);
  const usedBy = Map.groupBy(used, ({ consumerKey }) => consumerKey);
  const listed = rows.map(({ consumer: { key, name }, lastUsedAt, activeUsers }) => ({
    key,
    name,
    activeUsers,
    lastUsedAt,
    requests: (usedBy.get(key) ?? []).reduce((sum, one) => sum + one.requests, 0),
    refusals: refused.get(key) ?? 0,
    oldWays: OLD_WAYS.filter((way) => usedBy.get(key)?.some((one) => usesOldWay(one, way))),
  }));
  const worries = (one: (typeof listed)[number]) => Number(one.refusals > 0) * 4 + one.oldWays.length;
  return { days: DAYS, consumers: listed.toSorted((a, b) => worries(b) - worries(a)) };
}

/** Refusals since then by consumer, as far as they are kept. */
async function refusalCounts(
  refusals: Storage['refusals'],
  since: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await refusals.list({ since }, { search: '', offset: 0, limit: 1000 });
  const counts = new Map<string, number>();
  for (const { consumerKey } of rows) {
    if (consumerKey !== null) counts.set(consumerKey, (counts.get(consumerKey) ?? 0) + 1);
  }
  return counts;
}
