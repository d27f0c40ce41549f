/** Why one refused request was refused. */
import { explainRefusal } from '../../../explain/index.ts';
import { type Refusal, type RefusedRequest, unpackRefusal } from '../../../model/index.ts';
import { PROBLEMS } from '../../../oauth/index.ts';
import {
  absoluteMoment,
  type Content,
  facts,
  fill,
  html,
  identifier,
  linkButton,
  moment,
  notice,
  type PageContext,
  type SignedInContext,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { causesView } from './causes-view.ts';
import { evidenceView } from './evidence-view.ts';
import { refuseTooMany } from './limit.ts';
import { consumerCell } from './list-page.ts';
import { DIAGNOSIS_PATH, diagnosisMessages } from './words.ts';

/** Longest request line in a title. */
const LONGEST_TITLE_PATH = 60;

/** Answers with the explanation of the refusal whose request id the address names. */
export async function showPage(
  { administration, diagnosis }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const refusal = await administration.storage.refusals.find(c.query.get('id') ?? '');
  if (refusal === null) return gonePage(c);
  const refused = await refuseTooMany(administration.storage, c);
  if (refused !== null) return refused;
  const t = c.messages(diagnosisMessages);
  const explanation = await explainRefusal(
    { ...administration, settings: diagnosis.settings },
    refusal,
    c.locale,
  );
  const request = unpackRefusal(refusal);
  const { method, path } = refusal;
  const shown = path.length > LONGEST_TITLE_PATH ? `${path.slice(0, LONGEST_TITLE_PATH)}…` : path;
  return c.page({
    title: fill(t.showTitle, { method, path: shown }),
    section: 'diagnosis',
    breadcrumbs: [{ label: t.title, path: DIAGNOSIS_PATH }],
    body: html`${explanation.problem === refusal.problem ? '' : changed(c, explanation.problem)}
${request.isBodyWhole ? '' : notice('info', html`<p>${t.bodyMissing}</p>`)}
${causesView(c, explanation)}
<section><h2>${t.aboutTitle}</h2>${refusalFacts(c, refusal, request)}</section>
${evidenceView(c, explanation)}`,
  });
}

function refusalFacts(c: PageContext, refusal: Refusal, { clientAddress }: RefusedRequest): Content {
  const t = c.messages(diagnosisMessages);
  const { requestId, at, problem, method, path } = refusal;
  const link = html`<a href="${c.url(`/oauth/problems/${problem}`)}">${problem}</a>`;
  return facts(
    [t.factAnswer, html`${PROBLEMS[problem].status} ${link}`],
    [t.factRequest, html`<code class="breakable">${method} ${path}</code>`],
    [t.factConsumer, consumerCell(c, refusal)],
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

function gonePage(c: SignedInContext): Promise<Response> {
  const t = c.messages(diagnosisMessages);
  const id = (c.query.get('id') ?? '').slice(0, 100);
  return c.page({
    title: t.goneTitle,
    section: 'diagnosis',
    status: 404,
    breadcrumbs: [{ label: t.title, path: DIAGNOSIS_PATH }],
    body: html`<p>${fill(t.goneText, { id })}</p>${linkButton(c, DIAGNOSIS_PATH, t.backToList, 'primary')}`,
  });
}
