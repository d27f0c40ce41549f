/** One application: what it is here, which of its requests were refused, and how it is used. */
import { reportUsage, type UsageReport } from '../../administration/index.ts';
import type { Consumer } from '../../model/index.ts';
import { allowedMethods } from '../../provider/index.ts';
import {
  facts,
  type Html,
  html,
  identifier,
  moment,
  ownWords,
  pager,
  readList,
  type SignedInContext,
} from '../../web/index.ts';
import { refusalTable } from '../administration/diagnosis/refusal-table.ts';
import { numbersTable } from '../administration/usage/numbers-table.ts';
import { usagePicture } from '../administration/usage/picture.ts';
import { usageMessages } from '../administration/usage/words.ts';
import type { ApplicationsDependencies } from './dependencies.ts';
import { applicationMessages, USAGE_DAYS } from './messages.ts';
import { findOwn, missingPage } from './own-application.ts';
import { APPLICATIONS_PATH, quickstartPath, refusalPath } from './paths.ts';

/** Answers with the page. */
export async function applicationPage(
  { administration, diagnosis }: ApplicationsDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(applicationMessages);
  const consumer = await findOwn(administration.storage, c, c.query.get('key') ?? '');
  if (consumer === null) return missingPage(c);
  const { key: consumerKey, createdAt: since } = consumer;
  const list = readList(c, { sorts: ['at'], sort: 'at', descending: true });
  const [refused, report] = await Promise.all([
    administration.storage.refusals.list({ consumerKey, since }, { ...list, search: '' }),
    reportUsage(administration, USAGE_DAYS, consumerKey),
  ]);
  return c.page({
    title: consumer.name,
    section: 'applications',
    breadcrumbs: [{ label: t.title, path: APPLICATIONS_PATH }],
    body: html`${consumerFacts(c, consumer)}
<p><a href="${c.url(quickstartPath(consumerKey))}">${t.quickstart}</a></p>
<section><h2>${t.refusedTitle}</h2><p>${diagnosis.isCapturing ? t.refusedLead : t.refusedOff}</p>
${refused.rows.length === 0 ? html`<p>${t.refusedNone}</p>` : html`${refusalTable(c, refused.rows, { pathOf: refusalPath })}${pager(c, list, refused.total)}`}</section>
<section><h2>${t.usageTitle}</h2>${usage(c, report)}</section>`,
  });
}

function consumerFacts(c: SignedInContext, consumer: Consumer): Html {
  const t = c.messages(applicationMessages);
  const { key, description, callback, createdAt } = consumer;
  return facts(
    [t.factKey, identifier(c, key, { label: t.factKey })],
    [t.factDescription, description === '' ? t.none : ownWords(description)],
    [t.factMethods, allowedMethods(consumer, c.now).join(', ')],
    [t.factCallback, callback ?? t.none],
    [t.factAdded, moment(c, createdAt)],
  );
}

function usage(c: SignedInContext, report: UsageReport): Html {
  const t = c.messages(usageMessages);
  if (report.requests === 0) return html`<p>${t.noneFound}</p>`;
  return html`${usagePicture(c, report)}
<details class="more"><summary>${t.numbers}</summary>${numbersTable(c, report)}</details>`;
}
