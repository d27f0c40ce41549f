/** What every store over SQL stands on. */
import type { Kysely } from 'kysely';
import type { Clock } from '../../base/index.ts';
import type { Sealer } from '../sealing/index.ts';
import type { Locks } from './locks.ts';
import type { Database } from './schema/schema.ts';

/** Which database it is. */
export type Dialect = 'sqlite' | 'postgres';

/** A database, or a transaction in it. */
export type Queries = Kysely<Database>;

export interface SqlContext {
  readonly db: Queries;
  readonly dialect: Dialect;
  readonly locks: Locks;
  readonly sealer: Sealer;
  readonly clock: Clock;
}
