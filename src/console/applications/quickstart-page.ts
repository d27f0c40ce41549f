/** The quickstart of one's own application. */
import type { SignedInContext } from '../../web/index.ts';
import { quickstartBody, quickstartTitle } from '../quickstart.ts';
import type { ApplicationsDependencies } from './dependencies.ts';
import { applicationMessages } from './messages.ts';
import { findOwn, missingPage } from './own-application.ts';
import { APPLICATIONS_PATH, applicationPath, quickstartPath } from './paths.ts';

/** Answers with the page. */
export async function quickstartPage(
  { administration }: ApplicationsDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(applicationMessages);
  const consumer = await findOwn(administration.storage, c, c.query.get('key') ?? '');
  if (consumer === null) return missingPage(c);
  const { key, name } = consumer;
  return c.page({
    title: quickstartTitle(c),
    section: 'applications',
    breadcrumbs: [
      { label: t.title, path: APPLICATIONS_PATH },
      { label: name, path: applicationPath(key) },
    ],
    body: quickstartBody(c, consumer, (language) => quickstartPath(key, language)),
  });
}
