/** Dashboards and favourites over SQL. Both go with their user, by foreign key. */
import { type SqlBool, sql } from 'kysely';
import {
  type Dashboard,
  type DashboardChoice,
  type DashboardStore,
  type Layout,
  type ListQuery,
  type Sharing,
  userNameKey,
} from '../../model/index.ts';
import { changeRecorded, transactChange } from './change-recorded.ts';
import type { Queries, SqlContext } from './context.ts';
import { countAround } from './lists/count-rows.ts';
import { contains, searchText } from './lists/search.ts';
import type { Locks } from './locks.ts';
import { userExists } from './owners.ts';
import type { DashboardRow } from './schema/schema.ts';
import { transact } from './transact.ts';

export function sqlDashboards({ db, locks }: SqlContext): DashboardStore {
  return {
    async find(id) {
      const row = await db.selectFrom('dashboards').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async listVisible(userName, choice, query) {
      const user = userNameKey(userName);
      const matching = visible(db, user, choice, query.search);
      const rows = await readPage(matching, choice, query);
      const own = await ownFavourites(
        db,
        user,
        rows.map(({ id }) => id),
      );
      return {
        rows: rows.map((row) => ({
          dashboard: fromRow(row),
          isFavourite: own.has(row.id),
          favourites: row.favourites,
        })),
        total: await countAround(db, matching, query, rows.length),
      };
    },
    async countWith(specUrl) {
      const member = `"specUrl":${JSON.stringify(specUrl)}`;
      // Unlike LIKE this knows capitals from small letters in every database.
      const { total } = await db
        .selectFrom('dashboards')
        .where(sql<SqlBool>`replace(gadgets, ${member}, '') <> gadgets`)
        .select((e) => e.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },
    add(dashboard, event) {
      return transact(db, async (trx) => {
        const { ownerName } = dashboard;
        if (ownerName !== null && !(await userExists(trx, locks, ownerName))) return false;
        return changeRecorded(
          trx,
          trx
            .insertInto('dashboards')
            .values(toRow(dashboard))
            .onConflict((conflict) => conflict.column('id').doNothing()),
          event,
        );
      });
    },
    update(dashboard, expectedUpdatedAt, event) {
      return transact(db, async (trx) => {
        const { owner_key: _key, owner_name: _name, search_text: _text, ...fields } = toRow(dashboard);
        const stored = await holdOwner(trx, locks, dashboard.id);
        return changeRecorded(
          trx,
          trx
            .updateTable('dashboards')
            .set({ ...fields, search_text: searched(dashboard, stored) })
            .where('id', '=', dashboard.id)
            .where('updated_at', '=', expectedUpdatedAt),
          event,
        );
      });
    },
    remove(id, event) {
      return transactChange(db, (trx) => trx.deleteFrom('dashboards').where('id', '=', id), event);
    },
    async isFavourite(userName, id) {
      const row = await db
        .selectFrom('dashboard_favourites')
        .select('dashboard_id')
        .where('dashboard_id', '=', id)
        .where('user_key', '=', userNameKey(userName))
        .executeTakeFirst();
      return row !== undefined;
    },
    setFavourite(userName, id, isFavourite) {
      return transact(db, async (trx) => {
        if (!(await userExists(trx, locks, userName)) || !(await dashboardExists(trx, locks, id)))
          return false;
        const place = { dashboard_id: id, user_key: userNameKey(userName) };
        await (isFavourite
          ? trx
              .insertInto('dashboard_favourites')
              .values({ ...place, user_name: userName })
              .onConflict((conflict) => conflict.columns(['dashboard_id', 'user_key']).doNothing())
              .execute()
          : trx
              .deleteFrom('dashboard_favourites')
              .where('dashboard_id', '=', id)
              .where('user_key', '=', place.user_key)
              .execute());
        return true;
      });
    },
  };
}

const ORDER = {
  name: 'sort_name',
  updated: 'updated_at',
  popular: 'dashboard_popularity.favourites',
} as const;

/** What a user sees, of that choice and with that text. */
function visible(db: Queries, user: string, choice: DashboardChoice, search: string) {
  let matching = db.selectFrom('dashboards').where('owner_key', 'is not', null);
  if (choice === 'own') matching = matching.where('owner_key', '=', user);
  else if (choice === 'shared') matching = matching.where('dashboards.sharing', '=', 'everyone');
  else
    matching = matching
      // As part of a text, so that SQLite begins with the user's few favourites, not with all that is shared.
      .where((e) => e.or([e('owner_key', '=', user), e(sql`dashboards.sharing || ''`, '=', 'everyone')]))
      .where('id', 'in', (e) =>
        e.selectFrom('dashboard_favourites').select('dashboard_id').where('user_key', '=', user),
      );
  return search === '' ? matching : matching.where((e) => contains(e.ref('search_text'), search));
}

type Visible = ReturnType<typeof visible>;

/** The page, along the order's index; beside each row how many people it is a favourite of. */
async function readPage(
  matching: Visible,
  choice: DashboardChoice,
  { sort, descending, offset, limit }: ListQuery<keyof typeof ORDER>,
) {
  let joined = matching.innerJoin(
    'dashboard_popularity',
    'dashboard_popularity.dashboard_id',
    'dashboards.id',
  );
  if (choice === 'shared') joined = joined.where('dashboard_popularity.sharing', '=', 'everyone');
  return joined
    .selectAll('dashboards')
    .select('dashboard_popularity.favourites')
    .orderBy(ORDER[sort], descending ? 'desc' : 'asc')
    .orderBy(sort === 'popular' ? 'dashboard_popularity.dashboard_id' : 'dashboards.id')
    .offset(offset)
    .limit(limit)
    .execute();
}

/** Which of these dashboards the user marked. */
async function ownFavourites(
  db: Queries,
  user: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('dashboard_favourites')
    .select('dashboard_id')
    .where('user_key', '=', user)
    .where('dashboard_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => row.dashboard_id));
}

/** The owner's name as it is stored, which no change touches; the row stays this transaction's until its end. */
async function holdOwner(trx: Queries, locks: Locks, id: string): Promise<string | null> {
  const query = trx.selectFrom('dashboards').select('owner_name').where('id', '=', id);
  return (await locks.hold(query).executeTakeFirst())?.owner_name ?? null;
}

async function dashboardExists(trx: Queries, locks: Locks, id: string): Promise<boolean> {
  const query = trx.selectFrom('dashboards').select('id').where('id', '=', id);
  return (await locks.keep(query).executeTakeFirst()) !== undefined;
}

function searched({ name, description }: Dashboard, ownerName: string | null): string {
  return searchText(name, description, ownerName);
}

function toRow(dashboard: Dashboard): DashboardRow {
  const { ownerName } = dashboard;
  return {
    id: dashboard.id,
    owner_key: ownerName === null ? null : userNameKey(ownerName),
    owner_name: ownerName,
    name: dashboard.name,
    sort_name: dashboard.name.toLowerCase(),
    search_text: searched(dashboard, ownerName),
    description: dashboard.description,
    layout: dashboard.layout,
    gadgets: JSON.stringify(dashboard.gadgets),
    sharing: dashboard.sharing,
    created_at: dashboard.createdAt,
    updated_at: dashboard.updatedAt,
  };
}

function fromRow(row: DashboardRow): Dashboard {
  return {
    id: row.id,
    ownerName: row.owner_name,
    name: row.name,
    description: row.description,
    layout: row.layout as Layout,
    gadgets: JSON.parse(row.gadgets),
    sharing: row.sharing as Sharing,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
