/** Second factors over SQL. A code is taken by the one UPDATE that finds it not taken, whichever node asks. */
import type { SchemaModule } from 'kysely';
import { type SecondFactor, type SecondFactorStore, userNameKey } from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import { changeOne, changeRecorded, transactChange } from './change-recorded.ts';
import type { Queries, SqlContext } from './context.ts';
import { userExists } from './owners.ts';
import type { SecondFactorRow } from './schema/schema.ts';
import { transact } from './transact.ts';

export function sqlSecondFactors({ db, locks, sealer }: SqlContext): SecondFactorStore {
  const find = (queries: Queries, userName: string) =>
    queries
      .selectFrom('second_factors')
      .selectAll()
      .where('user_key', '=', userNameKey(userName))
      .executeTakeFirst();

  return {
    async find(userName) {
      const row = await find(db, userName);
      return row === undefined ? null : fromRow(row, sealer);
    },
    async listNewOfAdministrators(since, limit) {
      const rows = await db
        .selectFrom('second_factors as f')
        .innerJoin('users as u', 'u.name_key', 'f.user_key')
        .select(['f.user_name', 'f.created_at'])
        .where('f.created_at', '>=', since)
        .where('u.is_administrator', '=', 1)
        .orderBy('f.created_at', 'desc')
        .orderBy('f.user_key')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ userName: row.user_name, createdAt: row.created_at }));
    },
    add(factor, event) {
      return transact(db, async (trx) => {
        if (!(await userExists(trx, locks, factor.userName))) return false;
        return changeRecorded(
          trx,
          trx
            .insertInto('second_factors')
            .values(toRow(factor, sealer))
            .onConflict((conflict) => conflict.doNothing()),
          event,
        );
      });
    },
    takeStep(userName, step) {
      return changeOne(
        db
          .updateTable('second_factors')
          .set({ last_step: step })
          .where('user_key', '=', userNameKey(userName))
          .where('last_step', '<', step),
      );
    },
    takeRecoveryCode(userName, hash, event) {
      return transact(db, async (trx) => {
        const row = await find(trx, userName);
        const hashes = row === undefined ? [] : (JSON.parse(row.recovery_hashes) as string[]);
        if (!hashes.includes(hash)) return false;
        return changeRecorded(
          trx,
          trx
            .updateTable('second_factors')
            .set({ recovery_hashes: JSON.stringify(hashes.filter((other) => other !== hash)) })
            .where('user_key', '=', userNameKey(userName))
            .where('recovery_hashes', '=', row!.recovery_hashes),
          event,
        );
      });
    },
    replaceRecoveryCodes(userName, hashes, event) {
      return transactChange(
        db,
        (trx) =>
          trx
            .updateTable('second_factors')
            .set({ recovery_hashes: JSON.stringify(hashes) })
            .where('user_key', '=', userNameKey(userName)),
        event,
      );
    },
    remove(userName, event) {
      return transactChange(
        db,
        (trx) => trx.deleteFrom('second_factors').where('user_key', '=', userNameKey(userName)),
        event,
      );
    },
  };
}

function toRow(factor: SecondFactor, sealer: Sealer): SecondFactorRow {
  const userKey = userNameKey(factor.userName);
  return {
    user_key: userKey,
    user_name: factor.userName,
    secret: sealer.seal(factor.secret, placeOf(userKey)),
    last_step: factor.lastStep,
    recovery_hashes: JSON.stringify(factor.recoveryHashes),
    created_at: factor.createdAt,
  };
}

function fromRow(row: SecondFactorRow, sealer: Sealer): SecondFactor {
  return {
    userName: row.user_name,
    secret: sealer.open(row.secret, placeOf(row.user_key)),
    lastStep: row.last_step,
    recoveryHashes: JSON.parse(row.recovery_hashes),
    createdAt: row.created_at,
  };
}

function placeOf(userKey: string) {
  return { table: 'second_factors', row: userKey, column: 'secret' };
}

/** The step of the schema. */
export async function createSecondFactors({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('second_factors')
    .addColumn('user_key', 'text', (c) => c.primaryKey().references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('last_step', 'bigint', (c) => c.notNull())
    .addColumn('recovery_hashes', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
}

/** The step of the schema after which new ones are found without looking at all. */
export async function indexSecondFactors({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema.createIndex('second_factors_by_age').on('second_factors').column('created_at').execute();
}
