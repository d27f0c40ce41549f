/** Sessions over SQL. */
import { type Kysely, sql } from 'kysely';
import { type Session, type SessionStore, userNameKey } from '../../model/index.ts';
import type { SqlContext } from './context.ts';
import { userExists } from './owners.ts';
import type { SessionRow } from './schema/schema.ts';
import { transact } from './transact.ts';

/** Sessions that end for one that begins: there are more only where many began at the same moment. */
const MOST_ENDED = 100;

export function sqlSessions({ db, locks }: SqlContext): SessionStore {
  return {
    add(session, mostOfUser) {
      return transact(db, async (trx) => {
        if (!(await userExists(trx, locks, session.userName))) return;
        const others = trx
          .selectFrom('sessions')
          .select('hash')
          .where('user_key', '=', userNameKey(session.userName))
          .orderBy('last_seen_at', 'desc')
          .orderBy('hash')
          .offset(mostOfUser - 1)
          .limit(MOST_ENDED);
        await trx
          .deleteFrom('sessions')
          .where('hash', 'in', (e) => e.selectFrom(others.as('over')).select('hash'))
          .execute();
        await trx.insertInto('sessions').values(toRow(session)).execute();
      });
    },
    async find(hash) {
      const row = await db.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async touch(hash, at) {
      await db.updateTable('sessions').set({ last_seen_at: at }).where('hash', '=', hash).execute();
    },
    async noteProof(hash, at) {
      await db.updateTable('sessions').set({ proven_at: at }).where('hash', '=', hash).execute();
    },
    async remove(hash) {
      await db.deleteFrom('sessions').where('hash', '=', hash).execute();
    },
    async removeOfUser(userName, keptHash) {
      const all = db.deleteFrom('sessions').where('user_key', '=', userNameKey(userName));
      await (keptHash === undefined ? all : all.where('hash', '!=', keptHash)).execute();
    },
    async purge(expiredBefore, limit) {
      const over = db.selectFrom('sessions').select('hash').where('expires_at', '<', expiredBefore);
      const purged = await db
        .with('over', () => locks.take(over.limit(limit)))
        .deleteFrom('sessions')
        .where('hash', 'in', (e) => e.selectFrom('over').select('hash'))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}

function toRow(session: Session): SessionRow {
  return {
    hash: session.hash,
    user_key: userNameKey(session.userName),
    user_name: session.userName,
    csrf_token: session.csrfToken,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    proven_at: session.provenAt,
    expires_at: session.expiresAt,
  };
}

function fromRow(row: SessionRow): Session {
  return {
    hash: row.hash,
    userName: row.user_name,
    csrfToken: row.csrf_token,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    provenAt: row.proven_at,
    expiresAt: row.expires_at,
  };
}

/** The step of the schema after which sessions know of proofs. Of those that were there, the login was the last one. */
export async function addProof<DB>(db: Kysely<DB>): Promise<void> {
  await db.schema
    .alterTable('sessions')
    .addColumn('proven_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update sessions set proven_at = created_at`.execute(db);
}
