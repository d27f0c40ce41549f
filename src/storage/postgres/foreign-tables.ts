/**
 * Tables of a database that is not ours, for taking over what another program kept: read with plain selects in one
 * transaction that sees one moment and can write nothing. A standby will do. Values come as the texts that PostgreSQL
 * writes, as a dump has them.
 */
import pg from 'pg';
import type { Secret } from '../../base/index.ts';
import { StorageUnavailable } from '../../model/index.ts';
import { readPostgresUrl, shownAddress } from './address.ts';
import { clientConfig, PATIENT } from './connections.ts';
import { whyNotRead } from './trouble.ts';

/** A row: texts by the names of their columns. */
export type ForeignRow = Readonly<Record<string, string | null>>;

/** What was read, and where, as it may be shown. */
export interface ForeignTables {
  /** By the name in lower case, as it was asked for; what is not there is left out. */
  readonly tables: ReadonlyMap<string, readonly ForeignRow[]>;
  readonly from: string;
}

/**
 * Reads whole tables.
 * @param names in lower case; they are found however they are written there. The first one says in which schema
 * @throws {StorageUnavailable} when they cannot be read; the message never holds the password
 */
export async function readForeignTables(url: Secret, names: readonly string[]): Promise<ForeignTables> {
  const address = readPostgresUrl(url);
  const client = new pg.Client({ ...clientConfig(address, PATIENT), types: { getTypeParser: () => asText } });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('begin isolation level repeatable read read only');
    await client.query("select set_config('datestyle', 'ISO', true), set_config('timezone', 'UTC', true)");
    const tables = new Map<string, readonly ForeignRow[]>();
    for (const { schema, table } of await findTables(client, names)) {
      const place = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
      tables.set(table.toLowerCase(), (await client.query<ForeignRow>(`select * from ${place}`)).rows);
    }
    await client.query('rollback');
    return { tables, from: shownAddress(address) };
  } catch (error) {
    throw whyNotRead(error, address);
  } finally {
    await client.end();
  }
}

const asText = (text: string | Buffer): string => text.toString();

interface Place {
  readonly schema: string;
  readonly table: string;
  readonly visible: string;
}

/** All of one schema: the one that the user's search path leads to, or the only one that has the first table. */
async function findTables(client: pg.Client, names: readonly string[]): Promise<readonly Place[]> {
  const { rows } = await client.query<Place>(
    `select n.nspname as schema, c.relname as table, pg_table_is_visible(c.oid) as visible
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where lower(c.relname) = any($1::text[]) and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and has_schema_privilege(n.oid, 'usage')
      order by 1, 2`,
    [names],
  );
  const first = rows.filter(({ table }) => table.toLowerCase() === names[0]);
  const visible = first.filter((place) => place.visible === 't');
  const [chosen, ...others] = visible.length === 0 ? first : visible;
  if (others.length > 0) {
    const schemas = [chosen!, ...others].map(({ schema, table }) => `${schema}.${table}`).join(', ');
    throw new StorageUnavailable(
      `the table ${names[0]} is there more than once (${schemas}): let the user in the URL use one of the schemas only`,
    );
  }
  return rows.filter(({ schema }) => schema === chosen?.schema);
}
