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
import { changeRecorded, transactChange } from './change-recorded.ts';
import type { Queries, SqlContext } from './context.ts';
import type { Locks } from './locks.ts';
import type { GadgetFeedRow, GadgetRow } from './schema/schema.ts';
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
        return changeRecorded(
          trx,
          trx
            .insertInto('gadgets')
            .values(toRow(gadget))
            .onConflict((conflict) => conflict.doNothing()),
          event,
        );
      });
    },
    update(gadget, expectedUpdatedAt, event) {
      return transactChange(
        db,
        (trx) =>
          trx
            .updateTable('gadgets')
            .set(toRow(gadget))
            .where('id', '=', gadget.id)
            .where('updated_at', '=', expectedUpdatedAt),
        event,
      );
    },
    remove(id, event) {
      return transactChange(db, (trx) => trx.deleteFrom('gadgets').where('id', '=', id), event);
    },
    async listHidden() {
      return (await db.selectFrom('hidden_gadgets').select('name').orderBy('name').execute()).map(
        ({ name }) => name,
      );
    },
    setHidden(name, isHidden, event) {
      return transactChange(
        db,
        (trx) =>
          isHidden
            ? trx
                .insertInto('hidden_gadgets')
                .values({ name })
                .onConflict((conflict) => conflict.doNothing())
            : trx.deleteFrom('hidden_gadgets').where('name', '=', name),
        event,
      );
    },
  };
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
      return transactChange(
        db,
        (trx) =>
          trx
            .insertInto('gadget_feeds')
            .values(feedToRow(feed))
            .onConflict((conflict) => conflict.doNothing()),
        event,
      );
    },
    update({ id, name, fetchedAt, trouble }, event) {
      return transactChange(
        db,
        (trx) =>
          trx
            .updateTable('gadget_feeds')
            .set({ name, sort_name: name.toLowerCase(), fetched_at: fetchedAt, trouble })
            .where('id', '=', id),
        event,
      );
    },
    remove(id, event) {
      return transactChange(db, (trx) => trx.deleteFrom('gadget_feeds').where('id', '=', id), event);
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
      return transactChange(
        db,
        (trx) =>
          trx
            .insertInto('outbound_rules')
            .values({ pattern, note, added_by: addedBy, created_at: createdAt })
            .onConflict((conflict) => conflict.doNothing()),
        event,
      );
    },
    remove(pattern, event) {
      return transactChange(
        db,
        (trx) => trx.deleteFrom('outbound_rules').where('pattern', '=', pattern),
        event,
      );
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
