/**
 * The steps of the schema for dashboards and gadgets. Dashboards go with their owner, favourites with their user and
 * their dashboard, gadgets with the feed that brought them; what stands on a dashboard refers to a gadget by the
 * address of its spec, so that the dashboard keeps its place when the gadget is removed.
 */
import type { SchemaModule } from 'kysely';

export async function createGadgets({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('gadget_feeds')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('base_url', 'text', (c) => c.notNull())
    .addColumn('base_key', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sort_name', 'text', (c) => c.notNull())
    .addColumn('added_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('fetched_at', 'bigint')
    .addColumn('trouble', 'text')
    .execute();
  await schema
    .createTable('gadgets')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('spec_url', 'text', (c) => c.notNull().unique())
    .addColumn('xml', 'text', (c) => c.notNull())
    .addColumn('bundles', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('sort_title', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('author', 'text')
    .addColumn('thumbnail_url', 'text')
    .addColumn('categories', 'text', (c) => c.notNull())
    .addColumn('feed_id', 'text', (c) => c.references('gadget_feeds.id').onDelete('cascade'))
    .addColumn('added_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('gadgets_by_feed').on('gadgets').column('feed_id').execute();
  await schema
    .createTable('hidden_gadgets')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .execute();
  await schema
    .createTable('outbound_rules')
    .addColumn('pattern', 'text', (c) => c.primaryKey())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('added_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
}

export async function createDashboards({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('dashboards')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('owner_key', 'text', (c) => c.references('users.name_key').onDelete('cascade'))
    .addColumn('owner_name', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sort_name', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('layout', 'text', (c) => c.notNull())
    .addColumn('gadgets', 'text', (c) => c.notNull())
    .addColumn('sharing', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('dashboards_by_owner').on('dashboards').column('owner_key').execute();
  await schema.createIndex('dashboards_by_sharing').on('dashboards').column('sharing').execute();
  await schema
    .createTable('dashboard_favourites')
    .addColumn('dashboard_id', 'text', (c) => c.notNull().references('dashboards.id').onDelete('cascade'))
    .addColumn('user_key', 'text', (c) => c.notNull().references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('dashboard_favourites_once', ['dashboard_id', 'user_key'])
    .execute();
  await schema
    .createIndex('dashboard_favourites_by_user')
    .on('dashboard_favourites')
    .column('user_key')
    .execute();
}
