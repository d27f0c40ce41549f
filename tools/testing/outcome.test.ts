import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Outcome, summary, totals } from './outcome.ts';

const outcomes: readonly Outcome[] = [
  { kind: 'unit', passed: 12, failures: [], skips: [], milliseconds: 1234 },
  { kind: 'e2e', passed: 0, failures: [{ title: 'logs in', text: '' }], skips: [], milliseconds: 50 },
  { kind: 'interop', passed: 1, failures: [], skips: [{ title: 'all', reason: 'no Ruby' }], milliseconds: 0 },
];

describe('the outcome of a run', () => {
  it('adds up over all kinds', () => {
    assert.deepEqual(totals(outcomes, false), { passed: 13, failed: 1 });
  });

  it('counts what was skipped as failed where it is strict', () => {
    assert.deepEqual(totals(outcomes, true), { passed: 13, failed: 2 });
  });

  it('shows a line for each kind, then what failed and what was skipped, with the reason', () => {
    assert.equal(
      summary(outcomes),
      [
        'kind     passed  failed  skipped   time',
        'unit         12       0        0  1.2 s',
        'e2e           0       1        0  0.1 s',
        'interop       1       0        1  0.0 s',
        'skipped  interop: all: no Ruby',
        'FAILED   e2e: logs in',
      ].join('\n'),
    );
  });
});
