/**
 * What went wrong on the way to a provider, in the language of the page. The consumer's errors carry English
 * sentences of their own; other languages say the same by code.
 */
import {
  type ConnectionNeedsApproval,
  describeProblem,
  ProviderAnswerRefused,
  type ProviderTrouble,
  ProviderUnreachable,
} from '../../consumer/index.ts';
import { fill } from './i18n.ts';
import type { Locale } from './reader.ts';
import { ANSWERS_JA, OTHER_PROBLEM_JA, PROBLEMS_JA, REQUESTS_JA, UNREACHABLE_JA } from './trouble.ja.ts';

/** Whose language it is said in. */
interface Reader {
  readonly locale: Locale;
}

/** The whole sentence about an error. */
export function troubleWords(c: Reader, error: ProviderTrouble): string {
  if (c.locale !== 'ja') return error.message;
  if (error instanceof ProviderUnreachable) {
    return `${error.provider}: ${UNREACHABLE_JA[error.code] ?? UNREACHABLE_JA.unreachable}`;
  }
  if (error instanceof ProviderAnswerRefused) {
    const reason = error.code === 'problem' ? problemWords(c, error.problem ?? '') : ANSWERS_JA[error.code];
    return `${error.provider} はトークンを発行しませんでした (${error.status})。${reason}`;
  }
  return `${error.provider}: ${REQUESTS_JA[error.code]}`;
}

/** A sentence about a problem code. */
export function problemWords(c: Reader, code: string): string {
  if (c.locale !== 'ja') return describeProblem(code);
  return (Object.hasOwn(PROBLEMS_JA, code) && PROBLEMS_JA[code]) || fill(OTHER_PROBLEM_JA, { code });
}

/** What a test of a provider found out, by the code that it gives. */
export function findingWordsJa(provider: string, finding: string, status: number | null): string {
  const known: Readonly<Record<string, string>> = {
    ...REQUESTS_JA,
    ...UNREACHABLE_JA,
    ...PROBLEMS_JA,
    ...ANSWERS_JA,
  };
  const reason = Object.hasOwn(known, finding) ? known[finding] : fill(OTHER_PROBLEM_JA, { code: finding });
  return `${provider}${status === null ? '' : ` (${status})`}: ${reason}`;
}

/** Why the user has to approve (again). */
export function approvalWords(c: Reader, error: ConnectionNeedsApproval): string {
  if (c.locale !== 'ja') return error.message;
  const { provider, reason } = error;
  return reason === 'not-connected'
    ? `${provider} にはまだ接続していません。ログインして承認してください。`
    : `${provider} への接続は終了しました。ログインしてもう一度承認してください。${problemWords(c, reason)}`;
}
