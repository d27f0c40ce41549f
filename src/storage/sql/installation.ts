/** What the installation says about itself, over SQL, in one row; and the set-up link. */
import type { Installation, InstallationStore } from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import { recordEvent } from './audit.ts';
import type { Queries, SqlContext } from './context.ts';
import { readFact, removeFact, writeFact } from './facts.ts';
import { FACTS, type InstallationRow } from './schema.ts';

export function sqlInstallation({ db, sealer }: SqlContext): InstallationStore {
  const read = async (queries: Queries): Promise<Installation | null> => {
    const row = await queries.selectFrom('installation').selectAll().where('id', '=', 1).executeTakeFirst();
    return row === undefined ? null : fromRow(row, sealer);
  };

  return {
    read: () => read(db),
    create(installation) {
      return db.transaction().execute(async (trx) => {
        const stored = await read(trx);
        if (stored !== null) return stored;
        await trx.insertInto('installation').values(toRow(installation, sealer)).execute();
        return installation;
      });
    },
    async update(installation, event) {
      await db.transaction().execute(async (trx) => {
        await trx.updateTable('installation').set(toRow(installation, sealer)).where('id', '=', 1).execute();
        await recordEvent(trx, event);
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

const placeOf = (column: 'private_key' | 'assertion_key') => ({ table: 'installation', row: '1', column });

function toRow(installation: Installation, sealer: Sealer): InstallationRow {
  return {
    id: 1,
    consumer_key: installation.consumerKey,
    name: installation.name,
    description: installation.description,
    callback: installation.callback,
    public_key: installation.publicKeySpki,
    private_key: sealer.seal(installation.privateKey, placeOf('private_key')),
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
    assertionKey: sealer.open(row.assertion_key, placeOf('assertion_key')),
    createdAt: row.created_at,
  };
}
