/** Why one refused request was refused. */
import { explainRefusal } from '../../../explain/index.ts';
import { fill, html, linkButton, type SignedInContext } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { refuseTooMany } from './limit.ts';
import { refusalTitle, refusalView } from './refusal-view.ts';
import { namesOfRefused, refusedConsumer } from './refused-consumer.ts';
import { DIAGNOSIS_PATH, diagnosisMessages } from './words.ts';

/** Answers with the explanation of the refusal whose request id the address names. */
export async function showPage(
  { administration, diagnosis }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const refusal = await administration.storage.refusals.find(c.query.get('id') ?? '');
  if (refusal === null) return gonePage(c);
  const refused = await refuseTooMany(administration.storage, c, 'diagnosis');
  if (refused !== null) return refused;
  const t = c.messages(diagnosisMessages);
  const settings = { ...administration, settings: diagnosis.settings };
  const explanation = await explainRefusal(settings, refusal, c.locale);
  const names = await namesOfRefused(administration.storage, [refusal]);
  return c.page({
    title: refusalTitle(c, refusal),
    section: 'diagnosis',
    styles: ['diagnosis.css'],
    breadcrumbs: [{ label: t.title, path: DIAGNOSIS_PATH }],
    body: refusalView(c, refusal, explanation, refusedConsumer(c, refusal, names)),
  });
}

function gonePage(c: SignedInContext): Promise<Response> {
  const t = c.messages(diagnosisMessages);
  const id = (c.query.get('id') ?? '').slice(0, 100);
  return c.page({
    title: t.goneTitle,
    section: 'diagnosis',
    styles: ['diagnosis.css'],
    status: 404,
    breadcrumbs: [{ label: t.title, path: DIAGNOSIS_PATH }],
    body: html`<p>${fill(t.goneText, { id })}</p>${linkButton(c, DIAGNOSIS_PATH, t.backToList, 'primary')}`,
  });
}
