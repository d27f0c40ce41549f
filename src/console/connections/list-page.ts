/**
 * The list: what a user is connected to, and what else there is. A dead or expired connection asks for "Login &
 * approve"; one that the provider lets us renew can be renewed at once. Forms that begin the dance end on the
 * provider's pages, so the page leaves out `form-action`.
 */
import { audienceOf, type Connection, type ServiceProvider } from '../../model/index.ts';
import {
  absoluteMoment,
  badge,
  type Column,
  type Content,
  emptyState,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  moment,
  ownLine,
  type PageRoute,
  postForm,
  type SignedInContext,
  table,
} from '../../web/index.ts';
import { connectForm } from './connect-form.ts';
import type { ConnectionsDependencies } from './dependencies.ts';
import { endingNotice } from './ending-connections.ts';
import { gadgetNames } from './gadget-names.ts';
import { messages } from './messages.ts';
import { CONNECTIONS_PATH, DISCONNECT_PATH, ENTER_PATH, RENEW_PATH } from './paths.ts';

/** More providers than this are not offered on one page. */
const MOST_PROVIDERS = 500;

/** The route of the list. */
export function listRoute(deps: ConnectionsDependencies): PageRoute {
  return { method: 'GET', path: CONNECTIONS_PATH, access: 'user', handle: (c) => listPage(deps, c) };
}

/** A connection with its provider's record. */
interface Row {
  readonly connection: Connection;
  readonly provider: ServiceProvider | undefined;
  /** What its gadget is called; null where it is for none. */
  readonly gadget: string | null;
}

async function listPage(deps: ConnectionsDependencies, c: SignedInContext): Promise<Response> {
  const { storage } = deps;
  const t = c.messages(messages);
  const query = { search: '', sort: 'name', descending: false, offset: 0, limit: MOST_PROVIDERS } as const;
  const [connections, { rows: providers }] = await Promise.all([
    storage.connections.listOfUser(c.viewer.user.name),
    storage.serviceProviders.list(query),
  ]);
  const gadgets = await gadgetNames(deps, c, connections);
  const rows = connections.map((connection, index) => ({
    connection,
    gadget: gadgets[index] ?? null,
    provider: providers.find(({ name }) => name === connection.providerName),
  }));
  const connected = new Set(
    connections.filter(({ gadgetUrl }) => gadgetUrl === null).map(({ providerName }) => providerName),
  );
  const available = providers.filter(
    (provider) => wayIn(c, provider) !== '' && !connected.has(provider.name),
  );
  const isEmpty = rows.length === 0 && available.length === 0;
  return c.page({
    title: t.title,
    section: 'connections',
    lead: fill(t.lead, { application: c.installationName }),
    formLeadsAway: true,
    body: isEmpty
      ? nothingYet(c)
      : html`${endingNotice(c, connections)}${connectedPart(c, rows)}${availablePart(c, available)}`,
  });
}

function nothingYet(c: SignedInContext): Html {
  const t = c.messages(messages);
  if (!c.viewer.user.isAdministrator) return emptyState(t.emptyTitle, t.emptyText);
  return emptyState(
    t.emptyTitle,
    t.emptyAdministratorText,
    html`${linkButton(c, '/oauth/admin/links/add', t.emptyAdministratorLink, 'primary')} ${linkButton(c, '/oauth/admin/service-providers', t.emptyAdministratorAction)}`,
  );
}

function connectedPart(c: SignedInContext, rows: readonly Row[]): Content {
  const t = c.messages(messages);
  return rows.length === 0 ? '' : table(c, { caption: t.caption, columns: connectionColumns(c), rows });
}

function connectionColumns(c: SignedInContext): readonly Column<Row>[] {
  const t = c.messages(messages);
  return [
    { header: t.columnProvider, isName: true, cell: (row) => providerCell(c, row) },
    { header: t.columnState, cell: (row) => stateBadge(c, row) },
    {
      header: t.columnAccount,
      cell: ({ connection }) =>
        connection.accountLabel ?? html`<span class="never">${t.accountUnknown}</span>`,
    },
    { header: t.columnSince, cell: ({ connection }) => moment(c, connection.createdAt) },
    { header: t.columnExpires, cell: (row) => endCell(c, row) },
    { header: t.columnUsed, cell: ({ connection }) => moment(c, connection.lastUsedAt) },
    { header: t.columnActions, isActions: true, cell: (row) => actionsCell(c, row) },
  ];
}

function providerCell(c: SignedInContext, row: Row): Content {
  const t = c.messages(messages);
  const { providerName, gadgetUrl } = row.connection;
  const dance = gadgetUrl === null ? t.approveHelp : t.approveOnDashboard;
  const help = row.provider?.requestTokenUrl == null ? t.enterHelp : dance;
  return html`<strong>${providerName}</strong>${
    row.gadget === null
      ? ''
      : html`<span class="meta">${fill(t.throughGadget, { gadget: row.gadget })}</span>`
  }${isUsable(row, c.now) ? '' : html`<span class="description">${fill(help, { provider: providerName })}</span>`}`;
}

function stateBadge(c: SignedInContext, row: Row): Html {
  const t = c.messages(messages);
  if (isDead(row)) return badge('warning', t.stateDead);
  return isUsable(row, c.now) ? badge('good', t.stateActive) : badge('warning', t.stateOver);
}

function endCell(c: SignedInContext, row: Row): Content {
  const t = c.messages(messages);
  const { connection } = row;
  const { expiresAt, sessionExpiresAt } = connection;
  if (isDead(row)) return html`<span class="never">${t.ended}</span>`;
  if (expiresAt === null) return html`<span class="never">${t.endUnknown}</span>`;
  const isKept = isRenewable(connection, c.now) && sessionExpiresAt !== null;
  return html`${moment(c, expiresAt)}${
    isKept
      ? html`<span class="description">${fill(t.renewedUntil, { date: absoluteMoment(c, sessionExpiresAt) })}</span>`
      : ''
  }`;
}

function actionsCell(c: SignedInContext, row: Row): Html {
  const t = c.messages(messages);
  const { connection, provider } = row;
  const { id, providerName, gadgetUrl } = connection;
  const named = { provider: providerName, gadget: row.gadget ?? '' };
  const leaveName = row.gadget === null ? t.disconnectNamed : t.disconnectGadgetNamed;
  const leave = html`<a class="row-action is-danger" href="${c.url(`${DISCONNECT_PATH}?id=${id}`)}" aria-label="${fill(leaveName, named)}">${t.disconnect}</a>`;
  if (!isUsable(row, c.now)) {
    const again =
      provider === undefined || gadgetUrl !== null
        ? ''
        : wayIn(c, provider, { label: t.approve, name: fill(t.approveNamed, named) });
    return html`${again} ${leave}`;
  }
  const renew = isRenewable(connection, c.now)
    ? postForm(
        c,
        RENEW_PATH,
        html`${hiddenField('id', id)}<button class="as-link row-action" aria-label="${fill(t.renewNamed, named)}">${t.renew}</button>`,
        'form is-button',
      )
    : '';
  return html`${renew} ${leave}`;
}

/** Whether only the user can help: the provider refuses the token, or is not the one that it is for. */
function isDead({ connection, provider }: Row): boolean {
  if (connection.state === 'dead') return true;
  return provider !== undefined && connection.audience !== audienceOf(provider);
}

/** Whether requests can be made with it, after a renewal perhaps. */
function isUsable(row: Row, now: number): boolean {
  const { connection } = row;
  if (isDead(row)) return false;
  return connection.expiresAt === null || connection.expiresAt > now || isRenewable(connection, now);
}

function isRenewable({ sessionHandle, sessionExpiresAt }: Connection, now: number): boolean {
  return sessionHandle !== null && (sessionExpiresAt === null || sessionExpiresAt > now);
}

function availablePart(c: SignedInContext, providers: readonly ServiceProvider[]): Content {
  if (providers.length === 0) return '';
  const t = c.messages(messages);
  const columns: readonly Column<ServiceProvider>[] = [
    { header: t.columnProvider, isName: true, cell: ({ name }) => html`<strong>${name}</strong>` },
    {
      header: t.columnDescription,
      cell: ({ description }) => ownLine(description),
    },
    {
      header: t.columnPlace,
      cell: ({ authorizeUrl, baseUrl }) => html`<code>${hostOf(authorizeUrl ?? baseUrl)}</code>`,
    },
    {
      header: t.columnActions,
      isActions: true,
      cell: (provider) =>
        wayIn(c, provider, { label: t.connect, name: fill(t.connectNamed, { provider: provider.name }) }),
    },
  ];
  return html`<section><h2>${t.availableTitle}</h2><p>${fill(t.availableLead, { application: c.installationName })}</p>
${table(c, { caption: t.availableCaption, columns, rows: providers })}</section>`;
}

function hostOf(url: string | null): string {
  return url === null ? '' : new URL(url).host;
}

/** How a user gets a connection: by the dance, by entering something, or both. */
function wayIn(
  c: SignedInContext,
  { name: provider, requestTokenUrl, handEntry }: ServiceProvider,
  words: { readonly label: string; readonly name: string } = { label: '', name: '' },
): Content {
  const t = c.messages(messages);
  const dance = requestTokenUrl === null ? '' : connectForm(c, { provider, ...words });
  if (handEntry === 'off') return dance;
  const [label, name] =
    handEntry === 'token' ? [t.enterToken, t.enterTokenNamed] : [t.enterKey, t.enterKeyNamed];
  const address = c.url(`${ENTER_PATH}?${new URLSearchParams({ provider })}`);
  return html`${dance} <a class="row-action" href="${address}" aria-label="${fill(name, { provider })}">${label}</a>`;
}
