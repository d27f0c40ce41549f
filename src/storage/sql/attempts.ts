/** Counts of attempts over SQL. A clock that is moved back a little does not open a new window. */
import type { AttemptStore } from '../../model/index.ts';
import type { Queries, SqlContext } from './context.ts';

export function sqlAttempts({ db }: SqlContext): AttemptStore {
  const running = (queries: Queries, bucket: string, now: number, windowSeconds: number) =>
    queries
      .selectFrom('attempts')
      .select(['attempts', 'started_at'])
      .where('bucket', '=', bucket)
      .where('started_at', '>', now - windowSeconds)
      .where('started_at', '<', now + windowSeconds)
      .executeTakeFirst();

  return {
    count(bucket, now, windowSeconds) {
      return db.transaction().execute(async (trx) => {
        const window = await running(trx, bucket, now, windowSeconds);
        const counted = { attempts: (window?.attempts ?? 0) + 1, started_at: window?.started_at ?? now };
        await trx
          .insertInto('attempts')
          .values({ bucket, ...counted })
          .onConflict((conflict) => conflict.column('bucket').doUpdateSet(counted))
          .execute();
        return counted.attempts;
      });
    },
    async peek(bucket, now, windowSeconds) {
      return (await running(db, bucket, now, windowSeconds))?.attempts ?? 0;
    },
    async reset(bucket) {
      await db.deleteFrom('attempts').where('bucket', '=', bucket).execute();
    },
    async purge(before, limit) {
      const over = db.selectFrom('attempts').select('bucket').where('started_at', '<', before);
      const purged = await db
        .deleteFrom('attempts')
        .where('bucket', 'in', over.limit(limit))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}
