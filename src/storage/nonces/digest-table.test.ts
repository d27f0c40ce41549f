import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
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

  it('knows what is left when some are taken out, however they stand in each other’s way', () => {
    const crowded = Array.from({ length: 24 }, (_, index) =>
      String.fromCharCode(index % 3, 0, 0, 0, index % 2 === 0 ? 7 : 6, 0, 0, 0, index, 0, 0, 0, 0, 0, 0, 0),
    );
    const step = fc.tuple(fc.boolean(), fc.constantFrom(...crowded));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const table = new DigestTable();
        const wanted = new Set<string>();
        for (const [isAdded, digest] of steps) {
          if (isAdded) equal(table.add(digest), !wanted.has(digest));
          else table.remove(digest);
          if (isAdded) wanted.add(digest);
          else wanted.delete(digest);
        }
        equal(table.size, wanted.size);
        for (const digest of crowded) equal(table.has(digest), wanted.has(digest));
      }),
    );
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
