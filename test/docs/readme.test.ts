import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DOCUMENTS, ROOT, shellLines } from './documents.ts';

/** Lines that keep running, or that the rest of the tests run anyway. */
const LONG = /^(?:npm |bin\/countersign (?:serve|demo))/;

describe('the README', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'countersign-readme-'));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const readme = DOCUMENTS.filter(({ path }) => path === 'README.md');
  for (const { line } of readme.flatMap(shellLines).filter(({ line }) => !LONG.test(line))) {
    it(`shows a command that works: ${line}`, () => {
      const command = line.replaceAll('bin/countersign', `"${ROOT}bin/countersign"`);
      const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: directory, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    });
  }
});
