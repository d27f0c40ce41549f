/** How dashboards, gadgets, their feeds and the places that they may reach are carried. */
import {
  columnsOf,
  GADGET_COLORS,
  LAYOUTS,
  MAXIMUM_GADGETS,
  plainBase,
  SHARINGS,
  userNameKey,
} from '../../model/index.ts';
import { searchText } from '../sql/index.ts';
import { choice, field, type RecordType, type Row } from './record-type.ts';

const text = (row: Row, column: string) => String(row[column] ?? '');
const nothing = () => [];
const alone = () => ({});
const createdAt = field('created_at', 'number');
const updatedAt = field('updated_at', 'number');

const gadgetFeed: RecordType = {
  type: 'gadget-feed',
  table: 'gadget_feeds',
  about: 'installations whose gadgets are in the directory',
  key: ['id'],
  order: ['id'],
  fields: [
    field('id'),
    field('base_url'),
    field('name'),
    field('added_by'),
    createdAt,
    field('fetched_at', 'number', 'nullable', 'volatile'),
    field('trouble', 'text', 'nullable', 'volatile'),
  ],
  derive: (row) => ({
    base_key: plainBase(text(row, 'base_url')),
    sort_name: text(row, 'name').toLowerCase(),
  }),
  check: nothing,
  owners: {},
  givesAccess: false,
};

const gadget: RecordType = {
  type: 'gadget',
  table: 'gadgets',
  about: 'gadgets of the directory, with their specs and message bundles as they were fetched',
  key: ['id'],
  order: ['id'],
  fields: [
    field('id'),
    field('spec_url'),
    field('xml'),
    field('bundles', 'json'),
    field('sha256'),
    field('title'),
    field('description'),
    field('author', 'text', 'nullable'),
    field('thumbnail_url', 'text', 'nullable'),
    field('categories', 'json'),
    field('feed_id', 'text', 'nullable'),
    field('added_by'),
    createdAt,
    updatedAt,
  ],
  derive: (row) => ({ sort_title: text(row, 'title').toLowerCase() }),
  check: (row) => [
    ...(isTexts(parsed(row, 'categories')) ? [] : ['`categories` must be a list of texts']),
    ...(isTextsByName(parsed(row, 'bundles')) ? [] : ['`bundles` must be texts by their addresses']),
  ],
  owners: { feed_id: ['gadget_feeds', 'id'] },
  givesAccess: false,
};

const hiddenGadget: RecordType = {
  type: 'hidden-gadget',
  table: 'hidden_gadgets',
  about: 'gadgets of this installation that its directory does not show',
  key: ['name'],
  order: ['name'],
  fields: [field('name')],
  derive: alone,
  check: nothing,
  owners: {},
  givesAccess: false,
};

const outboundRule: RecordType = {
  type: 'outbound-rule',
  table: 'outbound_rules',
  about: 'places that gadgets may reach',
  key: ['pattern'],
  order: ['pattern'],
  fields: [field('pattern'), field('note'), field('added_by'), createdAt],
  derive: alone,
  check: nothing,
  owners: {},
  givesAccess: false,
};

const dashboard: RecordType = {
  type: 'dashboard',
  table: 'dashboards',
  about: 'dashboards and what stands on them; without an owner, the system default',
  key: ['id'],
  order: ['id'],
  fields: [
    field('id'),
    field('owner_name', 'text', 'nullable'),
    field('name'),
    field('description'),
    choice('layout', ...LAYOUTS),
    field('gadgets', 'json'),
    choice('sharing', ...SHARINGS),
    createdAt,
    updatedAt,
  ],
  derive: (row) => ({
    owner_key: typeof row.owner_name === 'string' ? userNameKey(row.owner_name) : null,
    sort_name: text(row, 'name').toLowerCase(),
    search_text: searchText(text(row, 'name'), text(row, 'description'), text(row, 'owner_name')),
  }),
  check: (row) => (arePlaced(row) ? [] : ['`gadgets` must be a list of placed gadgets']),
  owners: { owner_key: ['users', 'name_key'] },
  givesAccess: false,
};

const favourite: RecordType = {
  type: 'favourite',
  table: 'dashboard_favourites',
  about: 'dashboards that users marked',
  key: ['dashboard_id', 'user_key'],
  order: ['dashboard_id', 'user_key'],
  fields: [field('dashboard_id'), field('user_name')],
  derive: (row) => ({ user_key: userNameKey(text(row, 'user_name')) }),
  check: nothing,
  owners: { dashboard_id: ['dashboards', 'id'], user_key: ['users', 'name_key'] },
  givesAccess: false,
};

function parsed(row: Row, column: string): unknown {
  return JSON.parse(text(row, column));
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isTextsByName(value: unknown): boolean {
  return typeof value === 'object' && value !== null && isTexts(Object.values(value));
}

/** Whether what stands on a dashboard is what the pages can show. */
function arePlaced(row: Row): boolean {
  const placed = parsed(row, 'gadgets');
  const layout = LAYOUTS.find((one) => one === row.layout);
  if (!Array.isArray(placed) || placed.length > MAXIMUM_GADGETS || layout === undefined) return false;
  return placed.every((one) => {
    const { id, specUrl, column, color, preferences, isMinimised, title, refreshSeconds } = Object(one);
    return (
      isTexts([id, specUrl]) &&
      Number.isInteger(column) &&
      column >= 0 &&
      column < columnsOf(layout) &&
      GADGET_COLORS.includes(color) &&
      isTextsByName(preferences) &&
      typeof isMinimised === 'boolean' &&
      (title === null || typeof title === 'string') &&
      (refreshSeconds === null || Number.isInteger(refreshSeconds))
    );
  });
}

/** Owners first; users have to be there before. */
export const GADGET_RECORD_TYPES: readonly RecordType[] = [
  gadgetFeed,
  gadget,
  hiddenGadget,
  outboundRule,
  dashboard,
  favourite,
];
