/**
 * Applications with access: what the user granted, and how to take it back, one or all. A user sees and revokes
 * only their own tokens: the user's name is part of every query, and comes from the session. A revocation that
 * storage did not confirm is never shown as done (the front door turns it into 503).
 */
import type { AccountsContext } from '../../accounts/index.ts';
import type { GadgetTitles } from '../../gadgets/index.ts';
import type { TokenSummary } from '../../model/index.ts';
import { type ProviderContext, revokeAllOwnTokens, revokeOwnToken } from '../../provider/index.ts';
import {
  badge,
  buttonRow,
  type Column,
  type Content,
  confirmation,
  count,
  emptyState,
  fill,
  hiddenField,
  html,
  linkButton,
  moment,
  nothingFound,
  ownLine,
  type PageRoute,
  pager,
  readList,
  type SignedInContext,
  searchBox,
  table,
} from '../../web/index.ts';
import { endingNotice } from './ending-access.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH, ACCESS_PATHS } from './paths.ts';
import { ownNews } from './second-factor/news.ts';

/** The routes of the page, at both of its addresses. */
export function accessRoutes(
  accounts: AccountsContext,
  provider: ProviderContext,
  gadgetTitles: GadgetTitles,
): readonly PageRoute[] {
  return ACCESS_PATHS.flatMap((path): PageRoute[] => [
    { method: 'GET', path, access: 'user', handle: (c) => listPage(accounts, provider, gadgetTitles, c) },
    { method: 'POST', path, access: 'user', handle: (c) => revoke(provider, c) },
    {
      method: 'GET',
      path: `${path}/revoke`,
      access: 'user',
      handle: (c) => askOne(provider, gadgetTitles, c),
    },
    { method: 'GET', path: `${path}/revoke-all`, access: 'user', handle: (c) => askAll(provider, c) },
  ]);
}

async function listPage(
  accounts: AccountsContext,
  provider: ProviderContext,
  gadgetTitles: GadgetTitles,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(messages);
  const list = readList(c, {
    sorts: ['consumer', 'created', 'expires', 'used'],
    sort: 'created',
    descending: true,
  });
  const page = await provider.storage.accessTokens.list({ userName: c.viewer.user.name }, list, c.now);
  if (page.rows.length === 0 && list.offset > 0) return c.redirect(c.path);
  if (page.total === 0 && list.search === '') {
    const body = html`${await ownNews(accounts, c)}${emptyState(t.accessEmptyTitle, t.accessEmptyText)}`;
    return c.page({ title: t.myAccess, section: 'access', body });
  }
  const titles = await gadgetTitles(
    page.rows.map(({ token }) => token.gadgetUrl),
    c.locale,
  );
  const isLong = page.total > 5 || list.search !== '';
  const rows = table(c, { caption: t.accessCaption, columns: columns(c, titles), rows: page.rows, list });
  return c.page({
    title: t.myAccess,
    section: 'access',
    lead: fill(t.accessLead, { application: c.installationName }),
    action: linkButton(c, `${ACCESS_PATH}/revoke-all`, t.revokeAll, 'grave'),
    body: html`${await ownNews(accounts, c)}${await endingNotice(provider.storage.accessTokens, c)}${isLong ? html`<div class="list-tools">${searchBox(c, list, t.accessSearch)}</div>` : ''}
${page.rows.length === 0 ? nothingFound(c, list) : rows}${pager(c, list, page.total)}`,
  });
}

function columns(c: SignedInContext, titles: Titles): readonly Column<TokenSummary>[] {
  const t = c.messages(messages);
  return [
    { header: t.columnConsumer, sort: 'consumer', isName: true, cell: (row) => consumerCell(c, row, titles) },
    {
      header: t.columnDescription,
      cell: ({ consumerDescription: text }) => ownLine(text),
    },
    { header: t.columnIssued, sort: 'created', cell: ({ token }) => moment(c, token.createdAt) },
    {
      header: t.columnExpires,
      sort: 'expires',
      cell: ({ token }) =>
        html`${moment(c, token.expiresAt)}${token.expiresAt <= c.now ? html` ${badge('off', t.renewable)}` : ''}`,
    },
    { header: t.columnUsed, sort: 'used', cell: ({ token }) => moment(c, token.lastUsedAt) },
    {
      header: t.columnActions,
      isActions: true,
      cell: ({ token, consumerName }) =>
        html`<a class="row-action is-danger" href="${c.url(`${ACCESS_PATH}/revoke?token=${token.id}`)}" aria-label="${fill(t.revokeNamed, { consumer: consumerName })}">${t.revoke}</a>`,
    },
  ];
}

function consumerCell(c: SignedInContext, { token, consumerName }: TokenSummary, titles: Titles): Content {
  const { gadgetUrl } = token;
  if (gadgetUrl === null) return html`<strong>${consumerName}</strong>`;
  const through = fill(c.messages(messages).throughConsumer, { consumer: consumerName });
  const title = titles.get(gadgetUrl);
  return title === undefined
    ? html`<strong>${consumerName}</strong><span class="meta">${fill(c.messages(messages).throughGadget, { gadget: gadgetUrl })}</span>`
    : html`<strong>${title}</strong><span class="meta">${through}</span><span class="meta">${gadgetUrl}</span>`;
}

type Titles = Awaited<ReturnType<GadgetTitles>>;

async function askOne(
  provider: ProviderContext,
  gadgetTitles: GadgetTitles,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(messages);
  const id = c.query.get('token') ?? '';
  const token = await provider.storage.accessTokens.findById(id);
  const isOwn = token !== null && token.userName.toLowerCase() === c.viewer.user.name.toLowerCase();
  if (!isOwn || token.revokedAt !== null) return gonePage(c);
  const name = (await provider.storage.consumers.find(token.consumerKey))?.name ?? token.consumerKey;
  const values = { consumer: name, application: c.installationName };
  const { gadgetUrl } = token;
  const gadget =
    gadgetUrl === null ? null : ((await gadgetTitles([gadgetUrl], c.locale)).get(gadgetUrl) ?? gadgetUrl);
  return c.page({
    title: fill(t.revokeTitle, values),
    section: 'access',
    breadcrumbs: [{ label: t.myAccess, path: ACCESS_PATH }],
    body: confirmation(c, {
      consequences: html`<p>${fill(t.revokeText, values)}</p>${gadget === null ? '' : html`<p>${fill(t.revokeGadget, { ...values, gadget })}</p>`}`,
      action: ACCESS_PATH,
      fields: hiddenField('token', id),
      confirmLabel: t.revokeSubmit,
      cancelPath: ACCESS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

async function askAll(provider: ProviderContext, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const query = { search: '', sort: 'created', descending: true, offset: 0, limit: 1 } as const;
  const { total } = await provider.storage.accessTokens.list({ userName: c.viewer.user.name }, query, c.now);
  if (total === 0) return gonePage(c);
  return c.page({
    title: t.revokeAllTitle,
    section: 'access',
    breadcrumbs: [{ label: t.myAccess, path: ACCESS_PATH }],
    body: confirmation(c, {
      consequences: html`<p>${count(c, t.revokeAllText, total)}</p>`,
      action: ACCESS_PATH,
      fields: hiddenField('all', 'yes'),
      confirmLabel: t.revokeAllSubmit,
      cancelPath: ACCESS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

async function revoke(provider: ProviderContext, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  if (c.field('all') === 'yes') {
    const revoked = await revokeAllOwnTokens(provider, c.viewer.user);
    return c.redirect(ACCESS_PATH, count(c, t.revokedAll, revoked));
  }
  const isDone = await revokeOwnToken(provider, c.viewer.user, c.field('token'));
  return isDone ? c.redirect(ACCESS_PATH, t.revoked) : gonePage(c);
}

/** Says the same of somebody else's token as of one that never was. */
function gonePage(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.revokeGoneTitle,
    section: 'access',
    status: 404,
    breadcrumbs: [{ label: t.myAccess, path: ACCESS_PATH }],
    body: html`<p>${t.revokeGoneText}</p>${buttonRow(linkButton(c, ACCESS_PATH, t.backToList))}`,
  });
}
