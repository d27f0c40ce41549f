import { equal } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { FixedClock } from '../../base/index.ts';
import { DATABASE_FILE, openSqliteDatabase } from './index.ts';

const NOW = 1_700_000_000;
const WINDOW = 300;
const OLD = 5_000;

describe('nonces in an embedded database that several servers share', () => {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-nonces-'));
  after(() => rmSync(directory, { recursive: true }));

  it('are forgotten a batch at a time, so that no burn waits for all of a window', async () => {
    const clock = new FixedClock(NOW);
    const database = await openSqliteDatabase({ directory, clock });
    const nonces = await database.openNonces('database', WINDOW);
    const file = new DatabaseSync(join(directory, DATABASE_FILE));
    file.exec(`insert into used_nonces (consumer_key, token_hash, timestamp, nonce_hash)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < ${OLD})
      select 'wiki', '', ${NOW}, i from n`);
    const left = () =>
      file.prepare(`select count(*) as n from used_nonces where timestamp = ${NOW}`).get()!.n;

    clock.advance(2 * WINDOW);
    const counts = [];
    for (const nonce of ['a', 'b', 'c', 'd']) {
      equal(await nonces.burn('wiki', '', NOW + 2 * WINDOW, nonce), 'fresh');
      equal(await nonces.burn('wiki', '', NOW, `${nonce} of the past`), 'unsure');
      counts.push(left());
    }
    equal(counts.join(), '1000,0,0,0');
    file.close();
    await nonces.close();
    await database.storage.close();
  });
});
