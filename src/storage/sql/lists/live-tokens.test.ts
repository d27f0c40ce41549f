import { match } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { after, it } from 'node:test';
import { Kysely } from 'kysely';
import { NOW } from '../../../../test/support/records.ts';
import { openConnection } from '../../sqlite/connection.ts';
import { nodeSqliteDialect } from '../../sqlite/dialect.ts';
import { migrate } from '../schema/migrate.ts';
import type { Database } from '../schema/schema.ts';
import { allTokens, liveTokens } from './live-tokens.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-live-tokens-'));
after(() => rmSync(root, { recursive: true }));

it('live tokens are counted in SQLite without reading any of them', async () => {
  const connection = openConnection(join(root, 'countersign.db'));
  const db = new Kysely<Database>({ dialect: nodeSqliteDialect(connection) });
  await migrate(db, 'sqlite', NOW);
  const live = liveTokens(allTokens(db), {}, NOW);
  const { sql, parameters } = live.select((e) => e.fn.countAll().as('total')).compile();
  const [plan] = connection.prepare(`explain query plan ${sql}`).all(...(parameters as SQLInputValue[]));
  match(String(plan?.detail), /COVERING INDEX access_tokens_by_expiry/);
  connection.close();
});
