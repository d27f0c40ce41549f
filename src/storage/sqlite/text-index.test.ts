import { doesNotThrow, equal } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, it } from 'node:test';
import { aConsumer, anEvent, aUser, NOW } from '../../../test/support/records.ts';
import { FixedClock } from '../../base/index.ts';
import { DATABASE_FILE, openSqliteDatabase } from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'countersign-text-index-'));
after(() => rmSync(directory, { recursive: true }));

it('what is searched by stands in the index as long as in its list, and no longer', async () => {
  const { storage } = await openSqliteDatabase({ directory, clock: new FixedClock(NOW) });
  const { consumers, users } = storage;
  for (const name of ['Alice', 'Bob']) await users.add(aUser({ name }), anEvent());
  for (const key of ['wiki', 'blog']) await consumers.add(aConsumer({ key }), anEvent());
  equal(await users.update('Alice', { displayName: 'Zoë Quill' }, anEvent()), 'done');
  equal(await consumers.update(aConsumer({ key: 'wiki', name: 'Straße' }), NOW, anEvent()), true);
  equal(await users.remove('Bob', anEvent()), 'done');
  await consumers.remove('blog', anEvent());
  await storage.close();
  const database = new DatabaseSync(join(directory, DATABASE_FILE));
  for (const index of ['consumer_search', 'user_search'])
    doesNotThrow(() => database.exec(`insert into ${index} (${index}, rank) values ('integrity-check', 1)`));
  database.close();
});
