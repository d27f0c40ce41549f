/**
 * One connection kept for one kind of statement on the hot path, outside the pool: nobody waits for a page's query.
 * It is made when first needed, and made anew after it broke; in between, every use fails at once and fails closed.
 */
import pg from 'pg';
import { StorageUnavailable } from '../../model/index.ts';
import type { PostgresAddress } from './address.ts';
import { clientConfig, type Manner, prepareConnection } from './connections.ts';
import { asTrouble, endsConnection } from './trouble.ts';

/** A statement that the server prepares once for each connection. */
export interface HotStatement {
  readonly name: string;
  readonly text: string;
}

/** A row by position: names cost time. */
export type HotRow = readonly unknown[];

/** A connection for statements that come one after another. */
export class Channel {
  readonly #address: PostgresAddress;
  readonly #manner: Manner;
  #client: pg.Client | null = null;
  #isClosed = false;

  constructor(address: PostgresAddress, manner: Manner) {
    this.#address = address;
    this.#manner = manner;
  }

  /** Runs one statement, alone on this channel. @throws {StorageUnavailable} when it did not run, or nobody can tell */
  async run({ name, text }: HotStatement, values: readonly unknown[]): Promise<readonly HotRow[]> {
    if (this.#isClosed) throw new StorageUnavailable('the database is closed');
    try {
      this.#client ??= await this.#connect();
      const { rows } = await this.#client.query<unknown[]>({
        name,
        text,
        values: [...values],
        rowMode: 'array',
      });
      return rows;
    } catch (error) {
      if (endsConnection(error)) this.#drop();
      throw asTrouble(error);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#drop();
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(clientConfig(this.#address, this.#manner));
    client.on('error', () => {
      if (this.#client === client) this.#client = null;
    });
    try {
      await client.connect();
      await prepareConnection(client, this.#manner);
      return client;
    } catch (error) {
      end(client);
      throw error;
    }
  }

  #drop(): void {
    if (this.#client !== null) end(this.#client);
    this.#client = null;
  }
}

/** Does not wait for a server that may never answer. */
function end(client: pg.Client): void {
  client.end().catch(() => {});
}
