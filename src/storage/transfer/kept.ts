/** What is moved in and out of: an open database with its keys, whichever database it is. */
import type { Sealer } from '../sealing/index.ts';
import type { Queries } from '../sql/index.ts';

/** Everything that is kept, below the ports. */
export interface Kept {
  readonly db: Queries;
  readonly sealer: Sealer;
  /** Reads one moment of the database, however long it takes and whatever is written meanwhile. */
  snapshot<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /** Does something in one transaction, however long each of its statements takes. */
  replace<T>(work: (trx: Queries) => Promise<T>): Promise<T>;
  /** Has the database learn how long its tables are: after many rows came at once, it would go through all of them. */
  learnLengths(): Promise<void>;
  /**
   * Makes sure that no server runs on it, and keeps any from starting until the given function is called.
   * @throws {StorageUnavailable} when one does
   */
  holdAlone(): Promise<() => Promise<void>>;
}
