/** The directory of gadgets, its feeds, and the places that gadgets may reach, over SQL. */
import {
  type AllowListStore,
  type Gadget,
  type GadgetFeed,
  type GadgetFeedStore,
  type GadgetStore,
  type GadgetSummary,
  plainBase,
} from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import type { Queries, SqlContext } from './context.ts';
import type { Locks } from './locks.ts';
import type { GadgetFeedRow, GadgetRow } from './schema.ts';
import { transact } from './transact.ts';

const SUMMARY = [
  'id',
  'spec_url',
  'sha256',
  'title',
  'description',
  'author',
  'thumbnail_url',
  'categories',
  'feed_id',
  'added_by',
  'created_at',
  'updated_at',
] as const;

export function sqlGadgets({ db, locks }: SqlContext): GadgetStore {
  return {
    async find(specUrl) {
      const row = await db
        .selectFrom('gadgets')
        .selectAll()
        .where('spec_url', '=', specUrl)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async findById(id) {
      const row = await db.selectFrom('gadgets').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async findAll(specUrls) {
      if (specUrls.length === 0) return [];
      const rows = await db.selectFrom('gadgets').selectAll().where('spec_url', 'in', specUrls).execute();
      return rows.map(fromRow);
    },
    async list() {
      const rows = await db
        .selectFrom('gadgets')
        .select(SUMMARY)
        .orderBy('sort_title')
        .orderBy('spec_url')
        .execute();
      return rows.map(summaryFromRow);
    },
    add(gadget, event) {
      return transact(db, async (trx) => {
        if (gadget.feedId !== null && !(await feedExists(trx, locks, gadget.feedId))) return false;
        const added = await trx
          .insertInto('gadgets')
          .values(toRow(gadget))
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    update(gadget, expectedUpdatedAt, event) {
      return transact(db, async (trx) => {
        const changed = await trx
          .updateTable('gadgets')
          .set(toRow(gadget))
          .where('id', '=', gadget.id)
          .where('updated_at', '=', expectedUpdatedAt)
          .executeTakeFirst();
        if (changed.numUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    remove(id, event) {
      return transact(db, async (trx) => {
        const removed = await trx.deleteFrom('gadgets').where('id', '=', id).executeTakeFirst();
        if (removed.numDeletedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    async listHidden() {
      return (await db.selectFrom('hidden_gadgets').select('name').orderBy('name').execute()).map(
        ({ name }) => name,
      );
    },
    setHidden(name, isHidden, event) {
      return transact(db, async (trx) => {
        const isChanged = isHidden ? await hide(trx, name) : await show(trx, name);
        if (isChanged) await recordEvent(trx, event);
        return isChanged;
      });
    },
  };
}

async function hide(trx: Queries, name: string): Promise<boolean> {
  const added = await trx
    .insertInto('hidden_gadgets')
    .values({ name })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

async function show(trx: Queries, name: string): Promise<boolean> {
  const removed = await trx.deleteFrom('hidden_gadgets').where('name', '=', name).executeTakeFirst();
  return removed.numDeletedRows === 1n;
}

async function feedExists(trx: Queries, locks: Locks, id: string): Promise<boolean> {
  const query = trx.selectFrom('gadget_feeds').select('id').where('id', '=', id);
  return (await locks.keep(query).executeTakeFirst()) !== undefined;
}

export function sqlGadgetFeeds({ db }: SqlContext): GadgetFeedStore {
  return {
    async find(id) {
      const row = await db.selectFrom('gadget_feeds').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : feedFromRow(row);
    },
    async list() {
      const rows = await db
        .selectFrom('gadget_feeds')
        .selectAll()
        .orderBy('sort_name')
        .orderBy('id')
        .execute();
      return rows.map(feedFromRow);
    },
    add(feed, event) {
      return transact(db, async (trx) => {
        const added = await trx
          .insertInto('gadget_feeds')
          .values(feedToRow(feed))
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    update({ id, name, fetchedAt, trouble }, event) {
      return transact(db, async (trx) => {
        const changed = await trx
          .updateTable('gadget_feeds')
          .set({ name, sort_name: name.toLowerCase(), fetched_at: fetchedAt, trouble })
          .where('id', '=', id)
          .executeTakeFirst();
        if (changed.numUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    remove(id, event) {
      return transact(db, async (trx) => {
        const removed = await trx.deleteFrom('gadget_feeds').where('id', '=', id).executeTakeFirst();
        if (removed.numDeletedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
  };
}

export function sqlAllowList({ db }: SqlContext): AllowListStore {
  return {
    async list() {
      const rows = await db.selectFrom('outbound_rules').selectAll().orderBy('pattern').execute();
      return rows.map(({ pattern, note, added_by, created_at }) => ({
        pattern,
        note,
        addedBy: added_by,
        createdAt: created_at,
      }));
    },
    add({ pattern, note, addedBy, createdAt }, event) {
      return transact(db, async (trx) => {
        const added = await trx
          .insertInto('outbound_rules')
          .values({ pattern, note, added_by: addedBy, created_at: createdAt })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    remove(pattern, event) {
      return transact(db, async (trx) => {
        const removed = await trx
          .deleteFrom('outbound_rules')
          .where('pattern', '=', pattern)
          .executeTakeFirst();
        if (removed.numDeletedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
  };
}

function toRow(gadget: Gadget): GadgetRow {
  return {
    id: gadget.id,
    spec_url: gadget.specUrl,
    xml: gadget.xml,
    bundles: JSON.stringify(gadget.bundles),
    sha256: gadget.sha256,
    title: gadget.title,
    sort_title: gadget.title.toLowerCase(),
    description: gadget.description,
    author: gadget.author,
    thumbnail_url: gadget.thumbnailUrl,
    categories: JSON.stringify(gadget.categories),
    feed_id: gadget.feedId,
    added_by: gadget.addedBy,
    created_at: gadget.createdAt,
    updated_at: gadget.updatedAt,
  };
}

function fromRow(row: GadgetRow): Gadget {
  return { ...summaryFromRow(row), xml: row.xml, bundles: JSON.parse(row.bundles) };
}

function summaryFromRow(row: Pick<GadgetRow, (typeof SUMMARY)[number]>): GadgetSummary {
  return {
    id: row.id,
    specUrl: row.spec_url,
    sha256: row.sha256,
    title: row.title,
    description: row.description,
    author: row.author,
    thumbnailUrl: row.thumbnail_url,
    categories: JSON.parse(row.categories),
    feedId: row.feed_id,
    addedBy: row.added_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function feedToRow(feed: GadgetFeed): GadgetFeedRow {
  return {
    id: feed.id,
    base_url: feed.baseUrl,
    base_key: plainBase(feed.baseUrl),
    name: feed.name,
    sort_name: feed.name.toLowerCase(),
    added_by: feed.addedBy,
    created_at: feed.createdAt,
    fetched_at: feed.fetchedAt,
    trouble: feed.trouble,
  };
}

function feedFromRow(row: GadgetFeedRow): GadgetFeed {
  return {
    id: row.id,
    baseUrl: row.base_url,
    name: row.name,
    addedBy: row.added_by,
    createdAt: row.created_at,
    fetchedAt: row.fetched_at,
    trouble: row.trouble,
  };
}
