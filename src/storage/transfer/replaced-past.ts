/**
 * What the database that is about to be replaced knows and the backup cannot: who was disabled or removed since, and,
 * where that is asked for, which tokens are still alive. It is asked while the file is looked at, a batch at a time.
 */
import { sql } from 'kysely';
import type { Queries } from '../sql/index.ts';
import { findRows } from './find-rows.ts';
import { BATCH_RECORDS } from './put-rows.ts';
import type { FoundRecord } from './read-file.ts';
import { countRows } from './read-rows.ts';
import type { RecordType, Row } from './record-type.ts';

/** Who is back although they were taken away after the backup. */
export interface Returned {
  /** Users who were disabled or removed. */
  readonly users: readonly string[];
  /** Consumers that were removed. */
  readonly consumers: readonly string[];
}

/** Compares a file with the database, record by record. */
export class ReplacedPast {
  readonly #db: Queries;
  readonly #keepsAccess: boolean;
  readonly #users: string[] = [];
  readonly #consumers: string[] = [];
  /** Digests of tokens and ids of API keys that are alive here. */
  readonly #alive = new Set<Row[string]>();
  #waiting: FoundRecord[] = [];
  #isEmpty: boolean | null = null;

  constructor(db: Queries, keepsAccess: boolean) {
    this.#db = db;
    this.#keepsAccess = keepsAccess;
  }

  /** To be called for every record of the file, then `flush`. */
  async compare(record: FoundRecord): Promise<void> {
    const isFull = this.#waiting.length === BATCH_RECORDS;
    if (isFull || (this.#waiting.length > 0 && this.#waiting[0]!.type !== record.type)) await this.flush();
    this.#waiting.push(record);
  }

  async flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#isEmpty ??= await isEmpty(this.#db);
    if (batch.length === 0 || this.#isEmpty) return;
    const { type } = batch[0]!;
    const rows = batch.map(({ row }) => row);
    if (type.table === 'users' || type.table === 'consumers') await this.#noteReturned(type, rows);
    else if (type.givesAccess && this.#keepsAccess) await this.#noteAlive(type, rows);
  }

  /** Whether a token or an API key of the file is alive here too, and may stay. */
  isAlive(type: RecordType, row: Row): boolean {
    return this.#alive.has(row[type.key[0]!]!);
  }

  /** Null where the database holds nobody to compare with. */
  returned(): Returned | null {
    return this.#isEmpty === false ? { users: this.#users, consumers: this.#consumers } : null;
  }

  async #noteReturned(type: RecordType, rows: readonly Row[]): Promise<void> {
    const stored = await findRows(this.#db, type, rows);
    for (const [index, row] of rows.entries()) {
      const there = stored[index];
      if (type.table === 'consumers' && there === undefined) this.#consumers.push(String(row.consumer_key));
      const isGone = there === undefined || Number(there.is_disabled) === 1;
      if (type.table === 'users' && isGone && row.is_disabled === 0) this.#users.push(String(row.name));
    }
  }

  async #noteAlive({ table, key }: RecordType, rows: readonly Row[]): Promise<void> {
    const [name] = key;
    const column = sql.ref(`${table}.${name}`);
    const isLive = table === 'access_tokens' ? sql`and access_tokens.revoked_at is null` : sql``;
    const { rows: alive } = await sql<{ name: string }>`select ${column} as name from ${sql.table(table)}
      join users on users.name_key = ${sql.ref(`${table}.user_key`)} and users.is_disabled = 0
      where ${column} in (${sql.join(rows.map((row) => row[name!] ?? null))}) ${isLive}`.execute(this.#db);
    for (const row of alive) this.#alive.add(row.name);
  }
}

async function isEmpty(db: Queries): Promise<boolean> {
  return (await countRows(db, { table: 'users' })) + (await countRows(db, { table: 'consumers' })) === 0;
}
