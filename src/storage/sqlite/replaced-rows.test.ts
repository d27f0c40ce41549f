import { equal } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { addAccessToken, addOwners } from '../../../test/contract/opened-storage.ts';
import { arrival } from '../../../test/support/arrival.ts';
import { aSession, NOW } from '../../../test/support/records.ts';
import { FixedClock } from '../../base/index.ts';
import { DATABASE_FILE, openSqliteDatabase } from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'countersign-'));
after(() => rmSync(directory, { recursive: true }));

/** Puts each row of a table in its own place again, with another value in one column. */
function replace(table: string, column: string, value: string): void {
  const other = new DatabaseSync(join(directory, DATABASE_FILE));
  const columns = other.prepare(`pragma table_info(${table})`).all();
  const values = columns.map(({ name }) => (name === column ? value : name));
  other.exec(`pragma foreign_keys = off; insert or replace into ${table} select ${values} from ${table}`);
  other.close();
}

describe('a row that is replaced, of whose removal SQLite tells no trigger', () => {
  it('is noticed, whatever was remembered of it', async () => {
    const { storage } = await openSqliteDatabase({ directory, clock: new FixedClock(NOW) });
    await addOwners(storage);
    await addAccessToken(storage, 'a');
    await storage.sessions.add(aSession(), 9);
    equal((await storage.sessions.find('session-hash'))?.csrfToken, 'anti-forgery');
    equal((await storage.grounds.lookUp('wiki', 'a')).user?.isDisabled, false);
    replace('sessions', 'csrf_token', "'another'");
    replace('users', 'is_disabled', '1');
    await arrival();
    equal((await storage.sessions.find('session-hash'))?.csrfToken, 'another');
    equal((await storage.grounds.lookUp('wiki', 'a')).user?.isDisabled, true);
    replace('access_tokens', 'revoked_at', '7');
    await arrival();
    equal((await storage.grounds.lookUp('wiki', 'a')).token?.revokedAt, 7);
    await storage.close();
  });
});
