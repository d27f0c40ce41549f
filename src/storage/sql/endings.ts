/** What ends by itself, over SQL: along indexes of those that have an end, which are few. */
import { type Kysely, sql } from 'kysely';
import type { Ending, EndingStore } from '../../model/index.ts';
import type { SqlContext } from './context.ts';

export function sqlEndings({ db }: SqlContext): EndingStore {
  return {
    async listBetween(from, until, limit) {
      const credentials = await db
        .selectFrom('consumers')
        .select(['consumer_key as id', 'name', 'retiring_until as ends_at'])
        .where('retiring_until', '>=', from)
        .where('retiring_until', '<=', until)
        .orderBy('retiring_until')
        .orderBy('consumer_key')
        .limit(limit)
        .execute();
      const keys = await db
        .selectFrom('api_keys')
        .select(['id', 'label as name', 'user_name', 'expires_at as ends_at'])
        .where('expires_at', '>=', from)
        .where('expires_at', '<=', until)
        .orderBy('expires_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return [
        ...credentials.map(
          ({ id, name, ends_at }): Ending => ({
            kind: 'consumer-credential',
            id,
            name,
            userName: null,
            endsAt: Number(ends_at),
          }),
        ),
        ...keys.map(
          ({ id, name, user_name, ends_at }): Ending => ({
            kind: 'api-key',
            id,
            name,
            userName: user_name,
            endsAt: Number(ends_at),
          }),
        ),
      ].toSorted((a, b) => a.endsAt - b.endsAt || (a.id < b.id ? -1 : 1));
    },
  };
}

/** The step of the schema: ends are found without looking at all that have none. */
export async function indexEnds<DB>(db: Kysely<DB>): Promise<void> {
  for (const index of [
    'consumers_by_retirement on consumers (retiring_until) where retiring_until is not null',
    'api_keys_by_end on api_keys (expires_at) where expires_at is not null',
  ])
    await sql.raw(`create index ${index}`).execute(db);
}
