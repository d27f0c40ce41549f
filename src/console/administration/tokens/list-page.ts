/** All tokens that work or can be renewed, of everybody or of one consumer or user. */
import { listTokens } from '../../../administration/index.ts';
import type { TokenFilter, TokenSummary } from '../../../model/index.ts';
import {
  badge,
  type Column,
  type Content,
  count,
  emptyState,
  fill,
  html,
  linkButton,
  moment,
  nothingFound,
  notice,
  type PageContext,
  type SignedInContext,
  selectionColumn,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { listTools } from '../list-tools.ts';
import { readPlaced } from '../placed-list.ts';
import { pathWith } from '../route.ts';
import { TOKENS } from '../selection/kinds.ts';
import { selectableTable } from '../selection/selectable-table.ts';
import { readTokenList, revokeLink, TOKENS_PATH, tokenFilter, tokenMessages } from './words.ts';

/** Answers with the list. */
export async function listPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(tokenMessages);
  const list = readTokenList(c);
  const filter = tokenFilter(c);
  const found = await readPlaced(administration, c, list, (query) =>
    listTokens(administration, filter, query),
  );
  const { rows, total } = found;
  const isFiltered = Object.keys(filter).length > 0;
  const isUnused = total === 0 && list.search === '' && !isFiltered;
  const toConsumers = linkButton(c, '/oauth/admin/consumers', t.emptyAction, 'primary');
  const shown =
    rows.length > 0
      ? selectableTable(c, TOKENS, list, { ...found, caption: t.caption, columns: columns(c) })
      : list.search === ''
        ? emptyState(t.emptyTitle, t.emptyText, toConsumers)
        : nothingFound(c, list);
  const canRevokeAll = isFiltered && list.search === '' && total > 0;
  const revokeAll = linkButton(
    c,
    `${TOKENS_PATH}/revoke?${filterQuery(c)}`,
    count(c, t.revokeAll, total),
    'grave',
  );
  return c.page({
    title: t.title,
    section: 'tokens',
    lead: t.lead,
    ...(canRevokeAll && { action: revokeAll }),
    body: html`${isFiltered ? filterNotice(c, filter) : ''}${isUnused ? '' : listTools(c, list, t.searchLabel, `${TOKENS_PATH}/tokens.csv`)}${shown}`,
  });
}

/** The filter's part of the address. */
export function filterQuery(c: PageContext): string {
  const given = ['consumer', 'user'].map((name) => [name, c.query.get(name) ?? ''] as const);
  return new URLSearchParams(given.filter(([, value]) => value !== '').map(([n, v]) => [n, v])).toString();
}

function filterNotice(c: PageContext, { consumerKey, userName }: TokenFilter): Content {
  const t = c.messages(tokenMessages);
  const sentences = [
    ...(consumerKey === undefined ? [] : [fill(t.filteredConsumer, { consumer: consumerKey })]),
    ...(userName === undefined ? [] : [fill(t.filteredUser, { user: userName })]),
  ];
  return notice('info', html`${sentences.join(' ')} <a href="${c.url(TOKENS_PATH)}">${t.showAll}</a>`);
}

function columns(c: PageContext): Column<TokenSummary>[] {
  const t = c.messages(tokenMessages);
  return [
    selectionColumn(c, ({ token, consumerName, userDisplayName }) => ({
      value: token.id,
      name: `${consumerName} – ${userDisplayName}`,
    })),
    {
      header: t.columnConsumer,
      sort: 'consumer',
      isName: true,
      cell: ({ token, consumerName }) =>
        html`<a href="${c.url(pathWith('/oauth/admin/consumers/view', { key: token.consumerKey }))}">${consumerName}</a>${
          token.gadgetUrl === null
            ? ''
            : html`<p class="meta">${fill(t.gadget, { url: token.gadgetUrl })}</p>`
        }`,
    },
    {
      header: t.columnUser,
      sort: 'user',
      cell: ({ token, userDisplayName }) =>
        html`<a href="${c.url(pathWith(TOKENS_PATH, { user: token.userName }))}">${userDisplayName}</a> <span class="meta">${token.userName}</span>`,
    },
    { header: t.columnIssued, sort: 'created', cell: ({ token }) => moment(c, token.createdAt) },
    {
      header: t.columnExpires,
      sort: 'expires',
      cell: ({ token }) => (token.expiresAt < c.now ? badge('off', t.expired) : moment(c, token.expiresAt)),
    },
    { header: t.columnUsed, sort: 'used', cell: ({ token }) => moment(c, token.lastUsedAt) },
    {
      header: t.columnActions,
      isActions: true,
      cell: (row) => revokeLink(c, row),
    },
  ];
}
