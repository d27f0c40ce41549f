/** Why one request of one's own application was refused: the administrators' explanation, for its owner. */
import { explainRefusal } from '../../explain/index.ts';
import { html, type SignedInContext } from '../../web/index.ts';
import { refuseTooMany } from '../administration/diagnosis/limit.ts';
import { refusalTitle, refusalView } from '../administration/diagnosis/refusal-view.ts';
import type { ApplicationsDependencies } from './dependencies.ts';
import { applicationMessages } from './messages.ts';
import { findOwnRefusal, missingPage } from './own-application.ts';
import { APPLICATIONS_PATH, applicationPath } from './paths.ts';

/** Answers with the explanation. */
export async function refusalPage(
  { administration, diagnosis }: ApplicationsDependencies,
  c: SignedInContext,
): Promise<Response> {
  const own = await findOwnRefusal(administration.storage, c, c.query.get('id') ?? '');
  if (own === null) return missingPage(c);
  const refused = await refuseTooMany(administration.storage, c, 'applications');
  if (refused !== null) return refused;
  const { consumer, refusal } = own;
  const path = applicationPath(consumer.key);
  const settings = { ...administration, settings: diagnosis.settings };
  const explanation = await explainRefusal(settings, refusal, c.locale);
  return c.page({
    title: refusalTitle(c, refusal),
    section: 'applications',
    styles: ['diagnosis.css'],
    breadcrumbs: [
      { label: c.messages(applicationMessages).title, path: APPLICATIONS_PATH },
      { label: consumer.name, path },
    ],
    body: refusalView(c, refusal, explanation, html`<a href="${c.url(path)}">${consumer.name}</a>`),
  });
}
