import { equal, ok, rejects } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type Kysely, Kysely as Queries, sql } from 'kysely';
import { StorageUnavailable } from '../../model/index.ts';
import { openConnection } from './connection.ts';
import { nodeSqliteDialect } from './dialect.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-dialect-'));
after(() => rmSync(root, { recursive: true }));

async function open(name: string, trace?: (statement: string) => void) {
  const connection = openConnection(join(root, name));
  connection.exec('create table notes (text text not null unique)');
  return {
    connection,
    db: new Queries<unknown>({
      dialect: nodeSqliteDialect(connection, trace === undefined ? {} : { trace }),
    }),
  };
}

const write = (db: Kysely<unknown>, text: string) =>
  db.transaction().execute((trx) => sql`insert into notes values (${text})`.execute(trx));

describe('trouble with the database', () => {
  it('is told when the disk is full, and passes when it is not', async () => {
    const { connection, db } = await open('full.db');
    const { page_count } = connection.prepare('pragma page_count').get() as { page_count: number };
    connection.exec(`pragma max_page_count = ${page_count + 1}`);
    await rejects(write(db, 'x'.repeat(100_000)), { name: 'StorageUnavailable', message: /disk is full/ });
    equal(connection.isTransaction, false);
    connection.exec('pragma max_page_count = 1000000');
    await write(db, 'x'.repeat(100_000));
    connection.close();
  });

  it('is told when it is read-only', async () => {
    const { connection, db } = await open('read-only.db');
    connection.exec('pragma query_only = on');
    await rejects(write(db, 'x'), { name: 'StorageUnavailable', message: /read-only/ });
    connection.close();
  });

  it('of a COMMIT is told, and the COMMIT is not tried again', async () => {
    const statements: string[] = [];
    const { connection, db } = await open('commit.db', (statement) => {
      statements.push(statement);
      if (statement === 'commit') throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
    });
    await rejects(write(db, 'x'), StorageUnavailable);
    equal(statements.filter((statement) => statement === 'commit').length, 1);
    equal(connection.isTransaction, false);
    equal(connection.prepare('select count(*) as notes from notes').get()?.notes, 0);
    connection.close();
  });

  it('is not what a mistake in a statement is', async () => {
    const { connection, db } = await open('mistake.db');
    const mistake = sql`select nonsense from nowhere`.execute(db);
    await rejects(mistake, (error) => error instanceof Error && !(error instanceof StorageUnavailable));
    await write(db, 'same');
    await rejects(write(db, 'same'), (error) => !(error instanceof StorageUnavailable));
    connection.close();
  });
});

describe('another process that writes', () => {
  it('is waited for without holding up the event loop', async () => {
    let tries = 0;
    const enough = Promise.withResolvers<void>();
    const { connection, db } = await open('waiting.db', (statement) => {
      if (statement === 'begin immediate') tries += 1;
      if (tries === 5) enough.resolve();
    });
    const other = openConnection(join(root, 'waiting.db'));
    other.exec('begin immediate');
    const before = performance.eventLoopUtilization();
    const writing = [write(db, 'in a transaction'), sql`insert into notes values ('alone')`.execute(db)];
    await enough.promise;
    const { active } = performance.eventLoopUtilization(before);
    ok(active < 200, `five tries held the event loop up for ${active} ms`);
    other.exec('commit');
    await Promise.all(writing);
    equal(connection.prepare('select count(*) as notes from notes').get()?.notes, 2);
    other.close();
    connection.close();
  });
});

describe('connections', () => {
  it('write every commit through to the disk and keep foreign keys', async () => {
    const { connection } = await open('promises.db');
    equal(connection.prepare('pragma journal_mode').get()?.journal_mode, 'wal');
    equal(connection.prepare('pragma synchronous').get()?.synchronous, 2);
    equal(connection.prepare('pragma foreign_keys').get()?.foreign_keys, 1);
    ok(connection.isOpen);
    connection.close();
  });
});
