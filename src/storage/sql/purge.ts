/** Deletes rows whose time is over, a bounded number at a time, so that no deletion holds the database for long. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Queries } from './context.ts';
import type { Database } from './schema.ts';

type Purged = 'request_tokens' | 'access_tokens' | 'sessions' | 'attempts';

export async function deleteSome<T extends Purged>(
  db: Queries,
  table: T,
  primaryKey: T extends 'attempts' ? 'bucket' : 'hash',
  limit: number,
  isOver: (e: ExpressionBuilder<Database, T>) => Expression<SqlBool>,
): Promise<number> {
  // Written for any of the tables; kysely's types follow one table at a time.
  const rows = db.selectFrom(table as 'sessions').select(primaryKey as 'hash');
  const over = rows.where(
    isOver as unknown as (e: ExpressionBuilder<Database, 'sessions'>) => Expression<SqlBool>,
  );
  const deleted = await db
    .deleteFrom(table as 'sessions')
    .where(primaryKey as 'hash', 'in', over.limit(limit))
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
