/**
 * Nonces in the database: for several servers on one data directory. All burns of one turn of the event loop
 * share a transaction, and each is answered after its COMMIT; the primary key decides who was first. The floor is
 * raised before anything below it is deleted, and that goes in batches: no burn waits for all that a window held.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Clock, nowSeconds, sha256Hex } from '../../base/index.ts';
import {
  type NonceOutcome,
  type NonceStatus,
  type NonceStore,
  StorageUnavailable,
  tokenHash,
} from '../../model/index.ts';
import { DEFAULT_QUOTA, lockDirectory, NonceQuota } from '../nonces/index.ts';
import { FACTS, type Queries, readFact, writeFact } from '../sql/index.ts';

/** The floor is raised this often. */
const RAISE_SECONDS = 5;

/** More than a transaction burns, so that what is old is gone before there is more of it. */
const DELETED_AT_ONCE = 2000;

const KEY = ['timestamp', 'consumer_key', 'token_hash', 'nonce_hash'] as const;

/** What the nonces in the database need. */
export interface DatabaseNoncesOptions {
  readonly db: Queries;
  /** The connection behind `db`. */
  readonly writer: DatabaseSync;
  /** Where a server with nonces in memory would hold its lock. */
  readonly directory: string;
  readonly clock: Clock;
  readonly windowSeconds: number;
  readonly quotaPerConsumer?: number | undefined;
  /** Whether a store that this one knows nothing of burned nonces before. */
  readonly burnedElsewhere: boolean;
}

/**
 * Opens the nonces in the database.
 * @throws {StorageUnavailable} when a server with its nonces in memory is running
 */
export async function openDatabaseNonces(options: DatabaseNoncesOptions): Promise<NonceStore> {
  const release = lockDirectory(options.directory, 'shared');
  try {
    return new DatabaseNonces(options, await readFloor(options), release);
  } catch (error) {
    release();
    throw error;
  }
}

function readFloor({ db, clock, windowSeconds, burnedElsewhere }: DatabaseNoncesOptions): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const stored = Number((await readFact(trx, FACTS.nonceFloor)) ?? 0);
    if (!burnedElsewhere) return stored;
    const raised = Math.max(stored, nowSeconds(clock) + windowSeconds);
    await writeFact(trx, FACTS.nonceFloor, String(raised));
    return raised;
  });
}

interface Burn {
  readonly consumerKey: string;
  readonly tokenHash: string;
  readonly timestamp: number;
  readonly nonceHash: string;
  readonly resolve: (outcome: NonceOutcome) => void;
  readonly reject: (error: unknown) => void;
}

class DatabaseNonces implements NonceStore {
  readonly #options: DatabaseNoncesOptions;
  readonly #quota: NonceQuota;
  readonly #insert: StatementSync;
  readonly #release: () => void;
  #floor: number;
  #waiting: Burn[] = [];
  #writing: Promise<void> = Promise.resolve();
  #raisedAt = 0;
  #hasMoreToDelete = true;
  #isClosed = false;

  constructor(options: DatabaseNoncesOptions, floor: number, release: () => void) {
    this.#release = release;
    this.#options = options;
    this.#floor = floor;
    this.#quota = new NonceQuota(options.quotaPerConsumer ?? DEFAULT_QUOTA);
    this.#insert = options.writer.prepare(
      'insert into used_nonces (consumer_key, token_hash, timestamp, nonce_hash) values (?, ?, ?, ?) on conflict do nothing',
    );
  }

  earliestTimestamp(): number {
    return this.#floor + 1;
  }

  burn(consumerKey: string, token: string, timestamp: number, nonce: string): Promise<NonceOutcome> {
    if (this.#isClosed) throw new StorageUnavailable('the nonces are closed');
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        consumerKey,
        tokenHash: token === '' ? '' : tokenHash(token),
        timestamp,
        nonceHash: sha256Hex(nonce),
        resolve,
        reject,
      });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  async status(): Promise<NonceStatus> {
    if (this.#isClosed) throw new StorageUnavailable('the nonces are closed');
    const stored = Number((await readFact(this.#options.db, FACTS.nonceFloor)) ?? 0);
    return { remembered: null, floor: Math.max(stored, this.#floor), leaseUntil: null };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#flush();
    await this.#writing;
    this.#release();
  }

  #flush(): void {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    this.#writing = this.#write(batch).then(
      (outcomes) => {
        for (const [index, burn] of batch.entries()) burn.resolve(outcomes[index]!);
      },
      (error) => {
        for (const burn of batch) burn.reject(error);
      },
    );
  }

  /** One transaction for the batch. If its COMMIT fails, no burn of it counts as accepted. */
  async #write(batch: readonly Burn[]): Promise<NonceOutcome[]> {
    const { db, clock } = this.#options;
    const now = nowSeconds(clock);
    const { outcomes, floor } = await db.transaction().execute(async (trx) => {
      const floor = await this.#prune(trx, now);
      return { floor, outcomes: batch.map((burn) => this.#burnOne(burn, floor)) };
    });
    this.#floor = floor;
    for (const [index, burn] of batch.entries()) {
      if (outcomes[index] === 'fresh') this.#quota.add(burn.consumerKey, burn.timestamp);
    }
    return outcomes;
  }

  #burnOne(burn: Burn, floor: number): NonceOutcome {
    if (burn.timestamp <= floor) return 'unsure';
    if (this.#quota.isReached(burn.consumerKey)) return 'limited';
    const { changes } = this.#insert.run(burn.consumerKey, burn.tokenHash, burn.timestamp, burn.nonceHash);
    return Number(changes) === 1 ? 'fresh' : 'used';
  }

  /** Gives the floor, which another server may have raised, after what is at or below it was deleted, or a batch of that. */
  async #prune(trx: Queries, now: number): Promise<number> {
    const stored = Number((await readFact(trx, FACTS.nonceFloor)) ?? 0);
    const isDue = Math.abs(now - this.#raisedAt) >= RAISE_SECONDS;
    const floor = isDue ? await this.#raiseFloor(trx, stored, now) : stored;
    if (isDue || this.#hasMoreToDelete)
      this.#hasMoreToDelete = (await deleteUpTo(trx, floor)) === DELETED_AT_ONCE;
    return floor;
  }

  /** To the newest nonce that no window needs any more. */
  async #raiseFloor(trx: Queries, stored: number, now: number): Promise<number> {
    this.#raisedAt = now;
    const cutoff = now - this.#options.windowSeconds;
    this.#quota.forgetBefore(cutoff);
    const { newest } = await trx
      .selectFrom('used_nonces')
      .select((e) => e.fn.max('timestamp').as('newest'))
      .where('timestamp', '<', cutoff)
      .executeTakeFirstOrThrow();
    if (Number(newest ?? 0) <= stored) return stored;
    await writeFact(trx, FACTS.nonceFloor, String(newest));
    return Number(newest);
  }
}

/** Deletes at most a batch; gives how many. */
async function deleteUpTo(trx: Queries, floor: number): Promise<number> {
  const old = trx
    .selectFrom('used_nonces')
    .select(KEY)
    .where('timestamp', '<=', floor)
    .limit(DELETED_AT_ONCE);
  const deleted = await trx
    .deleteFrom('used_nonces')
    .where((e) => e(e.refTuple(...KEY), 'in', old.$asTuple(...KEY)))
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
