/**
 * Path patterns that narrow a consumer's access, or ours to a service provider, as they are entered. What a pattern means is the model's matter;
 * one that could never match would look like a limit and be none, so it is a mistake.
 */
import { PathPatternRefused, readPathPattern } from '../model/index.ts';
import type { Findings, MistakeField } from './mistake.ts';
import { trimPasted } from './text-field.ts';

const MAXIMUM_COUNT = 100;
const MAXIMUM_LENGTH = 500;

/** Reads patterns; blank ones are left out, repeated ones kept once. */
export function readPathPatterns(
  texts: readonly string[],
  findings: Findings,
  field: MistakeField = 'paths',
): readonly string[] {
  const patterns = [...new Set(texts.map(trimPasted).filter((text) => text !== ''))];
  if (patterns.length > MAXIMUM_COUNT) findings.add(field, 'too-many', { maximum: MAXIMUM_COUNT });
  for (const text of patterns) {
    if (!isPathPattern(text)) findings.add(field, 'not-a-path', { text: text.slice(0, 80) });
  }
  return patterns;
}

function isPathPattern(text: string): boolean {
  try {
    return text.length <= MAXIMUM_LENGTH && readPathPattern(text) === text;
  } catch (error) {
    if (error instanceof PathPatternRefused) return false;
    throw error;
  }
}
