import { equal, throws } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setImmediate as nextTurn, setTimeout as timer } from 'node:timers/promises';
import { arrival } from '../../../test/support/arrival.ts';
import { CommittedChanges } from './committed-changes.ts';
import { openConnection } from './connection.ts';

let directory: string;
let reader: DatabaseSync;
let other: DatabaseSync;
let changes: CommittedChanges;
let forgotten: number;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-'));
  const open = () => openConnection(join(directory, 'countersign.db'));
  other = open();
  other.exec(`
    create table grounds_version (version);
    create table table_versions (name, version);
    insert into table_versions values ('users', 1);
  `);
  reader = open();
  changes = new CommittedChanges(reader);
  forgotten = 0;
  changes.onChange('users', () => {
    forgotten += 1;
  });
  changes.look();
  forgotten = 0;
});

afterEach(() => {
  mock.restoreAll();
  for (const connection of [reader, other]) if (connection.isOpen) connection.close();
  rmSync(directory, { recursive: true, force: true });
});

const change = () => other.exec("update table_versions set version = version + 1 where name = 'users'");

describe('what anybody commits', () => {
  it('is noticed once, by the next turn of the event loop', async () => {
    for (const times of [1, 2]) {
      change();
      await arrival();
      changes.look();
      changes.look();
      equal(forgotten, times);
    }
  });

  for (const [where, begin] of [
    ['in a timer', () => timer(1)],
    ['behind what had arrived', () => nextTurn()],
  ] as const) {
    it(`is noticed by a request that arrives after a look ${where}, however quickly it does`, async () => {
      mock.method(performance, 'now', () => 0);
      await begin();
      changes.look();
      change();
      await arrival();
      changes.look();
      equal(forgotten, 1);
    });
  }

  it('is noticed at once when it is told of', () => {
    mock.method(performance, 'now', () => 0);
    changes.look();
    change();
    changes.lookAgain();
    changes.look();
    equal(forgotten, 1);
  });

  it('stays in question after a look that failed', () => {
    mock.method(performance, 'now', () => 0);
    changes.lookAgain();
    other.exec('alter table table_versions rename to away');
    for (const _ of [1, 2]) throws(() => changes.look(), /table_versions/);
    other.exec('alter table away rename to table_versions');
    change();
    changes.look();
    equal(forgotten, 1);
  });
});
