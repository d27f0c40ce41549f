import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Outcome } from './outcome.ts';

/** Leaves its mark for whoever shares its process. */
const MARKING = `it('marks', () => { Array.marked = true; });`;

describe('running test files together', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'countersign-together-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('shares a process, and counts each test once', () => {
    const outcome = outcomeOf({
      a: MARKING,
      b: `it('sees the mark', () => { if (!Array.marked) writeFileSync('${directory}/alone', ''); });`,
      c: `describe('suite', () => { it('passes', () => {}); it('waits', { skip: 'for the moon' }, () => {}); });`,
    });
    assert.equal(outcome.passed, 3);
    assert.deepEqual(outcome.failures, []);
    assert.deepEqual(outcome.skips, [{ title: 'waits', reason: 'for the moon' }]);
    assert.throws(() => rmSync(join(directory, 'alone')), { code: 'ENOENT' });
  });

  it('fails nothing for sharing', () => {
    const outcome = outcomeOf({
      a: MARKING,
      b: `it('needs a world of its own', () => { if (Array.marked) throw new Error('shared'); });`,
    });
    assert.deepEqual([outcome.passed, outcome.failures], [2, []]);
  });

  it('keeps apart what has hooks for all, or changes what a process is', () => {
    const outcome = outcomeOf({
      a: `beforeEach(() => { throw new Error('seeded'); }); it('fails', () => {});`,
      b: `it('passes', () => {});`,
      c: `it('exits', () => { process.exit(0); });`,
    });
    assert.equal(outcome.passed, 1);
    assert.ok(outcome.failures.some(({ title }) => title === 'fails'));
  });

  it('holds the hooks that a file has for all to that file', () => {
    const outcome = outcomeOf({
      a: `let calls = 0; beforeEach(() => { calls += 1; });
        describe('a suite', () => { it('is hooked', () => { if (calls !== 1) throw new Error(String(calls)); }); });
        it('is hooked again', () => { if (calls !== 2) throw new Error(String(calls)); });`,
      b: `beforeEach(() => { throw new Error('seeded'); }); it('fails', () => {});`,
      c: MARKING,
      d: `it('shares its process with them', () => { if (!Array.marked) writeFileSync('${directory}/alone', ''); });`,
    });
    assert.deepEqual([outcome.passed, outcome.failures.map(({ title }) => title)], [4, ['fails']]);
    assert.throws(() => rmSync(join(directory, 'alone')), { code: 'ENOENT' });
  });

  it('fails a file that leaves its process changed, and says what it left', () => {
    const outcome = outcomeOf({
      a: `it('passes', () => { process.env.LEFT = 'yes'; Math.random = () => 4; process.on('exit', () => {}); });`,
      b: `it('tidies up', () => { process.env.SET = 'yes'; delete process.env.SET; });`,
    });
    assert.equal(outcome.passed, 2);
    assert.deepEqual(
      outcome.failures.map(({ title, text }) => [basename(title), text]),
      [['a.test.mjs', 'leaves its process changed: Math.random, process.env.LEFT, on exit']],
    );
  });

  it('names what fails, what dies and what holds no test, and counts the others', () => {
    const outcome = outcomeOf({
      a: `it('passes', () => {});`,
      b: `it('fails', () => { throw new Error('seeded'); });`,
      c: `import './gone.js';`,
      d: '',
    });
    assert.equal(outcome.passed, 1);
    const titles = outcome.failures.map(({ title }) => title).sort();
    assert.deepEqual(titles, [join(directory, 'c.test.mjs'), join(directory, 'd.test.mjs'), 'fails']);
  });

  /** Runs files with this code in a process of its own: Node's runner does not run inside itself. */
  function outcomeOf(codes: Readonly<Record<string, string>>): Outcome {
    const prelude = `import { writeFileSync } from 'node:fs';
      import { beforeEach, describe, it } from 'node:test';\n`;
    for (const [name, code] of Object.entries(codes))
      writeFileSync(join(directory, `${name}.test.mjs`), prelude + code);
    const script = join(directory, 'go.mjs');
    writeFileSync(
      script,
      `import { runTestsTogether } from '${new URL('run-together.ts', import.meta.url).href}';
      console.log(JSON.stringify(await runTestsTogether('unit', ['${directory}/*.test.mjs'], 2, () => {})));`,
    );
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    return JSON.parse(spawnSync(process.execPath, [script], { env, encoding: 'utf8' }).stdout);
  }
});
