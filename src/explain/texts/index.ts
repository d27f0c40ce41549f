/** Texts about mistakes and problems, in every language that explanations are written in. */

import type { ProblemCode } from '../../oauth/index.ts';
import type { Language } from '../knowledge.ts';
import type { MistakeCode, MistakeGroup } from '../mistake-code.ts';
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

/** What the mistakes of a group are about, as a heading. */
export const MISTAKE_GROUP_TITLES: Readonly<Record<Language, Readonly<Record<MistakeGroup, string>>>> = {
  en: {
    address: 'Address: scheme, host, port and path',
    method: 'HTTP method',
    parameters: 'Parameters and body',
    order: 'Order of the parameters',
    encoding: 'Encoding',
    key: 'Keys and secrets',
    algorithm: 'Signature method',
    writing: 'How the signature is written',
    request: 'What the request carries',
    clock: 'Clock and nonce',
  },
  ja: {
    address: 'アドレス（スキーム、ホスト、ポート、パス）',
    method: 'HTTP メソッド',
    parameters: 'パラメータと本文',
    order: 'パラメータの順序',
    encoding: 'エンコード',
    key: '鍵とシークレット',
    algorithm: '署名方式',
    writing: '署名の表記',
    request: 'リクエストに含まれるもの',
    clock: '時計と nonce',
  },
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
