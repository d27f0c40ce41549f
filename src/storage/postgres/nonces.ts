/**
 * Nonces in the database, for any number of servers. A batch of burns is one statement, and each is answered after its
 * COMMIT is on disk; the primary key decides who was first, whichever server it came from. A burn whose answer was
 * lost counts as used: it is refused, and its nonce may never be sent again.
 *
 * Forgetting is safe by the floor, below which nothing is accepted. It is raised before anything below it is deleted,
 * and each burn reads it *after* its own COMMIT: if its nonce was only new because the old one had been deleted, then
 * the floor that allowed that is seen, and the burn is refused. So no lock is needed, and no clock has to be right.
 */
import { sql } from 'kysely';
import { type Clock, nowSeconds } from '../../base/index.ts';
import {
  type NonceOutcome,
  type NonceStatus,
  type NonceStore,
  StorageUnavailable,
} from '../../model/index.ts';
import { DEFAULT_QUOTA, NonceQuota, nonceDigest } from '../nonces/index.ts';
import {
  endNonceLease,
  FACTS,
  type Queries,
  ROW_LOCKS,
  readFact,
  transact,
  writeFact,
} from '../sql/index.ts';
import type { PostgresAddress } from './address.ts';
import { Batches } from './batches.ts';
import { Channel, type HotStatement } from './channel.ts';
import type { Manner } from './connections.ts';
import { MAY_SERVE } from './serving.ts';

/** What the nonces in PostgreSQL need. */
export interface PostgresNoncesOptions {
  readonly db: Queries;
  readonly address: PostgresAddress;
  readonly clock: Clock;
  readonly windowSeconds: number;
  readonly quotaPerConsumer?: number | undefined;
}

const KIND = 'database';

const CHANNELS = 2;

const MANNER: Manner = {
  patienceMs: 5000,
  parameters: { plan_cache_mode: 'force_generic_plan' },
  condition: MAY_SERVE,
};

/** Servers forget this often, and no server's floor lags behind its window by more. */
const FORGET_EVERY_SECONDS = 10;

const DELETED_AT_ONCE = 10_000;

/** In the order of the key, so that two servers that burn the same nonces never wait for each other in a circle. */
const BURN: HotStatement = {
  name: 'burn',
  text: `insert into used_nonces (timestamp, digest)
    select timestamp, digest from unnest($1::bigint[], $2::uuid[]) as asked (timestamp, digest)
    order by timestamp, digest
    on conflict do nothing
    returning timestamp, digest`,
};

const READ_STATE: HotStatement = {
  name: 'read-state',
  text: `select
    (select value from facts where name = '${FACTS.nonceFloor}')::bigint,
    (select value from facts where name = '${FACTS.nonceKind}')`,
};

interface Burn {
  readonly consumerKey: string;
  readonly timestamp: number;
  readonly digest: string;
}

/** Opens the nonces; refuses the whole window when a store of another kind may have burnt some of it. */
export async function openPostgresNonces(options: PostgresNoncesOptions): Promise<NonceStore> {
  const { db, clock, windowSeconds } = options;
  const floor = await transact(db, async (trx) => {
    const previous = await readFact(trx, FACTS.nonceKind);
    if (previous === KIND) return raiseFloor(trx, 0);
    await writeFact(trx, FACTS.nonceKind, KIND);
    if (previous === null) return raiseFloor(trx, 0);
    const accepted = await endNonceLease(trx, ROW_LOCKS);
    return raiseFloor(trx, Math.max(accepted, nowSeconds(clock) + windowSeconds));
  });
  const channels = Array.from({ length: CHANNELS }, () => new Channel(options.address, MANNER));
  // The first use of each, which takes the lock of those who serve.
  for (const channel of channels) await channel.run(READ_STATE, []);
  return new PostgresNonces(options, channels, floor);
}

/** Raises the floor to at least this, in one statement: it never sinks, whoever else raises it. Gives what it is then. */
async function raiseFloor(db: Queries, atLeast: number): Promise<number> {
  const { rows } = await sql<{ value: string }>`insert into facts (name, value)
    values (${FACTS.nonceFloor}, ${String(atLeast)})
    on conflict (name) do update
      set value = cast(greatest(cast(facts.value as bigint), cast(excluded.value as bigint)) as text)
    returning value`.execute(db);
  return Number(rows[0]!.value);
}

class PostgresNonces implements NonceStore {
  readonly #options: PostgresNoncesOptions;
  readonly #quota: NonceQuota;
  readonly #batches: Batches<Burn, NonceOutcome>;
  #floor: number;
  #forgotAt: number;
  #forgetting: Promise<void> = Promise.resolve();
  #deleting: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: PostgresNoncesOptions, channels: readonly Channel[], floor: number) {
    this.#options = options;
    this.#floor = floor;
    this.#forgotAt = nowSeconds(options.clock);
    this.#quota = new NonceQuota(options.quotaPerConsumer ?? DEFAULT_QUOTA);
    this.#batches = new Batches(channels, (channel, batch) => this.#burnAll(channel, batch));
  }

  earliestTimestamp(): number {
    return this.#floor + 1;
  }

  async status(): Promise<NonceStatus> {
    if (this.#isClosed) throw closed();
    const stored = Number((await readFact(this.#options.db, FACTS.nonceFloor)) ?? 0);
    return { remembered: null, floor: Math.max(stored, this.#floor), leaseUntil: null };
  }

  async burn(consumerKey: string, token: string, timestamp: number, nonce: string): Promise<NonceOutcome> {
    if (this.#isClosed) throw closed();
    this.#forgetNowAndThen();
    await this.#forgetting;
    if (timestamp <= this.#floor) return 'unsure';
    if (this.#quota.isReached(consumerKey)) return 'limited';
    // Counted before it is sent: of many that come together, no more than the quota are.
    this.#quota.add(consumerKey, timestamp);
    return this.#batches.ask({
      consumerKey,
      timestamp,
      digest: asUuid(nonceDigest(consumerKey, token, nonce)),
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#forgetting;
    await this.#deleting;
    await this.#batches.close();
  }

  async #burnAll(channel: Channel, batch: readonly Burn[]): Promise<readonly NonceOutcome[]> {
    const burnt = await channel.run(BURN, [
      batch.map(({ timestamp }) => timestamp),
      batch.map(({ digest }) => digest),
    ]);
    const [state] = await channel.run(READ_STATE, []);
    const [floor, kind] = state as readonly [floor: number | null, kind: string | null];
    if (kind !== KIND) throw elsewhere(kind);
    this.#floor = Math.max(this.#floor, floor ?? 0);
    const fresh = new Set(burnt.map(([timestamp, digest]) => `${timestamp} ${digest}`));
    return batch.map(({ timestamp, digest }) => {
      if (timestamp <= this.#floor) return 'unsure';
      // Of several that are the same, only the first was burnt by this.
      return fresh.delete(`${timestamp} ${digest}`) ? 'fresh' : 'used';
    });
  }

  /** What comes while the floor is raised waits for it; a moment, and seldom. */
  #forgetNowAndThen(): void {
    const now = nowSeconds(this.#options.clock);
    if (Math.abs(now - this.#forgotAt) < FORGET_EVERY_SECONDS) return;
    this.#forgotAt = now;
    const cutoff = now - this.#options.windowSeconds;
    this.#quota.forgetBefore(cutoff);
    // If it fails, what is old is forgotten next time; burns say themselves that the database is in trouble.
    this.#forgetting = this.#raiseFloorBelow(cutoff).catch(() => {});
  }

  async #raiseFloorBelow(cutoff: number): Promise<void> {
    const { db } = this.#options;
    const newest = await newestBefore(db, cutoff);
    if (newest <= this.#floor) return;
    this.#floor = Math.max(this.#floor, await raiseFloor(db, newest));
    this.#deleting = this.#deleting.then(() => this.#deleteUpTo(newest)).catch(() => {});
  }

  async #deleteUpTo(floor: number): Promise<void> {
    for (;;) {
      // What another server is deleting is passed over: waiting for each other's rows could go round in a circle.
      const { numAffectedRows } = await sql`with over as materialized (
          select timestamp, digest from used_nonces where timestamp <= ${floor}
          limit ${sql.lit(DELETED_AT_ONCE)} for update skip locked)
        delete from used_nonces where (timestamp, digest) in (select timestamp, digest from over)`.execute(
        this.#options.db,
      );
      if (this.#isClosed || Number(numAffectedRows ?? 0) < DELETED_AT_ONCE) return;
    }
  }
}

/** The newest timestamp before the cutoff that a nonce is remembered for; 0 if there is none. */
async function newestBefore(db: Queries, cutoff: number): Promise<number> {
  const { newest } = await db
    .selectFrom('used_nonces')
    .select((e) => e.fn.max('timestamp').as('newest'))
    .where('timestamp', '<', cutoff)
    .executeTakeFirstOrThrow();
  return Number(newest ?? 0);
}

function closed(): StorageUnavailable {
  return new StorageUnavailable('the nonces are closed');
}

function elsewhere(kind: string | null): StorageUnavailable {
  return new StorageUnavailable(
    `another server keeps the nonces of this installation in ${kind ?? 'another place'}: give all of them the same --nonces`,
  );
}

/** 128 bits of a digest, as PostgreSQL writes them. */
function asUuid(digest: string): string {
  const hex = Buffer.from(digest, 'latin1').toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
