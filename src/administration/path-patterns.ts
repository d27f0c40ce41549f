/**
 * Path patterns that narrow a consumer's access, such as `/rest/**`: `*` stands for any characters within one
 * step of a path, `**` as a whole step for any number of steps. A pattern that could never match what is compared
 * with it (a query, a dot segment) is a mistake, because it would look like a limit and be none.
 */
import type { Findings } from './mistake.ts';
import { trimPasted } from './text-field.ts';

const PATTERN = /^\/[^\s?#\\\p{C}]{0,499}$/u;
const MAXIMUM_COUNT = 100;

/** Reads patterns; blank ones are left out, repeated ones kept once. */
export function readPathPatterns(texts: readonly string[], findings: Findings): readonly string[] {
  const patterns = [...new Set(texts.map(trimPasted).filter((text) => text !== ''))];
  if (patterns.length > MAXIMUM_COUNT) findings.add('paths', 'too-many', { maximum: MAXIMUM_COUNT });
  for (const text of patterns) {
    if (!isPathPattern(text)) findings.add('paths', 'not-a-path', { text: text.slice(0, 80) });
  }
  return patterns;
}

function isPathPattern(text: string): boolean {
  const steps = text.split('/');
  return (
    PATTERN.test(text) &&
    steps.every((step) => step !== '.' && step !== '..' && (step === '**' || !step.includes('**')))
  );
}
