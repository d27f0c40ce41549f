/** Causes of a refusal in plain words, first of all what to do: with the line for each client library. */
import { printable } from '../../../base/index.ts';
import { type Cause, type Explanation, PROBLEM_TEXTS, problemOf } from '../../../explain/index.ts';
import type { ProblemCode } from '../../../oauth/index.ts';
import { fill, type Html, html, notice, number, type PageContext } from '../../../web/index.ts';
import { clientLines } from '../../client-lines.ts';
import { checkSides } from './evidence-view.ts';
import { diagnosisMessages } from './words.ts';

/**
 * What went wrong, most telling first. Where no mistake is known behind the answer itself, the answer is told before the
 * mistakes that would have been next.
 */
export function causesView(c: PageContext, explanation: Explanation): Html {
  const t = c.messages(diagnosisMessages);
  const { causes, alternatives, problem } = explanation;
  if (problem === null) return notice('done', html`<p>${t.accepted}</p>`);
  const isExplained = causes.some(({ code }) => problemOf(code) === problem);
  const bodies = [
    ...(isExplained ? [] : [problemBody(c, explanation, problem)]),
    ...causes.map((cause) => causeBody(c, cause)),
  ];
  const told = html`<ol class="causes">${bodies.map((body) => html`<li class="cause">${body}</li>`)}</ol>`;
  return html`<section aria-labelledby="causes"><h2 id="causes">${t.causesTitle}</h2>${told}
${
  alternatives.length === 0
    ? ''
    : html`<p>${t.alternatives}: ${alternatives.map(
        ({ title, page }, index) =>
          html`${index === 0 ? '' : ' · '}<a href="${c.url(`/oauth/${page}`)}">${title}</a>`,
      )}</p>`
}</section>`;
}

function causeBody(c: PageContext, { code, title, advice, page }: Cause): Html {
  const t = c.messages(diagnosisMessages);
  return html`<h3>${title}</h3><p>${printable(advice)}</p>${clientLines(c, code)}<p class="meta"><a href="${c.url(`/oauth/${page}`)}">${t.moreAbout}</a></p>`;
}

/** The problem's own advice, which is right in any case, if less exact; and what the check found that failed. */
function problemBody(c: PageContext, { checks, tried }: Explanation, problem: ProblemCode): Html {
  const t = c.messages(diagnosisMessages);
  const { title, meaning, advice } = PROBLEM_TEXTS[c.locale][problem];
  const gap = c.locale === 'ja' ? '' : ' ';
  const isOfSignature = problem === 'signature_invalid';
  const failed = isOfSignature ? undefined : checks.find((check) => check.problem === problem);
  return html`<h3>${title}</h3><p>${meaning}${gap}${advice}</p>
${failed === undefined ? '' : html`<p><strong>${t.checks[failed.name]}</strong></p>${checkSides(c, failed)}`}
${isOfSignature && tried > 0 ? html`<p>${fill(t.noCauseSignature, { n: number(c, tried) })}</p>` : ''}
<p class="meta"><a href="${c.url(`/oauth/problems/${problem}`)}">${fill(t.aboutProblem, { problem })}</a></p>`;
}
