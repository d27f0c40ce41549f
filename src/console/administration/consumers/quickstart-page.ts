/** The quickstart of a consumer, for administrators to hand over to its developers. */
import { findConsumer } from '../../../administration/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { quickstartBody, quickstartTitle } from '../../quickstart.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { pathWith } from '../route.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath } from './words.ts';

/** Answers with the page. */
export async function quickstartPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const consumer = await findConsumer(administration, c.query.get('key') ?? '');
  const { key, name } = consumer;
  return c.page({
    title: quickstartTitle(c),
    section: 'consumers',
    breadcrumbs: [
      { label: t.title, path: CONSUMERS_PATH },
      { label: name, path: consumerPath('view', key) },
    ],
    body: quickstartBody(c, consumer, (language) =>
      pathWith(`${CONSUMERS_PATH}/quickstart`, { key, language }),
    ),
  });
}
