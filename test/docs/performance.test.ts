import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { LAST_RUN, resultFiles } from '../../bench/results/keep-results.ts';
import type { Results } from '../../bench/results/results.ts';
import { SCENARIOS } from '../../bench/scenarios.ts';
import { ROOT } from './documents.ts';

const read = (path: string) => readFileSync(ROOT + path, 'utf8');
const run = JSON.parse(read(LAST_RUN)) as Results;

describe('what the documents say about speed', () => {
  for (const [path, made] of resultFiles(run, read('docs/guide/performance.md')))
    it(`is what the last run found: ${path}`, () => assert.equal(read(path), made));

  it('comes from every scenario there is, or says why not', () => {
    const told = new Set([...run.findings, ...run.leftOut].map(({ scenario }) => scenario));
    assert.deepEqual(
      SCENARIOS.map(({ name }) => name).filter((name) => !told.has(name)),
      [],
    );
  });
});
