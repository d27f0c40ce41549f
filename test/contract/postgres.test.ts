/** PostgreSQL keeps the contract. */
import { deepEqual, equal } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { type Clock, FixedClock, Secret } from '../../src/base/index.ts';
import { openPostgresDatabase } from '../../src/storage/postgres/index.ts';
import { MIGRATIONS } from '../../src/storage/sql/schema/migrations.ts';
import { examineForRestore, importFile, restoreFile, writeFile } from '../../src/storage/transfer/index.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { aConsumer, anEvent, aUser, NOW } from '../support/records.ts';
import { describeAuditIndex, openAudit } from './audit-search.contract.ts';
import { closingStorage } from './closing-storage.ts';
import { describeFinding } from './finding.contract.ts';
import { describeLists } from './lists.contract.ts';
import { describeNonceLease } from './nonce-lease.contract.ts';
import { describeNonces, type OpenNonces } from './nonces.contract.ts';
import { describeRaces, describeSharedNonces, type OpenTwo, type OpenTwoNonces } from './races.contract.ts';
import { describeRemembered } from './remembered.contract.ts';
import { describeStorage } from './storage.contract.ts';
import { describeStrangeTexts } from './strange-texts.contract.ts';
import { describeTokenSearch } from './token-search.contract.ts';
import { describeTransfer } from './transfer.contract.ts';
import { CLOCK, sealedSecrets } from './transferable.ts';

const directory = mkdtempSync(join(tmpdir(), 'countersign-contract-'));
let server: PostgresServer;
before(async () => {
  server = await startPostgres();
  const empty = await server.createDatabase();
  await (await open(empty, new FixedClock(NOW))).storage.close();
});
after(async () => {
  await server.remove();
  rmSync(directory, { recursive: true });
});

/** Databases are copies of the first, so the schema is made once. */
const MIGRATED = 'test_1';

const open = (url: string, clock: Clock) => openPostgresDatabase({ url: new Secret(url), directory, clock });

/** More than one case uses at a time. A database is a thousand files: making one for each case takes minutes to delete. */
const MOST_DATABASES = 6;
const databases: string[] = [];
let emptied = 0;

/** A database with the schema and nothing in it, and nobody left on it. */
async function emptyDatabase(): Promise<string> {
  if (databases.length < MOST_DATABASES) databases.push(await server.createDatabase(MIGRATED));
  emptied += 1;
  const url = databases[emptied % databases.length]!;
  const name = new URL(url).pathname.slice(1);
  await server.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
  );
  await server.query(
    `do $$ begin execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity cascade'
      from pg_tables where schemaname = 'public' and tablename <> 'schema_version'); end $$`,
    name,
  );
  return url;
}

const openNew = async (clock: Clock) => open(await emptyDatabase(), clock);

const openNonces: OpenNonces = async (clock, windowSeconds, quotaPerConsumer) =>
  closingStorage(await openNew(clock), (database) => database.openNonces(windowSeconds, quotaPerConsumer));

const openTwo: OpenTwo = async (clock) => {
  const url = await emptyDatabase();
  return [(await open(url, clock)).storage, (await open(url, clock)).storage];
};

const openTwoNonces: OpenTwoNonces = async ([one, two], windowSeconds) => {
  const url = await emptyDatabase();
  const openOne = async (clock: Clock) =>
    closingStorage(await open(url, clock), (database) => database.openNonces(windowSeconds));
  return [await openOne(one), await openOne(two)];
};

describeStorage('PostgreSQL', async (clock) => (await openNew(clock)).storage);
describeNonces('PostgreSQL', openNonces);
describeRaces('PostgreSQL', openTwo);
describeRemembered('PostgreSQL', openTwo);
describeSharedNonces('PostgreSQL', openTwoNonces);

/** Each under a key file of its own, as installations have them. */
describeAuditIndex('PostgreSQL', openNew);
describeFinding('PostgreSQL', openNew);
describeLists('PostgreSQL', openNew);
describeStrangeTexts('PostgreSQL', () => openAudit(openNew));
describeTokenSearch('PostgreSQL', openNew);
describeTransfer('PostgreSQL', async (clock) => {
  const url = await emptyDatabase();
  const own = mkdtempSync(join(directory, 'own-'));
  return openPostgresDatabase({ url: new Secret(url), directory: own, clock });
});

describeNonceLease('PostgreSQL', async () => {
  const url = await emptyDatabase();
  const databases = await Promise.all([1, 2].map(() => open(url, new FixedClock(NOW))));
  const [one, other] = await Promise.all(databases.map((database) => database.openNonceLease()));
  return {
    leases: [one!, other!],
    burnInDatabase: async () => (await databases[0]!.openNonces(300)).close(),
    async close() {
      for (const { storage } of databases) await storage.close();
    },
  };
});

describe('a restore into PostgreSQL', () => {
  it('has as long as it takes for each statement, however large the tables are', async () => {
    const url = await server.createDatabase(MIGRATED);
    const { kept, storage } = await open(url, CLOCK);
    const path = join(directory, 'backup.ndjson');
    const secrets = sealedSecrets({ kept, storage });
    await writeFile({ path, isCompressed: false, mayReplace: true }, kept, { secrets, clock: CLOCK });
    // The database itself writes down how long the statements that empty and fill a table may take.
    await server.query(
      `create table noted (statement text, timeout text);
      create function note() returns trigger language plpgsql as $$ begin
        insert into noted values (tg_op, current_setting('statement_timeout'));
        return null;
      end $$;
      create trigger note after insert or delete on audit_events for each statement execute function note();`,
      new URL(url).pathname.slice(1),
    );
    const options = { path, secretsOf: () => secrets, clock: CLOCK, keepAccess: false };
    await restoreFile(kept, options, await examineForRestore(kept, options));
    deepEqual(await server.query('select * from noted order by statement', new URL(url).pathname.slice(1)), [
      { statement: 'DELETE', timeout: '0' },
      { statement: 'INSERT', timeout: '0' },
    ]);
    await storage.close();
  });

  it('leaves its planner knowing how long the tables are, and so does an import', async () => {
    const url = await server.createDatabase(MIGRATED);
    const database = new URL(url).pathname.slice(1);
    const { kept, storage } = await open(url, CLOCK);
    const path = join(directory, 'lengths.ndjson');
    const secrets = sealedSecrets({ kept, storage });
    await writeFile({ path, isCompressed: false, mayReplace: true }, kept, { secrets, clock: CLOCK });
    const options = { path, secretsOf: () => secrets, clock: CLOCK, keepAccess: false };
    const merging = {
      ...options,
      random: { bytes: (length: number) => new Uint8Array(length) },
      onConflict: 'skip',
      withAccess: true,
      isDryRun: false,
    } as const;
    const comeIn = [
      () => importFile(kept, merging),
      async () => restoreFile(kept, options, await examineForRestore(kept, options)),
    ];
    for (const bring of comeIn) {
      await server.query("update pg_class set reltuples = -1 where relname = 'consumers'", database);
      await bring();
      deepEqual(await server.query("select reltuples from pg_class where relname = 'consumers'", database), [
        { reltuples: 0 },
      ]);
    }
    await storage.close();
  });
});

describe('the index of the audit log in PostgreSQL', () => {
  it('passes over nobody who was given an id before others and commits behind them', async () => {
    const url = await emptyDatabase();
    const { storage } = await open(url, CLOCK);
    const slow = new pg.Client({ connectionString: url });
    await slow.connect();
    await slow.query(`begin; insert into audit_events (at, actor, action, object, search_text)
      values (${NOW}, 'slow', 'user.login', 'slow', E'slow\\nuser.login\\nslow\\n')`);
    for (let count = 0; count < 40; count += 1) await storage.audit.append(anEvent());
    equal(await storage.audit.index(500), 0);
    await slow.query('commit');
    equal(await storage.audit.index(500), 32);
    for (let count = 0; count < 2100; count += 1) await storage.audit.append(anEvent());
    equal(await storage.audit.index(5000), 2096);
    const { rows } = await storage.audit.list({}, { search: 'slow', offset: 0, limit: 9 });
    deepEqual(
      rows.map(({ object }) => object),
      ['slow'],
    );
    await slow.end();
    await storage.close();
  });
});

describe('texts that were too long for the index of an earlier version', () => {
  it('are in it once the schema is up to date', async () => {
    const url = await server.createDatabase(MIGRATED);
    const database = new URL(url).pathname.slice(1);
    const { kept, storage } = await open(url, CLOCK);
    await server.query(
      `create or replace function text_runs(text text) returns tsvector language sql immutable strict
        return to_tsvector('simple', 'mixed up'); alter database ${database} set enable_seqscan = off`,
      database,
    );
    const long = 'ab'.repeat(200_000);
    await storage.consumers.add(aConsumer({ description: long }), anEvent());
    await storage.users.add(aUser({ displayName: long }), anEvent());
    const step = MIGRATIONS.find(({ name }) => name === 'finding texts of any length');
    await step!.up(kept.db as unknown as Kysely<unknown>, 'postgres');
    for (const table of ['consumers', 'users'])
      deepEqual(
        await server.query(
          `select count(*)::integer as found from ${table} where text_runs(search_text) @@ (E'\\x01')::tsquery`,
          database,
        ),
        [{ found: 1 }],
      );
    await storage.close();
  });
});
