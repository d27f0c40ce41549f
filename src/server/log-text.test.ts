import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openLog } from './log.ts';
import { logText } from './log-text.ts';

/** What an event becomes. */
function textOf(write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = [];
  write(openLog('debug', { write: (json) => void lines.push(logText(json)) }));
  return lines.join('').replaceAll(/^\S+Z /gm, '');
}

describe('the log as text', () => {
  it('is one line for each event: when, how bad, what, and its fields', () => {
    const line = textOf((log) =>
      log.info({ status: 401, problem: 'nonce_used', path: '/rest/api/2' }, 'refused'),
    );
    assert.equal(line, 'INFO  refused status=401 problem=nonce_used path=/rest/api/2\n');
  });

  it('quotes what is not plain, so that nobody else writes lines or moves the cursor', () => {
    const hostile = 'a\nERROR forged\u001b[2J\u009b1m\u202e';
    const line = textOf((log) => log.warn({ path: hostile, detail: { a: 1 } }, 'x'));
    assert.equal(line, 'WARN  x path="a\\nERROR forged\\u001b[2J\\u009b1m\\u202e" detail={"a":1}\n');
  });

  it('tells the stack of an error below, and that of its cause', () => {
    const error = new Error('outer', { cause: new Error('inner\u001b') });
    const lines = textOf((log) => log.error({ err: error }, 'failed')).split('\n');
    assert.equal(lines[0], 'ERROR failed');
    assert.match(lines[1]!, /^ {4}Error: outer$|^ {4}Error: outer:/);
    assert.ok(lines.slice(1, -1).every((line) => line.startsWith('    ')));
    assert.match(lines.join('\n'), /inner\\u001b/);
  });

  it('strikes out what the JSON lines strike out', () => {
    assert.match(
      textOf((log) => log.info({ password: 'hush' }, 'x')),
      /password=\*\*\*|password="\*\*\*"/,
    );
  });
});
