/** The list of service providers. */
import { listServiceProviders, type ServiceProviderView } from '../../../administration/index.ts';
import {
  type Column,
  emptyState,
  fill,
  html,
  identifier,
  linkButton,
  moment,
  nothingFound,
  ownLine,
  type PageContext,
  pager,
  type SignedInContext,
  table,
} from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { listTools } from '../list-tools.ts';
import { PROVIDERS_PATH, providerMessages, providerPath, readProviderList } from './words.ts';

/** Answers with the list. */
export async function listPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(providerMessages);
  const list = readProviderList(c);
  const { rows, total } = await listServiceProviders(administration, list);
  const add = linkButton(c, `${PROVIDERS_PATH}/add`, t.add, 'primary');
  const link = linkButton(c, '/oauth/admin/links/add', t.linkInstallation);
  const isUnused = total === 0 && list.search === '';
  const found =
    rows.length === 0
      ? nothingFound(c, list)
      : html`${table(c, { caption: t.caption, columns: columns(c), rows, list })}${pager(c, list, total)}`;
  return c.page({
    title: t.title,
    section: 'service-providers',
    lead: t.lead,
    ...(!isUnused && { action: html`${add} ${link}` }),
    body: isUnused
      ? emptyState(t.emptyTitle, t.emptyText, html`${add} ${link}`)
      : html`${listTools(c, list, t.searchLabel, `${PROVIDERS_PATH}/service-providers.csv`)}${found}`,
  });
}

function columns(c: PageContext): Column<ServiceProviderView>[] {
  const t = c.messages(providerMessages);
  const common = c.messages(commonMessages);
  return [
    {
      header: t.columnName,
      sort: 'name',
      isName: true,
      cell: ({ name, description }) =>
        html`<a href="${c.url(providerPath('view', name))}">${name}</a>${ownLine(description)}`,
    },
    { header: t.columnKey, cell: ({ consumerKey }) => identifier(c, consumerKey, { label: t.columnKey }) },
    { header: t.columnMethod, cell: ({ signatureMethod }) => signatureMethod },
    {
      header: t.columnUrls,
      cell: ({ requestTokenUrl }) => (requestTokenUrl === null ? t.urlsFromGadget : t.urlsGiven),
    },
    { header: t.columnAdded, sort: 'created', cell: ({ createdAt }) => moment(c, createdAt) },
    {
      header: t.columnActions,
      isActions: true,
      cell: ({ name }) =>
        html`<a class="row-action" href="${c.url(providerPath('edit', name))}" aria-label="${fill(t.editNamed, { name })}">${common.edit}</a> <a class="row-action is-danger" href="${c.url(providerPath('remove', name))}" aria-label="${fill(t.removeNamed, { name })}">${common.remove}</a>`,
    },
  ];
}
