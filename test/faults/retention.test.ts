/** Two nodes on one database delete what is over at the same time: neither fails over the other, and nothing else goes. */
import { deepEqual, equal } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { FixedClock } from '../../src/base/index.ts';
import { DATABASE_FILE, openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { anEvent, NOW } from '../contract/records.ts';

const OVER = 3_000;
const BATCH = 500;

describe('two nodes that delete what is over', () => {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-retention-'));
  after(() => rmSync(directory, { recursive: true, force: true }));

  it('share the work, and leave what is not over', async () => {
    const open = () => openSqliteDatabase({ directory, clock: new FixedClock(NOW) });
    const nodes = [(await open()).storage, (await open()).storage];
    const database = new DatabaseSync(join(directory, DATABASE_FILE));
    database.exec(`insert into audit_events (at, actor, action, object, search_text)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < ${OVER})
      select ${NOW - 10}, 'alice', 'user.login', 'alice', 'alice' from n`);
    database.close();
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
    for (const node of nodes) await node.close();
  });
});
