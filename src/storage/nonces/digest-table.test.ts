import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DigestTable } from './digest-table.ts';
import { nonceDigest } from './nonce-digest.ts';

describe('the table of digests', () => {
  it('knows exactly what was added, however much that is', () => {
    const table = new DigestTable();
    const digest = (index: number) => nonceDigest('wiki', 't', String(index));
    for (let index = 0; index < 20_000; index += 1) equal(table.add(digest(index)), true);
    equal(table.size, 20_000);
    for (let index = 0; index < 20_000; index += 1) equal(table.has(digest(index)), true);
    for (let index = 20_000; index < 40_000; index += 1) equal(table.has(digest(index)), false);
    equal(table.add(digest(7)), false);
    equal(table.size, 20_000);
  });

  it('tells apart digests that differ in one byte only, and keeps one of zeros', () => {
    const table = new DigestTable();
    const zeros = '\0'.repeat(16);
    equal(table.has(zeros), false);
    equal(table.add(zeros), true);
    equal(table.has(zeros), true);
    for (let at = 1; at < 16; at += 1) {
      const near = `${'\0'.repeat(at)}\u0080${'\0'.repeat(15 - at)}`;
      equal(table.has(near), false);
      equal(table.add(near), true);
      equal(table.has(near), true);
    }
  });
});
