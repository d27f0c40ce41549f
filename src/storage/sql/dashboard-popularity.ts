/**
 * How many people marked a dashboard as their favourite, kept by triggers beside with whom it is shared: the list of what
 * is shared begins with what most people like, and nobody counts all marks for that.
 */
import { type Kysely, sql } from 'kysely';
import type { Dialect } from './context.ts';

/** The step of the schema. */
export async function countFavourites<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('dashboard_popularity')
    .addColumn('dashboard_id', 'text', (c) => c.primaryKey().references('dashboards.id').onDelete('cascade'))
    .addColumn('sharing', 'text', (c) => c.notNull())
    .addColumn('favourites', 'integer', (c) => c.notNull())
    .execute();
  for (const statement of [
    ...TRIGGERS.flatMap(dialect === 'sqlite' ? inSqlite : inPostgres),
    `insert into dashboard_popularity (dashboard_id, sharing, favourites)
      select id, sharing, coalesce(marks, 0) from dashboards left join (
        select dashboard_id, count(*) as marks from dashboard_favourites group by dashboard_id
      ) as marked on marked.dashboard_id = dashboards.id`,
    `create index dashboard_popularity_by_size
      on dashboard_popularity (sharing, favourites desc, dashboard_id)`,
    'create index dashboards_by_name on dashboards (sharing, sort_name, id)',
    'create index dashboards_by_change on dashboards (sharing, updated_at, id)',
  ])
    await sql.raw(statement).execute(db);
}

interface Trigger {
  readonly name: string;
  readonly event: string;
  readonly work: string;
}

const TRIGGERS: readonly Trigger[] = [
  {
    name: 'dashboard_added',
    event: 'insert on dashboards',
    work: `insert into dashboard_popularity (dashboard_id, sharing, favourites) values (new.id, new.sharing, 0)`,
  },
  {
    name: 'dashboard_shared',
    event: 'update of sharing on dashboards',
    work: 'update dashboard_popularity set sharing = new.sharing where dashboard_id = new.id',
  },
  {
    name: 'dashboard_marked',
    event: 'insert on dashboard_favourites',
    work: 'update dashboard_popularity set favourites = favourites + 1 where dashboard_id = new.dashboard_id',
  },
  {
    name: 'dashboard_unmarked',
    event: 'delete on dashboard_favourites',
    work: 'update dashboard_popularity set favourites = favourites - 1 where dashboard_id = old.dashboard_id',
  },
];

function inSqlite({ name, event, work }: Trigger): readonly string[] {
  return [`create trigger ${name} after ${event} begin ${work}; end`];
}

function inPostgres({ name, event, work }: Trigger): readonly string[] {
  return [
    `create function ${name}() returns trigger language plpgsql as $$ begin ${work}; return null; end $$`,
    `create trigger ${name} after ${event} for each row execute function ${name}()`,
  ];
}
