/** Texts about mistakes and problems, in every language that explanations are written in. */

import type { ProblemCode } from '../../oauth/index.ts';
import type { Language } from '../knowledge.ts';
import type { MistakeCode } from '../mistake-code.ts';
import { evidentMistakes as evidentEn } from './evident-mistakes.en.ts';
import { evidentMistakes as evidentJa } from './evident-mistakes.ja.ts';
import { problems as problemsEn } from './problems.en.ts';
import { problems as problemsJa } from './problems.ja.ts';
import { requestMistakes as requestEn } from './request-mistakes.en.ts';
import { requestMistakes as requestJa } from './request-mistakes.ja.ts';
import { signingMistakes as signingEn } from './signing-mistakes.en.ts';
import { signingMistakes as signingJa } from './signing-mistakes.ja.ts';

/** What is said of a mistake, of whatever request. */
export interface MistakeText {
  /** What was done, as a heading. */
  readonly title: string;
  /** What to do, in one or two sentences. */
  readonly advice: string;
}

/** Every mistake in every language. */
export const MISTAKE_TEXTS: Readonly<Record<Language, Readonly<Record<MistakeCode, MistakeText>>>> = {
  en: { ...requestEn, ...signingEn, ...evidentEn },
  ja: { ...requestJa, ...signingJa, ...evidentJa },
};

/** What is said of a problem, of whatever request. */
export interface ProblemText {
  readonly title: string;
  readonly meaning: string;
  readonly advice: string;
}

/** Every problem in every language. */
export const PROBLEM_TEXTS: Readonly<Record<Language, Readonly<Record<ProblemCode, ProblemText>>>> = {
  en: problemsEn,
  ja: problemsJa,
};
