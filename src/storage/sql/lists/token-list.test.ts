import { deepEqual, rejects } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { Kysely } from 'kysely';
import { NOW } from '../../../../test/support/records.ts';
import { openConnection } from '../../sqlite/connection.ts';
import { nodeSqliteDialect } from '../../sqlite/dialect.ts';
import { migrate } from '../schema/migrate.ts';
import type { Database } from '../schema/schema.ts';
import { tokenPage } from './token-list.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-token-list-'));
after(() => rmSync(root, { recursive: true }));

it('whoever searches through few tokens of their own has nobody look through all consumers and users', async () => {
  const connection = openConnection(join(root, 'countersign.db'));
  const db = new Kysely<Database>({ dialect: nodeSqliteDialect(connection) });
  await migrate(db, 'sqlite', NOW);
  connection.exec('drop table consumer_search; drop table user_search');
  const query = { search: 'team', sort: 'created', descending: true, offset: 0, limit: 25 } as const;
  const found = await tokenPage(db, 'sqlite', { userName: 'Alice' }, query, NOW);
  deepEqual(found, { rows: [], total: 0 });
  await rejects(tokenPage(db, 'sqlite', {}, query, NOW), /consumer_search/);
  connection.close();
});
