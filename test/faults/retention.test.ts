/** Two nodes on one database delete what is over at the same time: neither fails over the other, and nothing else goes. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { FixedClock, Secret } from '../../src/base/index.ts';
import { dayOf, type Storage } from '../../src/model/index.ts';
import { openPostgresDatabase } from '../../src/storage/postgres/index.ts';
import { DATABASE_FILE, openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { addEverything } from '../contract/transferable.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { anEvent, NOW } from '../support/records.ts';

const OVER = 3_000;
const BATCH = 500;
const LATER = NOW + 400 * 86_400;
const CLOCK = new FixedClock(NOW);

const OLD_ENTRIES = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${OVER})
  insert into audit_events (at, actor, action, object, search_text)
  select ${NOW - 10}, 'alice', 'user.login', 'alice', 'alice' from n`;

/** Both delete until nothing is left. */
async function assertShared(nodes: readonly Storage[]): Promise<void> {
  await nodes[0]!.audit.append(anEvent({ object: 'kept' }));
  const deleted = await Promise.all(
    nodes.map(async ({ audit }) => {
      let sum = 0;
      for (let gone = BATCH; gone === BATCH; sum += gone) gone = await audit.purge(NOW, BATCH);
      return sum;
    }),
  );
  equal(deleted[0]! + deleted[1]!, OVER);
  const { rows } = await nodes[1]!.audit.list({}, { search: '', offset: 0, limit: 9 });
  deepEqual(
    rows.map(({ object }) => object),
    ['kept'],
  );
}

describe('two nodes that delete what is over', () => {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-retention-'));
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(async () => {
    await server?.remove();
    rmSync(directory, { recursive: true, force: true });
  });
  const openOn = async (url: string) =>
    (await openPostgresDatabase({ url: new Secret(url), directory, clock: CLOCK })).storage;

  it('share the work in SQLite, and leave what is not over', async () => {
    const open = () => openSqliteDatabase({ directory, clock: CLOCK });
    const nodes = [(await open()).storage, (await open()).storage];
    const database = new DatabaseSync(join(directory, DATABASE_FILE));
    database.exec(OLD_ENTRIES);
    database.close();
    await assertShared(nodes);
    for (const node of nodes) await node.close();
  });

  it('share the work in PostgreSQL, and leave what is not over', async () => {
    const url = await server.createDatabase();
    const nodes = [await openOn(url), await openOn(url)];
    await server.query(OLD_ENTRIES, new URL(url).pathname.slice(1));
    await assertShared(nodes);
    for (const node of nodes) await node.close();
  });

  it('never wait in PostgreSQL for rows that somebody else is about', async () => {
    const url = await server.createDatabase();
    const node = await openOn(url);
    await addEverything(node);
    await node.attempts.count('bucket', NOW, 60);
    const purges: Readonly<Record<string, () => Promise<number>>> = {
      request_tokens: () => node.requestTokens.purge(LATER, BATCH),
      access_tokens: () => node.accessTokens.purge(LATER, BATCH),
      sessions: () => node.sessions.purge(LATER, BATCH),
      pending_connections: () => node.connections.purgePending(LATER, BATCH),
      attempts: () => node.attempts.purge(LATER, BATCH),
      refusals: () => node.refusals.purge(LATER, BATCH),
      usage_counts: () => node.usage.purge(dayOf(LATER), BATCH),
    };
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    for (const [table, purge] of Object.entries(purges)) {
      await other.query('begin');
      const { rowCount } = await other.query(`select 1 from ${table} for update`);
      ok(Number(rowCount) > 0, table);
      equal(await purge(), 0, table);
      await other.query('rollback');
      equal(await purge(), rowCount, table);
    }
    await other.end();
    await node.close();
  });
});
