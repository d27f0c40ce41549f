/** The audit log and the counts of attempts, in memory. */
import { type AttemptStore, type AuditStore, searchedTexts } from '../../model/index.ts';
import { pageOf } from './paging.ts';
import { type AttemptWindow, deleteWhere, type Tables } from './tables.ts';

export function memoryAudit(tables: Tables): AuditStore {
  return {
    async append(event) {
      tables.record(event);
    },
    async list(filter, query) {
      const matching = tables.audit.filter(
        (event) =>
          (filter.actor === undefined || event.actor === filter.actor) &&
          (filter.action === undefined || event.action === filter.action) &&
          (filter.object === undefined || event.object === filter.object) &&
          (filter.actions?.includes(event.action) ?? true) &&
          (filter.olderThan === undefined || event.id < filter.olderThan),
      );
      return pageOf(matching, {
        ...query,
        searched: searchedTexts,
        order: (event) => event.id,
        tie: (event) => String(event.id),
        descending: true,
      });
    },
    async purge(before, limit) {
      const recent = tables.audit.findIndex((event) => event.at >= before);
      return tables.audit.splice(0, Math.min(limit, recent < 0 ? limit : recent)).length;
    },
    /** In memory every entry is looked at. */
    index: async () => 0,
  };
}

export function memoryAttempts(tables: Tables): AttemptStore {
  const running = (bucket: string, now: number, windowSeconds: number): AttemptWindow | null => {
    const window = tables.attempts.get(bucket);
    return window !== undefined && Math.abs(now - window.startedAt) < windowSeconds ? window : null;
  };

  return {
    async count(bucket, now, windowSeconds) {
      const window = running(bucket, now, windowSeconds) ?? { startedAt: now, count: 0 };
      tables.attempts.set(bucket, { startedAt: window.startedAt, count: window.count + 1 });
      return window.count + 1;
    },
    async peek(bucket, now, windowSeconds) {
      return running(bucket, now, windowSeconds)?.count ?? 0;
    },
    async reset(bucket) {
      tables.attempts.delete(bucket);
    },
    async purge(before, limit) {
      return deleteWhere(tables.attempts, (window) => window.startedAt < before, limit);
    },
  };
}
