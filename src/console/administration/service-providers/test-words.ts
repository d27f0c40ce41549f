/** The steps and outcomes of a provider's test in the language of the page. */
import type { TestVerdict } from '../../../administration/index.ts';
import type { TestStep } from '../../../consumer/index.ts';
import { badge, fill, findingWordsJa, type Html, html, type PageContext } from '../../../web/index.ts';
import { FINDINGS_JA } from './findings.ja.ts';
import { providerMessages } from './words.ts';

const MARKS: Readonly<Record<TestVerdict, string>> = { success: '✔', warning: '!', failure: '✘' };

const BADGES = { success: 'good', warning: 'warning', failure: 'off' } as const;

/** An outcome as a sign, with its word for screen readers. */
export function outcomeMark(c: PageContext, outcome: TestVerdict): Html {
  const { outcomes } = c.messages(providerMessages);
  return html`<span class="test-mark" aria-hidden="true">${MARKS[outcome]}</span><span class="sr-only">${outcomes[outcome]}:</span>`;
}

/** How a test ended, as a badge. */
export function verdictBadge(c: PageContext, verdict: TestVerdict): Html {
  return badge(BADGES[verdict], `${MARKS[verdict]} ${c.messages(providerMessages).outcomes[verdict]}`);
}

/** What a step tried. */
export function stepTitle(c: PageContext, step: TestStep['step']): string {
  return c.messages(providerMessages).steps[step];
}

/** What was found out, and what to do. */
export function adviceWords(
  c: PageContext,
  provider: string,
  { finding, advice, exchange }: TestStep,
): string {
  if (c.locale !== 'ja') return advice;
  const sentence = FINDINGS_JA[finding];
  if (sentence !== undefined) return fill(sentence, { status: String(exchange?.status ?? '') });
  return findingWordsJa(provider, finding, exchange?.status ?? null);
}
