/**
 * Counts accepted requests in memory, and hands the counts to storage in batches: a request is never delayed by its
 * being counted, and never fails over it. Bounded: a consumer has one row of numbers, whatever its traffic. What is
 * not written yet when the process is killed is lost; a counter is a courtesy, not a record.
 */
import { dayOf, type ProtocolVersion, type UsageCount, type UsageStore } from '../model/index.ts';
import { SIGNATURE_METHODS, type SignatureMethod } from '../oauth/index.ts';

const BATCH = 500;

const VERSIONS: readonly ProtocolVersion[] = ['1.0a', '1.0'];

/** Numbers of one consumer's day, by method and version. */
interface Tally {
  readonly day: number;
  readonly requests: number[];
  readonly lastAt: number[];
}

/** The requests since the last batch. */
export class UsageCounter {
  readonly #tallies = new Map<string, Tally>();
  /** Counts of days that have ended, and those that storage did not take. */
  #waiting: UsageCount[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  /** Counts one accepted request at a moment in seconds since 1970. */
  note(consumerKey: string, method: SignatureMethod, version: ProtocolVersion, at: number): void {
    const day = dayOf(at);
    let tally = this.#tallies.get(consumerKey);
    if (tally === undefined || tally.day !== day) tally = this.#begin(consumerKey, day, tally);
    const index = SIGNATURE_METHODS.indexOf(method) * VERSIONS.length + VERSIONS.indexOf(version);
    tally.requests[index]! += 1;
    if (at > tally.lastAt[index]!) tally.lastAt[index] = at;
  }

  /** Writes what was counted, after the write that is under way. What could not be written is kept for the next time. */
  flush(store: UsageStore): Promise<void> {
    const written = this.#writing.then(() => this.#write(store));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  #begin(consumerKey: string, day: number, ended: Tally | undefined): Tally {
    if (ended !== undefined) this.#waiting.push(...countsOf(consumerKey, ended));
    const numbers = () => new Array<number>(SIGNATURE_METHODS.length * VERSIONS.length).fill(0);
    const tally = { day, requests: numbers(), lastAt: numbers() };
    this.#tallies.set(consumerKey, tally);
    return tally;
  }

  async #write(store: UsageStore): Promise<void> {
    const tallied = [...this.#tallies].flatMap(([consumerKey, tally]) => countsOf(consumerKey, tally));
    let left = merged([...this.#waiting, ...tallied]);
    this.#tallies.clear();
    this.#waiting = [];
    try {
      while (left.length > 0) {
        await store.add(left.slice(0, BATCH));
        left = left.slice(BATCH);
      }
    } catch (error) {
      this.#waiting.push(...left);
      throw error;
    }
  }
}

function countsOf(consumerKey: string, { day, requests, lastAt }: Tally): UsageCount[] {
  return SIGNATURE_METHODS.flatMap((method, row) =>
    VERSIONS.map((version, column) => {
      const index = row * VERSIONS.length + column;
      return { consumerKey, day, method, version, requests: requests[index]!, lastAt: lastAt[index]! };
    }),
  ).filter((count) => count.requests > 0);
}

/** One count for each consumer, day, method and version, however often storage failed. */
function merged(counts: readonly UsageCount[]): UsageCount[] {
  const byKind = Map.groupBy(counts, ({ consumerKey, day, method, version }) =>
    JSON.stringify([consumerKey, day, method, version]),
  );
  return [...byKind.values()].map((same) => ({
    ...same[0]!,
    requests: same.reduce((sum, { requests }) => sum + requests, 0),
    lastAt: Math.max(...same.map(({ lastAt }) => lastAt)),
  }));
}
