/** API keys over SQL: found by the digest of the key. */
import type { SchemaModule } from 'kysely';
import { type ApiKey, type ApiKeyStore, type ApiScope, userNameKey } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import { transactChange } from './change-recorded.ts';
import type { SqlContext } from './context.ts';
import { userExists } from './owners.ts';
import type { ApiKeyRow } from './schema/schema.ts';
import { transact } from './transact.ts';

export function sqlApiKeys({ db, locks }: SqlContext): ApiKeyStore {
  return {
    add(key, event) {
      return transact(db, async (trx) => {
        if (!(await userExists(trx, locks, key.userName))) return false;
        await trx.insertInto('api_keys').values(toRow(key)).execute();
        await recordEvent(trx, event);
        return true;
      });
    },
    async find(hash) {
      const row = await db.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async listOfUser(userName) {
      const rows = await db
        .selectFrom('api_keys')
        .selectAll()
        .where('user_key', '=', userNameKey(userName))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
    async noteUse(id, at) {
      await db.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', id).execute();
    },
    remove(id, userName, event) {
      return transactChange(
        db,
        (trx) =>
          trx.deleteFrom('api_keys').where('id', '=', id).where('user_key', '=', userNameKey(userName)),
        event,
      );
    },
  };
}

function toRow(key: ApiKey): ApiKeyRow {
  return {
    id: key.id,
    hash: key.hash,
    label: key.label,
    user_key: userNameKey(key.userName),
    user_name: key.userName,
    scope: key.scope,
    providers: key.providers === null ? null : JSON.stringify(key.providers),
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
  };
}

function fromRow(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    hash: row.hash,
    label: row.label,
    userName: row.user_name,
    scope: row.scope as ApiScope,
    providers: row.providers === null ? null : JSON.parse(row.providers),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

/** Keys that were made before there was a REST API are for service providers. */
export async function addScope({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .alterTable('api_keys')
    .addColumn('scope', 'text', (c) => c.notNull().defaultTo('providers'))
    .execute();
}
