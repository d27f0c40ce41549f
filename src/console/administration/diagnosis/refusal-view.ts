/** One refusal as its page shows it: to an administrator, and to the owner of the consumer that was refused. */
import { printable } from '../../../base/index.ts';
import type { Explanation } from '../../../explain/index.ts';
import { type Refusal, type RefusedRequest, unpackRefusal } from '../../../model/index.ts';
import { PROBLEMS } from '../../../oauth/index.ts';
import {
  absoluteMoment,
  type Content,
  facts,
  fill,
  type Html,
  html,
  identifier,
  moment,
  notice,
  type PageContext,
} from '../../../web/index.ts';
import { causesView } from './causes-view.ts';
import { evidenceView } from './evidence-view.ts';
import { diagnosisMessages } from './words.ts';

/** Longest request line in a title. */
const LONGEST_TITLE_PATH = 60;

/** The title of a refusal's page. */
export function refusalTitle(c: PageContext, { method, path }: Refusal): string {
  const shown = path.length > LONGEST_TITLE_PATH ? `${path.slice(0, LONGEST_TITLE_PATH)}…` : path;
  return fill(c.messages(diagnosisMessages).showTitle, { method, path: printable(shown) });
}

/** Causes, facts and evidence. @param consumer how the consumer is named to this reader */
export function refusalView(
  c: PageContext,
  refusal: Refusal,
  explanation: Explanation,
  consumer: Content,
): Html {
  const t = c.messages(diagnosisMessages);
  const request = unpackRefusal(refusal);
  return html`${explanation.problem === refusal.problem ? '' : changed(c, explanation.problem)}
${request.isBodyWhole ? '' : notice('info', html`<p>${t.bodyMissing}</p>`)}
${causesView(c, explanation)}
<section><h2>${t.aboutTitle}</h2>${refusalFacts(c, refusal, request, consumer)}</section>
${evidenceView(c, explanation)}`;
}

function refusalFacts(
  c: PageContext,
  refusal: Refusal,
  { clientAddress }: RefusedRequest,
  consumer: Content,
): Content {
  const t = c.messages(diagnosisMessages);
  const { requestId, at, problem, method, path } = refusal;
  const link = html`<a href="${c.url(`/oauth/problems/${problem}`)}">${problem}</a>`;
  return facts(
    [t.factAnswer, html`${PROBLEMS[problem].status} ${link}`],
    [t.factRequest, html`<code class="breakable">${printable(`${method} ${path}`)}</code>`],
    [t.factConsumer, consumer],
    [t.factWhen, html`${moment(c, at)} <span class="meta">${absoluteMoment(c, at)}</span>`],
    [t.factClient, html`<code>${clientAddress}</code>`],
    [t.factRequestId, identifier(c, requestId, { label: t.factRequestId })],
  );
}

/** The explanation goes by what is registered now; where that gives another answer, it says so. */
function changed(c: PageContext, problem: string | null): Content {
  const t = c.messages(diagnosisMessages);
  const text = problem === null ? t.changedAccepted : fill(t.changedRefused, { problem });
  return notice('info', html`<p><strong>${t.changedTitle}.</strong> ${text}</p>`);
}
