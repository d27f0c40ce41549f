/** The lists as CSV, whole, with the columns of the console's downloads; search, order and filters as in the lists. */
import type { z } from 'zod';
import {
  listConsumers,
  listServiceProviders,
  listTokens,
  SHEETS,
  type Sheet,
  usageFilter,
} from '../../administration/index.ts';
import type { Page } from '../../model/index.ts';
import { type CsvPlace, csvText } from '../../web/index.ts';
import { type Operation, type OperationGroup, operation, type RestApiContext } from '../operation.ts';
import {
  AuditQuery,
  auditFilterOf,
  ConsumerQuery,
  ServiceProviderQuery,
  TokenQuery,
  tokenFilterOf,
  UsageQuery,
  UserQuery,
} from '../schemas/queries.ts';

/** A sheet says all that its list finds: it has no pages. */
const whole = { limit: true, cursor: true } as const;

export const sheetOperations: readonly Operation[] = [
  sheetOf({
    id: 'exportConsumers',
    group: 'Consumers',
    path: '/consumers.csv',
    query: ConsumerQuery.omit(whole),
    sheet: SHEETS.consumers,
    read: ({ administration }, query, place) => listConsumers(administration, ordered(query, place)),
  }),
  sheetOf({
    id: 'exportServiceProviders',
    group: 'Service providers',
    path: '/service-providers.csv',
    query: ServiceProviderQuery.omit(whole),
    sheet: SHEETS.serviceProviders,
    read: ({ administration }, query, place) => listServiceProviders(administration, ordered(query, place)),
  }),
  sheetOf({
    id: 'exportTokens',
    group: 'Tokens',
    path: '/tokens.csv',
    query: TokenQuery.omit(whole),
    sheet: SHEETS.tokens,
    read: ({ administration }, query, place) =>
      listTokens(administration, tokenFilterOf(query), ordered(query, place)),
  }),
  sheetOf({
    id: 'exportUsers',
    group: 'Users',
    path: '/users.csv',
    query: UserQuery.omit(whole),
    sheet: SHEETS.users,
    read: ({ accounts }, query, place) => accounts.storage.users.list(ordered(query, place)),
  }),
  sheetOf({
    id: 'exportUsage',
    group: 'Usage',
    path: '/usage.csv',
    query: UsageQuery.omit({ limit: true }),
    sheet: SHEETS.usage,
    read: ({ administration }, { days, consumer }, place) =>
      administration.storage.usage.list(usageFilter(administration, days, consumer), place),
  }),
  sheetOf({
    id: 'exportAuditEntries',
    group: 'Audit log',
    path: '/audit.csv',
    query: AuditQuery.omit(whole),
    sheet: SHEETS.audit,
    read: ({ administration }, query, place) =>
      administration.storage.audit.list(auditFilterOf(query), { search: query.search, ...place }),
  }),
];

/** What one sheet is made of. */
interface SheetOperation<Query, Row> {
  readonly id: string;
  readonly group: OperationGroup;
  readonly path: string;
  readonly query: z.ZodType<Query>;
  readonly sheet: Sheet<Row>;
  read(context: RestApiContext, query: Query, place: CsvPlace): Promise<Page<Row>>;
}

function sheetOf<Query, Row>({ id, group, path, query, sheet, read }: SheetOperation<Query, Row>): Operation {
  return operation({
    id,
    group,
    method: 'GET',
    path,
    summary: 'The same as CSV, with the columns of the console’s download',
    scope: 'read',
    status: 200,
    query,
    answer: 'sheet',
    run: async (context, { query: asked }) => ({
      sheet: csvText(sheet, (place) => read(context, asked, place)),
    }),
  });
}

function ordered<Key extends string>(
  { search, sort, order }: { search: string; sort: Key; order: 'ascending' | 'descending' },
  place: CsvPlace,
) {
  return { search, sort, descending: order === 'descending', ...place };
}
