/** What the installation says about itself, over SQL, in one row; and the set-up link. */
import type { SchemaModule } from 'kysely';
import type { Installation, InstallationKeys, InstallationStore, NextKeyPair } from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import { recordEvent } from './audit.ts';
import type { Queries, SqlContext } from './context.ts';
import { FACTS, readFact, removeFact, writeFact } from './facts.ts';
import type { InstallationRow } from './schema/schema.ts';
import { transact } from './transact.ts';

export function sqlInstallation({ db, sealer }: SqlContext): InstallationStore {
  const read = async (queries: Queries): Promise<Installation | null> => {
    const row = await queries.selectFrom('installation').selectAll().where('id', '=', 1).executeTakeFirst();
    return row === undefined ? null : fromRow(row, sealer);
  };

  return {
    read: () => read(db),
    create(installation) {
      return transact(db, async (trx) => {
        const row = toRow(installation, sealer);
        await trx
          .insertInto('installation')
          .values(row)
          .onConflict((c) => c.column('id').doNothing())
          .execute();
        return (await read(trx))!;
      });
    },
    async update(changes, event) {
      await transact(db, async (trx) => {
        if (Object.keys(changes).length > 0)
          await trx.updateTable('installation').set(changes).where('id', '=', 1).execute();
        await recordEvent(trx, event);
      });
    },
    replaceKeys(before, after, event) {
      return transact(db, async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('installation')
          .set(keyColumns(after, sealer))
          .where('id', '=', 1)
          .where('public_key', '=', before.publicKeySpki)
          .where('next_public_key', before.next === null ? 'is' : '=', before.next?.publicKeySpki ?? null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    async readSetupHash() {
      const user = await db.selectFrom('users').select('name_key').limit(1).executeTakeFirst();
      return user === undefined ? readFact(db, FACTS.setupHash) : null;
    },
    writeSetupHash(hash) {
      return hash === null ? removeFact(db, FACTS.setupHash) : writeFact(db, FACTS.setupHash, hash);
    },
  };
}

type SealedColumn = 'private_key' | 'next_private_key' | 'assertion_key';

const placeOf = (column: SealedColumn) => ({ table: 'installation', row: '1', column });

function keyColumns({ publicKeySpki, privateKey, next }: InstallationKeys, sealer: Sealer) {
  return {
    public_key: publicKeySpki,
    private_key: sealer.seal(privateKey, placeOf('private_key')),
    next_public_key: next?.publicKeySpki ?? null,
    next_private_key: next && sealer.seal(next.privateKey, placeOf('next_private_key')),
    next_activates_at: next?.activatesAt ?? null,
  };
}

function toRow(installation: Installation, sealer: Sealer): InstallationRow {
  return {
    id: 1,
    consumer_key: installation.consumerKey,
    name: installation.name,
    description: installation.description,
    callback: installation.callback,
    ...keyColumns(installation, sealer),
    assertion_key: sealer.seal(installation.assertionKey, placeOf('assertion_key')),
    created_at: installation.createdAt,
  };
}

function fromRow(row: InstallationRow, sealer: Sealer): Installation {
  return {
    consumerKey: row.consumer_key,
    name: row.name,
    description: row.description,
    callback: row.callback,
    publicKeySpki: row.public_key,
    privateKey: sealer.open(row.private_key, placeOf('private_key')),
    next: nextFromRow(row, sealer),
    assertionKey: sealer.open(row.assertion_key, placeOf('assertion_key')),
    createdAt: row.created_at,
  };
}

function nextFromRow(row: InstallationRow, sealer: Sealer): NextKeyPair | null {
  if (row.next_public_key === null || row.next_private_key === null || row.next_activates_at === null)
    return null;
  return {
    publicKeySpki: row.next_public_key,
    privateKey: sealer.open(row.next_private_key, placeOf('next_private_key')),
    activatesAt: row.next_activates_at,
  };
}

/** The step of the schema that makes room for a key pair that takes over. */
export async function addNextKey({ schema }: { schema: SchemaModule }): Promise<void> {
  for (const column of ['next_public_key', 'next_private_key'])
    await schema.alterTable('installation').addColumn(column, 'text').execute();
  await schema.alterTable('installation').addColumn('next_activates_at', 'bigint').execute();
}
