import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { Kysely } from 'kysely';
import { NOW } from '../../../../test/support/records.ts';
import { USUAL_CONDUCT } from '../../../model/index.ts';
import { openConnection } from '../../sqlite/connection.ts';
import { nodeSqliteDialect } from '../../sqlite/dialect.ts';
import { conductFromRow } from '../service-providers.ts';
import { migrate, schemaStatus } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import type { ServiceProviderRow } from './schema.ts';

const FILES = ['', '-wal'] as const;

const root = mkdtempSync(join(tmpdir(), 'countersign-migrate-'));
after(() => rmSync(root, { recursive: true }));

function openAt(file: string, trace?: (sql: string) => void) {
  const connection = openConnection(file);
  return {
    connection,
    db: new Kysely<unknown>({ dialect: nodeSqliteDialect(connection, trace === undefined ? {} : { trace }) }),
  };
}

function schemaOf(connection: DatabaseSync): unknown {
  return connection.prepare('select type, name, sql from sqlite_schema order by type, name').all();
}

/** What a crash at this moment would leave: the files as the kernel has them. */
function copyDatabase(from: string, to: string): void {
  for (const suffix of FILES) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
}

/** The same for the same bytes. */
function fingerprint(file: string): string {
  const hash = createHash('sha256');
  for (const suffix of FILES) if (existsSync(file + suffix)) hash.update(readFileSync(file + suffix));
  return hash.digest('hex');
}

describe('migrations', () => {
  it('bring an empty database up to date, and then have nothing to do', async () => {
    const { connection, db } = openAt(join(root, 'new.db'));
    const before = await schemaStatus(db);
    deepEqual([before.version, before.pending.length], [0, MIGRATIONS.length]);
    deepEqual(before.pending[0], { number: 1, name: MIGRATIONS[0]!.name });
    const done = { version: MIGRATIONS.length, latest: MIGRATIONS.length, pending: [] };
    deepEqual(await migrate(db, 'sqlite', NOW), done);
    deepEqual(await migrate(db, 'sqlite', NOW), done);
    connection.close();
  });

  it('give service providers that were added before the usual conduct', async () => {
    const { connection, db } = openAt(join(root, 'before-conduct.db'));
    for (const step of MIGRATIONS.slice(0, 5)) await step.up(db, 'sqlite');
    connection.exec(`insert into service_providers
      (name, sort_name, search_text, consumer_key, description, signature_method, created_at, updated_at)
      values ('Photos', 'photos', '', 'key', '', 'RSA-SHA1', 0, 0)`);
    for (const step of MIGRATIONS.slice(5)) await step.up(db, 'sqlite');
    const row = connection.prepare('select * from service_providers').get() as unknown as ServiceProviderRow;
    deepEqual(conductFromRow(row), USUAL_CONDUCT);
    connection.close();
  });

  it('bind the tokens and API keys of before to the providers of before', async () => {
    const { connection, db } = openAt(join(root, 'before-bonds.db'));
    const at = MIGRATIONS.findIndex(({ name }) => name.startsWith('what tokens and API keys'));
    for (const step of MIGRATIONS.slice(0, at)) await step.up(db, 'sqlite');
    connection.exec(`insert into service_providers (name, sort_name, search_text, consumer_key, description,
        signature_method, access_token_url, base_url, created_at, updated_at)
      values ('Photos', 'photos', '', 'key', '', 'HMAC-SHA1', 'https://a.example/t', 'https://B.example/x/', 0, 0);
      insert into users (name_key, name, search_text, display_name, is_administrator, is_disabled, created_at)
      values ('alice', 'alice', '', '', 0, 0, 0);
      insert into connections (id, user_key, user_name, provider_name, gadget_url, token, secret, state, version, created_at)
      values ('c', 'alice', 'alice', 'Photos', '', '', '', 'active', 1, 0);
      insert into api_keys (id, hash, label, user_key, user_name, providers, created_at)
      values ('k', 'h', '', 'alice', 'alice', '["Photos","Gone"]', 0), ('a', 'i', '', 'alice', 'alice', null, 0)`);
    for (const step of MIGRATIONS.slice(at)) await step.up(db, 'sqlite');
    const read = (statement: string) => connection.prepare(statement).get() as Record<string, unknown>;
    const { id, base_key } = read('select id, base_key from service_providers');
    ok(/^[A-Za-z0-9]{16}$/.test(String(id)));
    equal(base_key, 'https://b.example/x');
    equal(read('select audience from connections').audience, 'https://a.example https://b.example key');
    equal(read("select providers from api_keys where id = 'k'").providers, JSON.stringify([id]));
    equal(read("select providers from api_keys where id = 'a'").providers, null);
    connection.close();
  });

  it('interrupted at any statement, are finished by the next start', async () => {
    const file = join(root, 'whole.db');
    const crashes: string[] = [];
    const whole = openAt(file, () => {
      const crash = join(root, `crash-${crashes.length}.db`);
      copyDatabase(file, crash);
      crashes.push(crash);
    });
    await migrate(whole.db, 'sqlite', NOW);
    const expected = schemaOf(whole.connection);
    whole.connection.close();
    ok(crashes.length > 40);
    // Within a transaction nothing is written: most crashes leave the same bytes, and one start for each is all.
    const distinct = new Map(crashes.map((crash) => [fingerprint(crash), crash]));
    ok(distinct.size > MIGRATIONS.length);
    for (const crash of distinct.values()) {
      const { connection, db } = openAt(crash);
      const { version } = await schemaStatus(db);
      equal(Number.isInteger(version), true);
      equal((await migrate(db, 'sqlite', NOW)).version, MIGRATIONS.length);
      deepEqual(schemaOf(connection), expected);
      connection.close();
    }
  });

  it('that fail at any statement leave no half step behind', async () => {
    let statements = 0;
    const count = openAt(join(root, 'count.db'), () => {
      statements += 1;
    });
    await migrate(count.db, 'sqlite', NOW);
    const expected = schemaOf(count.connection);
    count.connection.close();
    for (let failing = 1; failing <= statements; failing += 7) {
      const file = join(root, `fail-${failing}.db`);
      let at = 0;
      const { connection, db } = openAt(file, () => {
        at += 1;
        if (at === failing) throw new Error('the power of this statement is cut');
      });
      connection.exec('pragma synchronous = off'); // What is undone is undone in memory: no need to wait for a disk.
      await rejects(migrate(db, 'sqlite', NOW), /is cut/);
      await migrate(db, 'sqlite', NOW);
      deepEqual(schemaOf(connection), expected);
      connection.close();
    }
  });

  it('are each done once when several processes start together', async () => {
    const file = join(root, 'together.db');
    const opened = Array.from({ length: 4 }, () => openAt(file));
    await Promise.all(opened.map(({ db }) => migrate(db, 'sqlite', NOW)));
    const steps = opened[0]!.connection.prepare('select number from schema_version order by number').all();
    equal(steps.length, MIGRATIONS.length);
    for (const { connection } of opened) connection.close();
  });

  it('refuse a database that is newer than the program', async () => {
    const { connection, db } = openAt(join(root, 'newer.db'));
    await migrate(db, 'sqlite', NOW);
    connection.exec(`insert into schema_version values (${MIGRATIONS.length + 1}, 'of the future', ${NOW})`);
    await rejects(migrate(db, 'sqlite', NOW), {
      name: 'StorageUnavailable',
      message: /newer version of Countersign/,
    });
    equal((await schemaStatus(db)).version, MIGRATIONS.length + 1);
    connection.close();
  });
});
