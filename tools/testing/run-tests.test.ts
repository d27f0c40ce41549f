import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

describe('running test files', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'countersign-runner-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('counts tests and not suites, and gives the reason of what was skipped', () => {
    const outcome = outcomeOf(`
      describe('suite', () => {
        it('passes', () => {});
        it('passes too', () => {});
        it('fails', () => { throw new Error('seeded'); });
        it('waits', { skip: 'for the moon' }, () => {});
      });`);
    assert.equal(outcome.passed, 2);
    assert.deepEqual(
      outcome.failures.map((one) => one.title),
      ['fails'],
    );
    assert.match(outcome.failures[0]?.text ?? '', /seeded/);
    assert.deepEqual(outcome.skips, [{ title: 'waits', reason: 'for the moon' }]);
  });

  it('counts a hook that fails, and a file that dies, as failures', () => {
    assert.ok(
      outcomeOf(`describe('suite', () => { before(() => { throw new Error('no'); }); it('x', () => {}); });`)
        .failures.length > 0,
    );
    assert.ok(outcomeOf('process.exit(3);').failures.length > 0);
    assert.ok(outcomeOf("import './gone.js';").failures.length > 0);
  });

  it('fails where a file holds no test, and where there is no file', () => {
    assert.equal(outcomeOf('').failures.length, 1);
    rmSync(join(directory, 'seeded.test.mjs'));
    assert.deepEqual(
      outcomeOf(null).failures.map((one) => one.title),
      ['has tests'],
    );
  });

  /** Runs a file with this code in a process of its own: Node's runner does not run inside itself. */
  function outcomeOf(code: string | null): Reported {
    const prelude = "import { before, describe, it } from 'node:test';\n";
    if (code !== null) writeFileSync(join(directory, 'seeded.test.mjs'), prelude + code);
    const runner = new URL('run-tests.ts', import.meta.url).href;
    const script = join(directory, 'go.mjs');
    writeFileSync(
      script,
      `import { runTests } from '${runner}';
      console.log(JSON.stringify(await runTests('unit', ['${directory}/*.test.mjs'], 1, () => {})));`,
    );
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
    return JSON.parse(stdout);
  }
});

interface Reported {
  readonly passed: number;
  readonly failures: readonly { readonly title: string; readonly text: string }[];
  readonly skips: readonly { readonly title: string; readonly reason: string }[];
}
