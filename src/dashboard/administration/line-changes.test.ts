import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineChanges } from './line-changes.ts';

describe('the lines that change', () => {
  const brief = (before: string, after: string) =>
    lineChanges(before, after).map(
      ({ kind, number, text }) => `${kind === 'added' ? '+' : '-'}${number} ${text}`,
    );

  it('are none between equal texts, whatever their line ends', () => {
    assert.deepEqual(brief('a\nb', 'a\r\nb'), []);
  });

  it('are numbered in their own text', () => {
    assert.deepEqual(brief('a\nb\nc\nd', 'a\nx\ny\nc\nd'), ['-2 b', '+2 x', '+3 y']);
    assert.deepEqual(brief('a\nb', 'new\na\nb'), ['+1 new']);
    assert.deepEqual(brief('a\nb\nc', 'a\nc'), ['-2 b']);
  });

  it('keep what stays between two changes out', () => {
    assert.deepEqual(brief('1\nx\n2\ny\n3', '1\nX\n2\nY\n3'), ['-2 x', '+2 X', '-4 y', '+4 Y']);
  });

  it('are told as one replacement where the texts are too long to compare', () => {
    const long = (mark: string) => Array.from({ length: 2100 }, (_, index) => `${mark}${index}`).join('\n');
    assert.equal(lineChanges(long('a'), long('b')).length, 4200);
  });
});
