/**
 * Counts of attempts over SQL, each one statement, so that none is lost between servers. A clock that is moved back a
 * little does not open a new window.
 */
import { sql } from 'kysely';
import type { AttemptStore } from '../../model/index.ts';
import type { SqlContext } from './context.ts';

export function sqlAttempts({ db, locks }: SqlContext): AttemptStore {
  return {
    async count(bucket, now, windowSeconds) {
      const isRunning = sql<boolean>`attempts.started_at > ${now - windowSeconds} and attempts.started_at < ${now + windowSeconds}`;
      const { attempts } = await db
        .insertInto('attempts')
        .values({ bucket, started_at: now, attempts: 1 })
        .onConflict((conflict) =>
          conflict.column('bucket').doUpdateSet({
            started_at: sql`case when ${isRunning} then attempts.started_at else excluded.started_at end`,
            attempts: sql`case when ${isRunning} then attempts.attempts + 1 else 1 end`,
          }),
        )
        .returning('attempts')
        .executeTakeFirstOrThrow();
      return attempts;
    },
    async peek(bucket, now, windowSeconds) {
      const window = await db
        .selectFrom('attempts')
        .select('attempts')
        .where('bucket', '=', bucket)
        .where('started_at', '>', now - windowSeconds)
        .where('started_at', '<', now + windowSeconds)
        .executeTakeFirst();
      return window?.attempts ?? 0;
    },
    async reset(bucket) {
      await db.deleteFrom('attempts').where('bucket', '=', bucket).execute();
    },
    async purge(before, limit) {
      const over = db.selectFrom('attempts').select('bucket').where('started_at', '<', before);
      const purged = await db
        .with('over', () => locks.take(over.limit(limit)))
        .deleteFrom('attempts')
        .where('bucket', 'in', (e) => e.selectFrom('over').select('bucket'))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}
