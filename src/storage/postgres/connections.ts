/**
 * Connections to the server, each prepared before its first use: it must lead to the server that takes the writes (a
 * standby may lag behind, and would show revoked tokens as live), keep texts in UTF-8, wait no longer than told, and
 * have every COMMIT on disk before it is acknowledged.
 */
import pg from 'pg';
import { StorageUnavailable } from '../../model/index.ts';
import type { PostgresAddress } from './address.ts';

/** How a connection is used. */
export interface Manner {
  /** Longest time of one statement; null: as long as it takes, for migrations. */
  readonly patienceMs: number | null;
  /** Further parameters of the session. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What must be true before the connection is used, and the sentence if it is not. */
  readonly condition?: { readonly sql: string; readonly otherwise: string };
}

/** Pages, commands, the dance. */
export const USUAL: Manner = { patienceMs: 10_000 };

/** Waits for another server's migration, and for its own. */
export const PATIENT: Manner = { patienceMs: null };

const CONNECT_TIMEOUT_MS = 3000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/** The server ends a statement itself; if it does not, or cannot be reached, we go this much later. */
const GRACE_MS = 500;

const BIGINT = 20;

/** What `pg` is told about a connection. */
export function clientConfig(address: PostgresAddress, { patienceMs }: Manner): pg.ClientConfig {
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    ...(address.user === undefined ? {} : { user: address.user }),
    ...(address.password === undefined ? {} : { password: address.password.reveal() }),
    ssl: address.tls,
    application_name: 'countersign',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(patienceMs === null ? {} : { query_timeout: patienceMs + GRACE_MS }),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: { getTypeParser },
  };
}

/** Times and counts, the only 64-bit integers there are, fit a number. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid: number, format?: 'text' | 'binary') =>
  oid === BIGINT && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text');

/** Prepares a new connection. @throws {StorageUnavailable} when it leads to a server that cannot keep our promises */
export async function prepareConnection(
  client: pg.ClientBase,
  { patienceMs, parameters, condition }: Manner,
): Promise<void> {
  const wanted = Object.entries({
    statement_timeout: String(patienceMs ?? 0),
    idle_in_transaction_session_timeout: '60000',
    default_transaction_isolation: 'read committed',
    // Compiling takes longer than any of our statements gains: a list would be read in twice the time.
    jit: 'off',
    ...parameters,
  });
  const { rows } = await client.query<{ is_standby: boolean; encoding: string; may_use: boolean }>(
    `select pg_is_in_recovery() as is_standby, current_setting('server_encoding') as encoding,
      ${condition?.sql ?? 'true'} as may_use,
      case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end,
      ${wanted.map((_, at) => `set_config($${2 * at + 1}, $${2 * at + 2}, false)`).join(', ')}`,
    wanted.flat(),
  );
  if (rows[0]?.is_standby === true) {
    throw new StorageUnavailable(
      'the database server is a standby, which may be behind: name the primary in --database',
    );
  }
  if (rows[0]?.encoding !== 'UTF8') {
    throw new StorageUnavailable(
      `the database keeps texts in ${rows[0]?.encoding}; create one for UTF-8 with "createdb -E UTF8 -T template0"`,
    );
  }
  if (rows[0]?.may_use !== true) throw new StorageUnavailable(condition?.otherwise ?? '');
}
