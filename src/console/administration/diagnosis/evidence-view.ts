/**
 * The evidence of an explanation, which pages show below the causes. Everything shown was cleaned by the engine: no secret, no expected signature, tokens by their ends.
 */
import { printable } from '../../../base/index.ts';
import type { Check, Explanation } from '../../../explain/index.ts';
import { badge, type Content, type Html, html, type PageContext } from '../../../web/index.ts';
import { baseStringView, journeyView } from './comparison-view.ts';
import { diagnosisMessages } from './words.ts';

const MARKS = { passed: '✔', failed: '✘', skipped: '–' } as const;

/** What the causes rest on: the checks, the texts, the address on its way. */
export function evidenceView(c: PageContext, explanation: Explanation): Html {
  return html`${checklistView(c, explanation.checks)}
${baseStringView(c, explanation.baseString)}
${journeyView(c, explanation.journey)}`;
}

function checklistView(c: PageContext, checks: readonly Check[]): Html {
  const t = c.messages(diagnosisMessages);
  return html`<section aria-labelledby="checks"><h2 id="checks">${t.checksTitle}</h2><p>${t.checksLead}</p>
<ol class="checklist">${checks.map((check) => checkLine(c, check))}</ol></section>`;
}

function checkLine(c: PageContext, check: Check): Html {
  const t = c.messages(diagnosisMessages);
  const { name, outcome, problem } = check;
  return html`<li class="check is-${outcome}"><span class="check-mark" aria-hidden="true">${MARKS[outcome]}</span>
<div><strong>${t.checks[name]}</strong> <span class="${outcome === 'failed' ? 'sr-only' : 'meta'}">${t.outcomes[outcome]}</span>
${problem === null ? '' : html`<a href="${c.url(`/oauth/problems/${problem}`)}">${badge('warning', problem)}</a>`}
${outcome === 'skipped' ? '' : checkSides(c, check)}</div></li>`;
}

/** What the request says beside what is so here. */
export function checkSides(c: PageContext, { yours, ours }: Check): Content {
  const t = c.messages(diagnosisMessages);
  if (yours === null && ours === null) return '';
  const side = (term: string, text: string | null) =>
    text === null ? '' : html`<div><dt>${term}</dt><dd>${printable(text)}</dd></div>`;
  return html`<dl class="sides">${side(t.yours, yours)}${side(t.ours, ours)}</dl>`;
}
