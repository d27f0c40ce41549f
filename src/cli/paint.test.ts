import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPainter, printable } from './paint.ts';

describe('colours', () => {
  const painted = (isTerminal: boolean, environment: Record<string, string>) =>
    createPainter({ isTerminal, environment }).bad('no');

  it('are on where stdout is a terminal', () => assert.equal(painted(true, {}), '\u001b[31mno\u001b[39m'));

  it('are off in a pipe, with NO_COLOR, and for a dumb terminal', () => {
    assert.equal(painted(false, {}), 'no');
    assert.equal(painted(true, { NO_COLOR: '1' }), 'no');
    assert.equal(painted(true, { NO_COLOR: '' }), '\u001b[31mno\u001b[39m');
    assert.equal(painted(true, { TERM: 'dumb' }), 'no');
  });
});

describe('a text of strangers', () => {
  it('shows control characters, line ends and marks that turn the reading around as escapes', () => {
    assert.equal(printable('a\u001b[2Jb\r\nc\u009bd\u202ee'), 'a\\x1b[2Jb\\x0d\\x0ac\\x9bd\\u202ee');
    assert.equal(printable('héllo ☃ 日本語'), 'héllo ☃ 日本語');
  });
});
