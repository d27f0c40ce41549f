/** What an adapter tells about its database when somebody asks how it is: the same shape for every database. */

/** How a database is. */
export interface DatabaseHealth {
  /** Its name and version: `SQLite 3.53.4`. */
  readonly product: string;
  /** By what it keeps what it acknowledges, in a few words. */
  readonly assurance: string;
  /** What breaks a promise, each with what to do about it; empty if nothing does. */
  readonly faults: readonly { readonly finding: string; readonly advice: string }[];
}
