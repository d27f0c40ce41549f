/** The list of consumers: the first page of OAuth administration. */
import { type ConsumerRow, listConsumers } from '../../../administration/index.ts';
import {
  type Column,
  type Content,
  emptyState,
  fill,
  html,
  identifier,
  linkButton,
  moment,
  nothingFound,
  number,
  ownLine,
  type PageContext,
  type SignedInContext,
  selectionColumn,
} from '../../../web/index.ts';
import { administratorsNews } from '../../people/second-factor/news.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { endingPanel } from '../ending/pages.ts';
import { LINKS_PATH, linkMessages } from '../links/words.ts';
import { listTools } from '../list-tools.ts';
import { readPlaced } from '../placed-list.ts';
import { CONSUMERS } from '../selection/kinds.ts';
import { selectableTable } from '../selection/selectable-table.ts';
import { userPath } from '../users/words.ts';
import {
  CONSUMERS_PATH,
  consumerBadges,
  consumerMessages,
  consumerPath,
  credentialLabel,
  readConsumerList,
} from './words.ts';

/** Answers with the list. */
export async function listPage(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { administration } = deps;
  const t = c.messages(consumerMessages);
  const list = readConsumerList(c);
  const found = await readPlaced(administration, c, list, (query) => listConsumers(administration, query));
  const { rows, total } = found;
  const link = linkButton(c, `${LINKS_PATH}/add`, c.messages(linkMessages).addTitle);
  const add = html`${linkButton(c, `${CONSUMERS_PATH}/add`, t.add, 'primary')} ${link}`;
  const isUnused = total === 0 && list.search === '';
  const panel = c.query.size === 0 ? await panels(deps, c) : '';
  const body = isUnused
    ? emptyState(t.emptyTitle, t.emptyText, add)
    : html`${listTools(c, list, t.searchLabel, `${CONSUMERS_PATH}/consumers.csv`)}${
        rows.length === 0
          ? nothingFound(c, list)
          : selectableTable(c, CONSUMERS, list, { ...found, caption: t.caption, columns: columns(c) })
      }`;
  return c.page({
    title: t.title,
    section: 'consumers',
    lead: t.lead,
    ...(!isUnused && { action: add }),
    body: html`${panel}${body}`,
  });
}

/** What administrators are to see when they begin. */
async function panels(deps: AdministrationDependencies, c: SignedInContext): Promise<Content> {
  const [news, ending] = await Promise.all([
    administratorsNews(deps.accounts, c, (name) => userPath('edit', name)),
    endingPanel(deps, c),
  ]);
  return html`${news}${ending}`;
}

function columns(c: PageContext): Column<ConsumerRow>[] {
  const t = c.messages(consumerMessages);
  const common = c.messages(commonMessages);
  return [
    selectionColumn(c, ({ consumer: { key, name } }) => ({ value: key, name })),
    {
      header: t.columnConsumer,
      sort: 'name',
      isName: true,
      cell: ({ consumer }) =>
        html`<a href="${c.url(consumerPath('view', consumer.key))}">${consumer.name}</a> ${consumerBadges(c, consumer)}${ownLine(consumer.description)}`,
    },
    {
      header: t.columnKey,
      sort: 'key',
      cell: ({ consumer }) => identifier(c, consumer.key, { label: t.columnKey }),
    },
    {
      header: t.columnCredential,
      cell: ({ consumer }) => html`<span class="unbroken">${credentialLabel(c, consumer.credential)}</span>`,
    },
    { header: t.columnUsers, isNumber: true, cell: ({ activeUsers }) => number(c, activeUsers) },
    { header: t.columnUsed, sort: 'used', cell: ({ lastUsedAt }) => moment(c, lastUsedAt) },
    {
      header: t.columnActions,
      isActions: true,
      cell: ({ consumer: { key, name } }) =>
        html`<a class="row-action" href="${c.url(consumerPath('edit', key))}" aria-label="${fill(t.editNamed, { name })}">${common.edit}</a> <a class="row-action is-danger" href="${c.url(consumerPath('remove', key))}" aria-label="${fill(t.removeNamed, { name })}">${common.remove}</a>`,
    },
  ];
}
