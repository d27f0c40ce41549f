/** The applications that the viewer answers for, with how many of their requests were refused. */
import { usageFilter } from '../../administration/index.ts';
import type { Consumer } from '../../model/index.ts';
import { emptyState, html, number, type SignedInContext, table } from '../../web/index.ts';
import type { ApplicationsDependencies } from './dependencies.ts';
import { applicationMessages, USAGE_DAYS } from './messages.ts';
import { applicationPath } from './paths.ts';

interface Row {
  readonly consumer: Consumer;
  readonly accepted: number;
  readonly refused: number;
}

/** Answers with the list. */
export async function listPage(
  { administration }: ApplicationsDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(applicationMessages);
  const { consumers, refusals, usage } = administration.storage;
  const own = await consumers.ownedBy(c.viewer.user.name);
  if (own.length === 0) {
    return c.page({
      title: t.title,
      section: 'applications',
      body: emptyState(t.emptyTitle, t.emptyText),
    });
  }
  const rowOf = async (consumer: Consumer): Promise<Row> => {
    const { key, createdAt } = consumer;
    const [perDay, { total }] = await Promise.all([
      usage.perDay(usageFilter(administration, USAGE_DAYS, key)),
      refusals.list({ consumerKey: key, since: createdAt }, { search: '', offset: 0, limit: 1 }),
    ]);
    return { consumer, accepted: perDay.reduce((sum, day) => sum + day.requests, 0), refused: total };
  };
  const rows = await Promise.all(own.map(rowOf));
  return c.page({
    title: t.title,
    section: 'applications',
    lead: t.lead,
    body: table(c, {
      caption: t.caption,
      rows,
      columns: [
        {
          header: t.columnName,
          isName: true,
          cell: ({ consumer: { key, name } }) =>
            html`<a href="${c.url(applicationPath(key))}">${name}</a><span class="meta">${key}</span>`,
        },
        { header: t.columnAccepted, isNumber: true, cell: ({ accepted }) => number(c, accepted) },
        { header: t.columnRefused, isNumber: true, cell: ({ refused }) => number(c, refused) },
      ],
    }),
  });
}
