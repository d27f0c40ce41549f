/** The usage: a picture and its numbers, chosen by consumer and time, and what would break without the old ways. */
import {
  reportLargestUsage,
  reportUsage,
  type UsageReport,
  usageFilter,
} from '../../../administration/index.ts';
import type { Storage } from '../../../model/index.ts';
import {
  type Content,
  count,
  emptyState,
  fillHtml,
  type Html,
  html,
  type PageContext,
  type PageRoute,
  type SignedInContext,
  selectField,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { consumerLink } from '../consumer-mention.ts';
import { csvLink } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { view } from '../route.ts';
import { breakageSection, MOST_DEPENDANTS } from './breakage.ts';
import { usageCsv } from './csv.ts';
import { numbersTable } from './numbers-table.ts';
import { usagePicture } from './picture.ts';
import { PERIODS, readWish, USAGE_CSV_PATH, USAGE_PATH, type UsageWish, usageMessages } from './words.ts';

export function usageRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [view(USAGE_PATH, (c) => usagePage(deps, c)), view(USAGE_CSV_PATH, (c) => download(deps, c))];
}

async function usagePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(usageMessages);
  const wish = readWish(c);
  const { days, consumer } = wish;
  const report = await (consumer === undefined
    ? reportLargestUsage(administration, days, MOST_DEPENDANTS)
    : reportUsage(administration, days, consumer));
  const whose = await whoseNumbers(administration.storage, c, wish);
  return c.page({
    title: t.title,
    section: 'usage',
    styles: ['usage.css'],
    lead: t.lead,
    body: report.requests > 0 ? found(c, wish, whose, report) : nothing(c, wish, whose),
  });
}

/** Of whom the numbers are, where they are of one consumer. */
async function whoseNumbers(
  { consumers }: Pick<Storage, 'consumers'>,
  c: PageContext,
  { consumer: key }: UsageWish,
): Promise<Content> {
  if (key === undefined) return '';
  const t = c.messages(usageMessages);
  const name = (await consumers.namesOf([key])).get(key);
  if (name === undefined) return html`<p>${t.unknownConsumer}</p>`;
  return html`<p>${fillHtml(t.ofConsumer, { consumer: consumerLink(c, key, name) })}</p>`;
}

function found(c: PageContext, wish: UsageWish, whose: Content, report: UsageReport): Html {
  const t = c.messages(usageMessages);
  return html`<div class="list-tools">${filterForm(c, wish)}${csvLink(c, USAGE_CSV_PATH)}</div>${whose}${usagePicture(c, report)}
<details class="more"><summary>${t.numbers}</summary>${numbersTable(c, report)}</details>
${breakageSection(c, report)}`;
}

function nothing(c: PageContext, wish: UsageWish, whose: Content): Content {
  const t = c.messages(usageMessages);
  if (isUsual(wish)) return emptyState(t.emptyTitle, t.emptyText);
  return html`${filterForm(c, wish)}${whose}<p>${t.noneFound}</p>`;
}

function download({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const { days, consumer } = readWish(c);
  return usageCsv(administration.storage.usage, usageFilter(administration, days, consumer));
}

function isUsual({ days, consumer }: UsageWish): boolean {
  return days === PERIODS[0] && consumer === undefined;
}

function filterForm(c: PageContext, wish: UsageWish): Html {
  const t = c.messages(usageMessages);
  const choices = PERIODS.map((days) => ({ value: String(days), label: count(c, t.periods, days) }));
  return html`<form method="get" action="${c.url(USAGE_PATH)}" class="form is-inline" aria-label="${t.filterTitle}">
${textField(c, { name: 'consumer', label: t.consumer, value: wish.consumer ?? '', isConditional: true })}
${selectField(c, { name: 'days', label: t.period, value: String(wish.days), choices, isConditional: true })}
${submitButton(t.filter, 'plain')}
${isUsual(wish) ? '' : html`<a href="${c.url(USAGE_PATH)}">${t.clear}</a>`}
</form>`;
}
