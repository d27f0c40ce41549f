/** Why a spec was not taken: a closed list of mistakes, each with its place. Their words are in `spec-words.ts`. */
import type { SpecElement } from './gadget-spec.ts';

/** Every mistake that is told. */
export const SPEC_MISTAKES = [
  'not-xml',
  'declares-types',
  'too-large',
  'no-module',
  'no-module-prefs',
  'no-title',
  'no-content',
  'content-type-unknown',
  'content-without-href',
  'content-elsewhere',
  'content-empty',
  'template-unrendered',
  'feature-unknown',
  'name-missing',
  'preference-name-invalid',
  'preference-twice',
  'datatype-unknown',
  'enum-without-values',
  'address-invalid',
  'language-invalid',
  'no-message-bundle',
  'service-twice',
  'service-incomplete',
  'method-unknown',
  'param-location-unknown',
  'too-many',
  'too-long',
] as const;

export type SpecMistakeCode = (typeof SPEC_MISTAKES)[number];

/** One mistake, where it is (line and column from 1), and what its words have to name. */
export interface SpecMistake {
  readonly code: SpecMistakeCode;
  readonly line: number;
  readonly column: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A spec that is not taken. */
export class SpecRefused extends Error {
  readonly mistake: SpecMistake;

  constructor(mistake: SpecMistake) {
    super(`${mistake.code} at ${mistake.line}:${mistake.column}`);
    this.name = 'SpecRefused';
    this.mistake = mistake;
  }
}

/** The refusal for a mistake in an element. Values are cut to what fits into a sentence. */
export function mistakeIn(
  { line, column }: Pick<SpecElement, 'line' | 'column'>,
  code: SpecMistakeCode,
  values: Readonly<Record<string, string | number>> = {},
): SpecRefused {
  const short = Object.entries(values).map(([name, value]) => [name, String(value).slice(0, 120)]);
  return new SpecRefused({ code, line, column, values: Object.fromEntries(short) });
}
