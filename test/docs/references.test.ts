import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { AUDIT_ACTIONS } from '../../src/model/index.ts';
import { commandsPage } from '../../tools/commands-page.ts';
import { eventsPage } from '../../tools/events-page.ts';
import { ROOT } from './documents.ts';

const read = (name: string) => readFileSync(`${ROOT}docs/reference/${name}.md`, 'utf8');

describe('the reference of commands', () => {
  it('says what the program says: else run node tools/write-references.ts', async () => {
    assert.equal(read('commands'), await commandsPage());
  });

  it('tells of commands within groups, their flags and examples', () => {
    const page = read('commands');
    assert.match(page, /^## countersign consumer add$/m);
    assert.match(page, /^\| `--generate-secret` \| make a shared secret/m);
    assert.match(page, /^countersign db rotate-key --drop-old$/m);
  });
});

describe('the reference of events', () => {
  it('is current: else run node tools/write-references.ts', () => {
    assert.equal(read('events'), eventsPage());
  });

  it('tells of every action of the audit log, in its order', () => {
    const told = [...read('events').matchAll(/^\| `([a-z-]+\.[a-z-]+)` \|/gm)].map(([, action]) => action);
    assert.deepEqual(told, [...AUDIT_ACTIONS]);
  });
});
