/** Texts about mistakes and problems, in every language that explanations are written in. */
import type { Language } from '../knowledge.ts';
import type { MistakeCode } from '../mistake-code.ts';
import { evidentMistakes as evidentEn } from './evident-mistakes.en.ts';
import { evidentMistakes as evidentJa } from './evident-mistakes.ja.ts';
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
