/** The list of users. There is always one: whoever looks at it. */
import type { User } from '../../../model/index.ts';
import {
  type Column,
  fill,
  html,
  linkButton,
  moment,
  nothingFound,
  type SignedInContext,
  selectionColumn,
} from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { listTools } from '../list-tools.ts';
import { readPlaced } from '../placed-list.ts';
import { USERS } from '../selection/kinds.ts';
import { selectableTable } from '../selection/selectable-table.ts';
import { userMessages } from './messages.ts';
import { readUserList, USERS_PATH, userBadges, userPath } from './words.ts';

/** Answers with the list. */
export async function listPage(
  { accounts, administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(userMessages);
  const list = readUserList(c);
  const found = await readPlaced(administration, c, list, (query) => accounts.storage.users.list(query));
  return c.page({
    title: t.title,
    section: 'users',
    lead: t.lead,
    action: linkButton(c, `${USERS_PATH}/add`, t.add, 'primary'),
    body: html`${listTools(c, list, t.searchLabel, `${USERS_PATH}/users.csv`)}${
      found.rows.length === 0
        ? nothingFound(c, list)
        : selectableTable(c, USERS, list, { ...found, caption: t.caption, columns: columns(c) })
    }`,
  });
}

function columns(c: SignedInContext): Column<User>[] {
  const t = c.messages(userMessages);
  const common = c.messages(commonMessages);
  return [
    selectionColumn(c, ({ name }) => (name === c.viewer.user.name ? null : { value: name, name })),
    {
      header: t.columnUser,
      sort: 'name',
      isName: true,
      cell: (user) =>
        html`<a href="${c.url(userPath('edit', user.name))}">${user.displayName}</a> ${userBadges(c, user)}<p class="meta">${user.name}</p>`,
    },
    { header: t.columnEmail, cell: ({ email }) => email ?? html`<span class="never">${common.none}</span>` },
    { header: t.columnLogin, sort: 'login', cell: ({ lastLoginAt }) => moment(c, lastLoginAt) },
    { header: t.columnCreated, sort: 'created', cell: ({ createdAt }) => moment(c, createdAt) },
    {
      header: t.columnActions,
      isActions: true,
      cell: ({ name }) =>
        html`<a class="row-action" href="${c.url(userPath('edit', name))}" aria-label="${fill(t.editNamed, { name })}">${common.edit}</a>`,
    },
  ];
}
