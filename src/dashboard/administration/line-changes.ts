/** Which lines of a text were taken out and which put in. Lines that stay are left out: it is the change that is read. */

/** A line of either text. */
export interface LineChange {
  readonly kind: 'added' | 'removed';
  /** In its own text, from 1. */
  readonly number: number;
  readonly text: string;
}

/** Above this many pairs of lines the middle is shown as wholly replaced. */
const MOST_PAIRS = 4_000_000;

/** The changes from one text to another, in order; removed lines before the added ones in their place. */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  const [old, young] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  let start = 0;
  while (start < old.length && start < young.length && old[start] === young[start]) start += 1;
  let end = 0;
  const shorter = Math.min(old.length, young.length) - start;
  while (end < shorter && old[old.length - 1 - end] === young[young.length - 1 - end]) end += 1;
  const middle = { old: old.slice(start, old.length - end), young: young.slice(start, young.length - end) };
  const kept =
    middle.old.length * middle.young.length > MOST_PAIRS ? [] : commonLines(middle.old, middle.young);
  return changesAround(middle, kept, start);
}

/** Pairs of indices of a longest common subsequence. */
function commonLines(
  old: readonly string[],
  young: readonly string[],
): readonly (readonly [number, number])[] {
  const width = young.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        old[i] === young[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < young.length) {
    if (old[i] === young[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

function changesAround(
  { old, young }: { readonly old: readonly string[]; readonly young: readonly string[] },
  kept: readonly (readonly [number, number])[],
  start: number,
): LineChange[] {
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  for (const [nextOld, nextYoung] of [...kept, [old.length, young.length] as const]) {
    for (; i < nextOld; i += 1) changes.push({ kind: 'removed', number: start + i + 1, text: old[i] ?? '' });
    for (; j < nextYoung; j += 1)
      changes.push({ kind: 'added', number: start + j + 1, text: young[j] ?? '' });
    i += 1;
    j += 1;
  }
  return changes;
}
