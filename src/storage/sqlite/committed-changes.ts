/**
 * Says when something that is remembered must be forgotten. It asks over a connection that never writes, so it never
 * sees a transaction of this process that is not committed yet, and a commit by anybody, this process or another, shows
 * in `PRAGMA data_version`. Only then the versions that triggers count up are read; what belongs to those that moved is
 * forgotten. Who remembers has to look first and read afterwards: what commits in between is noticed by the next look.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CountedTable } from '../sql/index.ts';

/** What is counted: each of these tables, or all that signed requests are checked against. */
type Counted = CountedTable | 'grounds';

/** Watches what any connection commits. */
export class CommittedChanges {
  readonly #dataVersion: StatementSync;
  readonly #versions: StatementSync;
  readonly #seen = new Map<string, unknown>();
  readonly #forgetters = new Map<string, (() => void)[]>();
  /** In which turn of the event loop the database was asked last, and when, in milliseconds. */
  #turn: number | null = null;
  #lookedAt = 0;
  #seenData: unknown;

  /** @param connection one that only reads */
  constructor(connection: DatabaseSync) {
    this.#dataVersion = connection.prepare('pragma data_version');
    this.#dataVersion.setReturnArrays(true);
    this.#versions = connection.prepare(
      "select 'grounds' as name, version from grounds_version union all select name, version from table_versions",
    );
  }

  /** Has something forgotten with every change of what it was read from. */
  onChange(counted: Counted, forget: () => void): void {
    this.#forgetters.set(counted, [...(this.#forgetters.get(counted) ?? []), forget]);
  }

  /** To be called after every statement of this process that may have changed something. */
  lookAgain(): void {
    this.#turn = null;
  }

  /**
   * Has forgotten what is out of date. Asking takes locks on the database file, so it is done once for each turn of the
   * event loop (and each millisecond of a long one). That is not a moment too late: a turn begins with taking what has
   * arrived, so a change that was acknowledged before a request was sent had been committed when the first look of the
   * turn in which the request arrived asked. Callbacks of timers, and of `setImmediate`, still belong to the turn before:
   * what they saw says nothing about requests that arrive next. @throws when the database cannot be asked
   */
  look(): void {
    const turn = performance.nodeTiming.uvMetricsInfo.loopCount;
    const now = performance.now();
    if (turn === this.#turn && now - this.#lookedAt < 1) return;
    // Until the answer is there: after a look that failed, what is remembered may be out of date.
    this.#turn = null;
    this.#forgetChanged();
    this.#turn = turn;
    this.#lookedAt = now;
  }

  #forgetChanged(): void {
    const [data] = this.#dataVersion.get() as unknown as [number];
    if (data === this.#seenData) return;
    for (const { name, version } of this.#versions.all()) this.#note(String(name), version);
    this.#seenData = data;
  }

  #note(name: string, version: unknown): void {
    if (this.#seen.get(name) === version) return;
    for (const forget of this.#forgetters.get(name) ?? []) forget();
    this.#seen.set(name, version);
  }
}
