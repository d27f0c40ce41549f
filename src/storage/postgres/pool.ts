/**
 * The connections that kysely uses: a pool that drops those that are of no use any more, and gives every error its
 * meaning. Text that PostgreSQL cannot hold, the character NUL, is replaced by the one that stands for the unreadable:
 * strangers send it in names that are looked up and written down.
 */
import {
  type Dialect,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import { StorageUnavailable } from '../../model/index.ts';
import type { PostgresAddress } from './address.ts';
import { clientConfig, type Manner, prepareConnection } from './connections.ts';
import { asTrouble, endsConnection } from './trouble.ts';

/** A pool of connections used in one manner. */
export class ConnectionPool implements PostgresPool {
  readonly options: object = {};
  readonly #pool: pg.Pool;

  /** @param most connections at a time */
  constructor(address: PostgresAddress, manner: Manner, most: number) {
    this.#pool = new pg.Pool({
      ...clientConfig(address, manner),
      max: most,
      onConnect: (client: pg.ClientBase) => {
        // A connection that breaks tells whoever waits for its answer; nobody else has to know.
        client.on('error', () => {});
        return prepareConnection(client, manner);
      },
    });
    this.#pool.on('error', () => {});
  }

  /** Uses the pool for kysely. */
  dialect(): Dialect {
    return new PostgresDialect({ pool: this });
  }

  /** A connection as `pg` gives it, with `pg`'s own errors. */
  connectPlainly(): Promise<pg.PoolClient> {
    return this.#pool.connect();
  }

  async connect(): Promise<PostgresPoolClient> {
    if (this.#pool.ending) throw new StorageUnavailable('the database is closed');
    try {
      return new Lent(await this.#pool.connect());
    } catch (error) {
      throw asTrouble(error);
    }
  }

  async end(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }
}

/** A connection while it is lent out. */
class Lent implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #isBroken = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    statement: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof statement !== 'string') throw new Error('queries are not streamed from PostgreSQL');
    return this.#send(statement, parameters);
  }

  release(): void {
    this.#client.release(this.#isBroken);
  }

  async #send<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // What was begun on a broken connection ends with it.
    if (this.#isBroken && statement === 'rollback') return { command: 'ROLLBACK', rowCount: 0, rows: [] };
    try {
      const result = await this.#client.query(statement, parameters.map(storable));
      return result as unknown as PostgresQueryResult<R>;
    } catch (error) {
      this.#isBroken ||= endsConnection(error);
      throw asTrouble(error, statement);
    }
  }
}

/** A value as PostgreSQL can hold it. */
export function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
