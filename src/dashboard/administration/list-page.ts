/** The directory as administrators see it: every gadget, where it comes from, since when it is pinned. */
import { type DirectoryEntry, listDirectory, setOwnGadgetHidden } from '../../gadgets/index.ts';
import type { GadgetFeed } from '../../model/index.ts';
import {
  badge,
  type Column,
  type Content,
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
  postForm,
  readList,
  type SignedInContext,
  searchBox,
  table,
} from '../../web/index.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { change, view } from './route.ts';
import { frame, GADGETS_PATH, messages, partsNavigation } from './words.ts';

/** The routes of the list. */
export function listRoutes(deps: GadgetAdministrationDependencies): readonly PageRoute[] {
  return [
    view(GADGETS_PATH, (c) => listPage(deps, c)),
    change(`${GADGETS_PATH}/visibility`, (c) => changeVisibility(deps, c)),
  ];
}

async function listPage(
  { gadgets }: GadgetAdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(messages);
  const list = readList(c, { sorts: ['title'], sort: 'title' });
  const all = await listDirectory(gadgets, { locale: c.locale, search: list.search, withHidden: true });
  const feeds = await gadgets.storage.gadgetFeeds.list();
  const rows = all.slice(list.offset, list.offset + list.limit);
  const add = linkButton(c, `${GADGETS_PATH}/add`, t.add, 'primary');
  const isEmpty = all.length === 0 && list.search === '';
  const found =
    rows.length === 0
      ? nothingFound(c, list)
      : html`${table(c, { caption: t.caption, columns: columns(c, feeds), rows, list })}${pager(c, list, all.length)}`;
  return c.page({
    ...frame(c),
    title: t.title,
    lead: t.lead,
    ...(!isEmpty && { action: add }),
    body: html`${partsNavigation(c, 'directory')}${
      isEmpty
        ? emptyState(t.emptyTitle, t.emptyText, add)
        : html`<div class="list-tools">${searchBox(c, list, t.searchLabel)}</div>${found}`
    }`,
  });
}

function columns(c: SignedInContext, feeds: readonly GadgetFeed[]): Column<DirectoryEntry>[] {
  const t = c.messages(messages);
  return [
    {
      header: t.columnGadget,
      isName: true,
      cell: ({ title, description, specUrl, isHidden }) =>
        html`<strong>${title}</strong>${isHidden ? html` ${badge('off', t.hidden)}` : ''}${ownLine(description)}<span class="meta"><code>${specUrl}</code></span>`,
    },
    { header: t.columnFrom, cell: (entry) => origin(c, entry, feeds) },
    {
      header: t.columnPinned,
      cell: ({ updatedAt }) =>
        updatedAt === null ? html`<span class="never">${t.builtIn}</span>` : moment(c, updatedAt),
    },
    { header: t.columnActions, isActions: true, cell: (entry) => actions(c, entry) },
  ];
}

function origin(
  c: SignedInContext,
  { ownName, feedId }: DirectoryEntry,
  feeds: readonly GadgetFeed[],
): string {
  const t = c.messages(messages);
  if (ownName !== null) return t.fromHere;
  const feed = feeds.find(({ id }) => id === feedId);
  return feed === undefined ? t.fromHand : fill(t.fromFeed, { name: feed.name });
}

function actions(c: SignedInContext, { id, ownName, title, isHidden, feedId }: DirectoryEntry): Content {
  const t = c.messages(messages);
  if (ownName !== null) {
    const [label, named] = isHidden ? [t.show, t.showNamed] : [t.hide, t.hideNamed];
    return postForm(
      c,
      `${GADGETS_PATH}/visibility`,
      html`${hiddenField('name', ownName)}<button class="as-link row-action" name="hidden" value="${isHidden ? 'no' : 'yes'}" aria-label="${fill(named, { title })}">${label}</button>`,
      'form is-button',
    );
  }
  const link = (deed: 'update' | 'remove', label: string, named: string, kind: string) =>
    html`<a class="row-action${kind}" href="${c.url(`${GADGETS_PATH}/${deed}?id=${id}`)}" aria-label="${fill(named, { title })}">${label}</a> `;
  const remove = feedId === null ? link('remove', t.remove, t.removeNamed, ' is-danger') : '';
  return html`${link('update', t.update, t.updateNamed, '')}${remove}`;
}

async function changeVisibility(
  { gadgets }: GadgetAdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(messages);
  const name = c.field('name');
  const isHidden = c.field('hidden') === 'yes';
  await setOwnGadgetHidden(gadgets, name, isHidden, c.viewer.user.name);
  const all = await listDirectory(gadgets, { locale: c.locale, withHidden: true });
  const title = all.find(({ ownName }) => ownName === name)?.title ?? name;
  return c.redirect(GADGETS_PATH, fill(isHidden ? t.hiddenDone : t.shownDone, { title }));
}
