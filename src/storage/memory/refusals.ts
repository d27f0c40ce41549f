/** Refused requests in memory. */
import type { Refusal, RefusalStore, RefusalSummary } from '../../model/index.ts';
import { pageOf } from './paging.ts';
import { deleteWhere, type Tables } from './tables.ts';

export function memoryRefusals({ refusals }: Tables): RefusalStore {
  const newestFirst = (rows: Iterable<Refusal>): Refusal[] =>
    [...rows].reverse().toSorted((a, b) => b.at - a.at);

  function dropBeyond(limit: number, counts: (refusal: Refusal) => boolean): void {
    const counted = newestFirst(refusals.values()).filter(counts);
    for (const { requestId } of counted.slice(limit)) refusals.delete(requestId);
  }

  return {
    async add(added, bounds) {
      for (const refusal of added)
        if (!refusals.has(refusal.requestId)) refusals.set(refusal.requestId, refusal);
      for (const quota of new Set(added.map(quotaOf)))
        dropBeyond(bounds.perConsumer, (refusal) => quotaOf(refusal) === quota);
      dropBeyond(bounds.inAll, () => true);
    },
    async find(requestId) {
      return refusals.get(requestId) ?? null;
    },
    async list(filter, query) {
      const matching = newestFirst(refusals.values()).filter(
        (refusal) =>
          (filter.consumerKey === undefined || refusal.consumerKey === filter.consumerKey) &&
          (filter.problem === undefined || refusal.problem === filter.problem) &&
          (filter.since === undefined || refusal.at >= filter.since),
      );
      return pageOf(matching.map(summaryOf), {
        ...query,
        searched: (refusal) => [refusal.requestId, refusal.consumerKey, refusal.path],
        order: (refusal) => refusal.at,
        tie: (refusal) => refusal.requestId,
        descending: true,
      });
    },
    async purge(before, limit) {
      return deleteWhere(refusals, (refusal) => refusal.at < before, limit);
    },
  };
}

function quotaOf({ isKnownConsumer, consumerKey }: RefusalSummary): string {
  return isKnownConsumer ? (consumerKey ?? '') : '';
}

function summaryOf({ request: _request, ...summary }: Refusal): RefusalSummary {
  return summary;
}
