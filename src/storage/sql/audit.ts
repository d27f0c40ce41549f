/** The audit log. `recordEvent` writes into the transaction of the change itself. */
import {
  type AuditAction,
  type AuditEvent,
  type AuditFilter,
  type AuditPage,
  type AuditStore,
  type PageQuery,
  type RecordedAuditEvent,
  searchedTexts,
} from '../../model/index.ts';
import type { Queries, SqlContext } from './context.ts';
import { blockSearchOf } from './lists/audit-blocks.ts';
import { forgetEmptyBlocks, indexEntries } from './lists/audit-index.ts';
import { type Entries, searchAudit } from './lists/audit-search.ts';
import { countAround, countRows } from './lists/count-rows.ts';
import { type Order, readAlong } from './lists/read-along.ts';
import { contains, searchText } from './lists/search.ts';
import type { Database } from './schema/schema.ts';

const NEWEST_FIRST: Order = { by: 'id', tie: 'id', descending: true };

/** So many entries about one object are looked at without asking which of them are wanted. */
const FEW = 1000;

/** Adds an entry, in the transaction it is given. */
export async function recordEvent(db: Queries, event: AuditEvent): Promise<void> {
  await db
    .insertInto('audit_events')
    .values({
      at: event.at,
      actor: event.actor,
      action: event.action,
      object: event.object,
      state_before: toJson(event.before),
      state_after: toJson(event.after),
      note: event.note,
      search_text: searchText(...searchedTexts(event)),
    })
    .execute();
}

export function sqlAudit(context: SqlContext): AuditStore {
  const { db, locks } = context;
  const areFew = async ({ object }: AuditFilter) => {
    if (object === undefined) return false;
    const about = db.selectFrom('audit_events').where('object', '=', object);
    return (await countRows(db, about, FEW + 1)) <= FEW;
  };
  return {
    append: (event) => recordEvent(db, event),
    async list(filter, query, isEnough) {
      // None of no actions: PostgreSQL does not read an empty list.
      if (filter.actions?.length === 0) return { rows: [], total: 0 };
      const among = (entries: Entries) => wantedOf(entries, filter, query);
      const blocks = (await areFew(filter)) ? null : blockSearchOf(filter, query.search);
      if (blocks === null) {
        const matching = among(db.selectFrom('audit_events'));
        const { rows, ...end } = await readAlong(matching.selectAll(), NEWEST_FIRST, query);
        const total = await countAround(db, matching, query, rows.length);
        return { rows: rows.map(eventFromRow), total, ...end };
      }
      const search = { blocks, olderThan: filter.olderThan, among };
      // One more, which tells whether others follow.
      const part = { ...query, limit: query.limit + 1 };
      const { ids, total, unsearched } = await searchAudit(context, search, part, isEnough);
      const rest = unsearched === null ? {} : { unsearched: await describeRest(db, unsearched) };
      if (ids.length === 0) return { rows: [], total, ...rest };
      const found = db.selectFrom('audit_events').where('id', 'in', ids).selectAll();
      const { rows, ...end } = await readAlong(found, NEWEST_FIRST, { offset: 0, limit: query.limit });
      return { rows: rows.map(eventFromRow), total, ...end, ...rest };
    },
    index: (limit) => indexEntries(context, limit),
    async purge(before, limit) {
      // Ids follow time, and time has no index: looking at the oldest only keeps this short, however long the log is.
      const oldest = db.selectFrom('audit_events').select('id').orderBy('id').limit(limit);
      const over = db
        .selectFrom('audit_events')
        .select('id')
        .where('id', 'in', oldest)
        .where('at', '<', before);
      const purged = await db
        // In the order of ids: of two servers one gets the batch and the other waits, neither a part that blocks the other.
        .with('over', () => locks.hold(over.orderBy('id')))
        .deleteFrom('audit_events')
        .where('id', 'in', (e) => e.selectFrom('over').select('id'))
        .executeTakeFirst();
      const count = Number(purged.numDeletedRows);
      if (count > 0) await forgetEmptyBlocks(context);
      return count;
    },
  };
}

/** What a search did not look at: entries older than that id. */
async function describeRest(db: Queries, olderThan: number): Promise<NonNullable<AuditPage['unsearched']>> {
  const oldest = await db
    .selectFrom('audit_events')
    .select('at')
    .where('id', '>=', olderThan)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return { olderThan, at: oldest?.at ?? 0 };
}

function wantedOf(
  entries: Entries,
  { actor, action, object, actions, olderThan }: AuditFilter,
  { search }: PageQuery,
): Entries {
  let wanted = entries;
  if (actor !== undefined) wanted = wanted.where('actor', '=', actor);
  if (action !== undefined) wanted = wanted.where('action', '=', action);
  if (object !== undefined) wanted = wanted.where('object', '=', object);
  if (actions !== undefined) wanted = wanted.where('action', 'in', actions);
  if (olderThan !== undefined) wanted = wanted.where('id', '<', olderThan);
  if (search !== '') wanted = wanted.where((e) => contains(e.ref('search_text'), search));
  return wanted;
}

function eventFromRow(row: { id: number } & Omit<Database['audit_events'], 'id'>): RecordedAuditEvent {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action as AuditAction,
    object: row.object,
    before: fromJson(row.state_before),
    after: fromJson(row.state_after),
    note: row.note,
  };
}

function toJson(fields: AuditEvent['before']): string | null {
  return fields === null ? null : JSON.stringify(fields);
}

function fromJson(text: string | null): AuditEvent['before'] {
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
}
