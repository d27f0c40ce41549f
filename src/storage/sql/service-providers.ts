/** Service providers over SQL. Their secrets are sealed to their names, so a new name seals anew. */
import {
  type ProviderConduct,
  type ProviderPlace,
  plainBase,
  type ServiceProvider,
  type ServiceProviderStore,
} from '../../model/index.ts';
import type { SignatureMethod } from '../../oauth/index.ts';
import type { Sealer } from '../sealing/index.ts';
import { recordEvent } from './audit.ts';
import { changeRecorded, transactChange } from './change-recorded.ts';
import type { SqlContext } from './context.ts';
import { countAround } from './lists/count-rows.ts';
import { readAlong } from './lists/read-along.ts';
import { contains, searchText } from './lists/search.ts';
import { baseKey } from './provider-bonds.ts';
import { flag, type ServiceProviderRow } from './schema/schema.ts';
import { transact } from './transact.ts';

const PLACE = [
  'name',
  'request_token_url',
  'authorize_url',
  'access_token_url',
  'base_url',
  'two_legged',
  'allowed_methods',
  'allowed_paths',
] as const;

const ORDER = { name: 'sort_name', created: 'created_at' } as const;

export function sqlServiceProviders({ db, locks, sealer }: SqlContext): ServiceProviderStore {
  return {
    async find(name) {
      const row = await db
        .selectFrom('service_providers')
        .selectAll()
        .where('name', '=', name)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row, sealer);
    },
    async list(query) {
      let matching = db.selectFrom('service_providers');
      if (query.search !== '') matching = matching.where((e) => contains(e.ref('search_text'), query.search));
      const order = { by: ORDER[query.sort], tie: 'name', descending: query.descending };
      const { rows, ...end } = await readAlong(matching.selectAll(), order, query);
      const total = await countAround(db, matching, query, rows.length);
      return { rows: rows.map((row) => fromRow(row, sealer)), total, ...end };
    },
    async listByBaseUrl(baseUrl) {
      const rows = await db
        .selectFrom('service_providers')
        .selectAll()
        .where('base_key', '=', plainBase(baseUrl))
        .orderBy('name')
        .execute();
      return rows.map((row) => fromRow(row, sealer));
    },
    async listPlaces() {
      const rows = await db
        .selectFrom('service_providers')
        .select(PLACE)
        .orderBy('sort_name')
        .orderBy('name')
        .execute();
      return rows.map(placeFromRow);
    },
    add(provider, event) {
      return transact(db, async (trx) => {
        await locks.alone(trx, 'names of service providers');
        return changeRecorded(
          trx,
          trx
            .insertInto('service_providers')
            .values(toRow(provider, sealer))
            .onConflict((conflict) => conflict.column('name').doNothing()),
          event,
        );
      });
    },
    update(name, provider, expectedUpdatedAt, event) {
      return transact(db, async (trx) => {
        await locks.alone(trx, 'names of service providers');
        const stored = await trx
          .selectFrom('service_providers')
          .select(['name', 'updated_at'])
          .where('name', 'in', [name, provider.name])
          .execute();
        if (stored.find((row) => row.name === name)?.updated_at !== expectedUpdatedAt) return 'lost';
        if (provider.name !== name && stored.length > 1) return 'taken';
        await trx
          .updateTable('service_providers')
          .set(toRow(provider, sealer))
          .where('name', '=', name)
          .execute();
        await recordEvent(trx, event);
        return 'done';
      });
    },
    remove(name, event) {
      return transactChange(db, (trx) => trx.deleteFrom('service_providers').where('name', '=', name), event);
    },
  };
}

const placeOf = (name: string) => ({ table: 'service_providers', row: name, column: 'secret' });

function toRow(provider: ServiceProvider, sealer: Sealer): ServiceProviderRow {
  return {
    id: provider.id,
    name: provider.name,
    sort_name: provider.name.toLowerCase(),
    search_text: searchText(provider.name, provider.consumerKey, provider.description),
    consumer_key: provider.consumerKey,
    secret: provider.secret === null ? null : sealer.seal(provider.secret, placeOf(provider.name)),
    description: provider.description,
    signature_method: provider.signatureMethod,
    request_token_url: provider.requestTokenUrl,
    authorize_url: provider.authorizeUrl,
    access_token_url: provider.accessTokenUrl,
    base_url: provider.baseUrl,
    base_key: baseKey(provider.baseUrl),
    carrier: provider.carrier,
    realm: provider.realm,
    token_method: provider.tokenMethod,
    confirms_callback: flag(provider.confirmsCallback),
    callback_at_authorize: flag(provider.callbackAtAuthorize),
    sends_body_hash: flag(provider.sendsBodyHash),
    two_legged: provider.twoLegged,
    hand_entry: provider.handEntry,
    allowed_methods: JSON.stringify(provider.allowedMethods),
    allowed_paths: JSON.stringify(provider.allowedPaths),
    created_at: provider.createdAt,
    updated_at: provider.updatedAt,
  };
}

function fromRow(row: ServiceProviderRow, sealer: Sealer): ServiceProvider {
  return {
    ...placeFromRow(row),
    ...conductFromRow(row),
    id: row.id,
    consumerKey: row.consumer_key,
    secret: row.secret === null ? null : sealer.open(row.secret, placeOf(row.name)),
    description: row.description,
    signatureMethod: row.signature_method as SignatureMethod,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function placeFromRow(row: Pick<ServiceProviderRow, (typeof PLACE)[number]>): ProviderPlace {
  return {
    name: row.name,
    requestTokenUrl: row.request_token_url,
    authorizeUrl: row.authorize_url,
    accessTokenUrl: row.access_token_url,
    baseUrl: row.base_url,
    ...limitsFromRow(row),
  };
}

function limitsFromRow(row: Pick<ServiceProviderRow, 'two_legged' | 'allowed_methods' | 'allowed_paths'>) {
  return {
    twoLegged: row.two_legged,
    allowedMethods: JSON.parse(row.allowed_methods),
    allowedPaths: JSON.parse(row.allowed_paths),
  };
}

/** How requests to a provider are made. */
export function conductFromRow(row: ServiceProviderRow): ProviderConduct {
  return {
    carrier: row.carrier,
    realm: row.realm,
    tokenMethod: row.token_method,
    confirmsCallback: row.confirms_callback === 1,
    callbackAtAuthorize: row.callback_at_authorize === 1,
    sendsBodyHash: row.sends_body_hash === 1,
    ...limitsFromRow(row),
    handEntry: row.hand_entry,
  };
}
