/** The audit log. `recordEvent` writes into the transaction of the change itself. */
import type { AuditAction, AuditEvent, AuditStore, RecordedAuditEvent } from '../../model/index.ts';
import type { Queries, SqlContext } from './context.ts';
import { countAround } from './count-rows.ts';
import { type Order, readAlong } from './read-along.ts';
import type { Database } from './schema.ts';
import { contains, searchText } from './search.ts';

const NEWEST_FIRST: Order = { by: 'id', tie: 'id', descending: true };

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
      search_text: searchText(event.actor, event.action, event.object, event.note),
    })
    .execute();
}

export function sqlAudit({ db, locks }: SqlContext): AuditStore {
  return {
    append: (event) => recordEvent(db, event),
    async list(filter, query) {
      // None of no actions: PostgreSQL does not read an empty list.
      if (filter.actions?.length === 0) return { rows: [], total: 0 };
      let matching = db.selectFrom('audit_events');
      if (filter.actor !== undefined) matching = matching.where('actor', '=', filter.actor);
      if (filter.action !== undefined) matching = matching.where('action', '=', filter.action);
      if (filter.object !== undefined) matching = matching.where('object', '=', filter.object);
      const { actions } = filter;
      if (actions !== undefined) matching = matching.where('action', 'in', actions);
      if (filter.olderThan !== undefined) matching = matching.where('id', '<', filter.olderThan);
      if (query.search !== '') matching = matching.where((e) => contains(e.ref('search_text'), query.search));
      const { rows, ...end } = await readAlong(matching.selectAll(), NEWEST_FIRST, query);
      const total = await countAround(db, matching, query, rows.length);
      return { rows: rows.map(eventFromRow), total, ...end };
    },
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
      return Number(purged.numDeletedRows);
    },
  };
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
