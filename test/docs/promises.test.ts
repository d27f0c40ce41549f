import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type LongRun, replaceTable } from '../../tools/testing/long-run.ts';
import { PROMISES } from '../faults/promises.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

describe('the promises in SECURITY.md', () => {
  const document = read('SECURITY.md');

  it('are all there, with how often each was tried and broken', () => {
    assert.equal(Object.keys(PROMISES).length, 18);
    for (const [number, sentence] of Object.entries(PROMISES)) {
      const row = document.split('\n').find((line) => line.startsWith(`| ${number} | ${sentence} |`));
      assert.match(row ?? '', /\|(?: \d+ \|){4}[^|]*\|$/, sentence);
    }
  });

  it('are what the last long run found', () => {
    const run = JSON.parse(read('test/faults/last-long-run.json')) as LongRun;
    assert.equal(replaceTable(document, run), document);
  });
});
