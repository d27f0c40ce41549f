/** Causes of a refusal in plain words, first of all what to do: with the line for each client library. */
import { printable } from '../../../base/index.ts';
import { type Cause, type Explanation, PROBLEM_TEXTS } from '../../../explain/index.ts';
import { fill, type Html, html, notice, number, type PageContext } from '../../../web/index.ts';
import { clientLines } from '../../client-lines.ts';
import { diagnosisMessages } from './words.ts';

/** What went wrong, most telling first; an honest word when nothing known explains it. */
export function causesView(c: PageContext, explanation: Explanation): Html {
  const t = c.messages(diagnosisMessages);
  const { causes, alternatives, problem } = explanation;
  if (problem === null) return notice('done', html`<p>${t.accepted}</p>`);
  const told =
    causes.length === 0
      ? unexplained(c, explanation)
      : html`<ol class="causes">${causes.map((cause) => html`<li class="cause">${causeBody(c, cause)}</li>`)}</ol>`;
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

/** The problem's own advice: it is right in any case, if less exact. */
function unexplained(c: PageContext, { problem, tried }: Explanation): Html {
  const t = c.messages(diagnosisMessages);
  if (problem === null) return html``;
  const { title, meaning, advice } = PROBLEM_TEXTS[c.locale][problem];
  const isSearched = problem === 'signature_invalid' && tried > 0;
  return html`<div class="cause"><h3>${title}</h3><p>${meaning} ${advice}</p>
${isSearched ? html`<p>${fill(t.noCauseSignature, { n: number(c, tried) })}</p>` : ''}
<p class="meta"><a href="${c.url(`/oauth/problems/${problem}`)}">${fill(t.aboutProblem, { problem })}</a></p></div>`;
}
