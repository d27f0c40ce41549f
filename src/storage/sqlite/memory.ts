/** Records of one table that were read, until anybody changes something in it. Bounded; what was not found is not kept. */
import type { CountedTable } from '../sql/index.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { CommittedChanges } from './committed-changes.ts';
import { freeze } from './freeze.ts';

type Changes = Pick<CommittedChanges, 'look' | 'onChange'>;

export class Memory<V> {
  readonly #changes: Changes;
  readonly #kept: BoundedCache<V>;
  /** How often everything was forgotten. */
  #era = 0;

  /** @param most records remembered at most */
  constructor(changes: Changes, table: CountedTable, most: number) {
    this.#changes = changes;
    this.#kept = new BoundedCache(most);
    changes.onChange(table, () => {
      this.#era += 1;
      this.#kept.clear();
    });
  }

  /** The record under a key, read unless it is remembered. */
  async recall<Found extends V | null>(key: string, read: () => Promise<Found>): Promise<Found> {
    if (!this.#isUpToDate()) return read();
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept as Found;
    const era = this.#era;
    const found = freeze(await read());
    // What was read before a change that others have noticed meanwhile would never be forgotten.
    if (found !== null && era === this.#era) this.#kept.set(key, found);
    return found;
  }

  /** False when nobody can tell; then reading says what is the matter. */
  #isUpToDate(): boolean {
    try {
      this.#changes.look();
      return true;
    } catch {
      return false;
    }
  }
}
