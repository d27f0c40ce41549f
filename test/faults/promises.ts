/**
 * The promises that are published in SECURITY.md, word for word. What holds each of them is tried under this
 * directory; how often, and how often it did not hold, is counted in promise.ts.
 */

/** The promises by their number, as readers of SECURITY.md know them. */
export const PROMISES = {
  1: 'An acknowledged revocation survives everything: a kill, a power cut, an old backup.',
  2: 'A request token is exchanged exactly once, however many ask at once and whatever is killed meanwhile.',
  3: 'No replay is ever accepted: after restarts and kills, across nodes, with the clock moved.',
  4: 'Senders without a valid signature can neither burn nor flood nonces.',
  5: 'Only the consumer’s own method and key verify.',
  6: 'Every signed component is protected, and whatever is signed rightly passes.',
  7: 'Ambiguous requests are refused, never guessed; the upstream sees no byte of them.',
  8: 'The upstream sees only identities that we set.',
  9: 'No path reaches the upstream outside its rule.',
  10: 'No forbidden outbound connection is opened.',
  11: 'Parsers neither crash, hang nor read files.',
  12: 'Approval needs the right user and a deliberate POST.',
  13: 'Every route has an enforced access rule.',
  14: 'Secrets never appear outside their use.',
  15: 'Removal, disabling and revocation act at once.',
  16: 'Storage trouble is told, lost dependencies fail closed and heal.',
  17: 'Hostile load spares honest users.',
  18: 'Upgrades survive interruption at any statement; backups restore, and revoked stays revoked.',
} as const satisfies Readonly<Record<number, string>>;

export type PromiseNumber = keyof typeof PROMISES;

/** Where the data of what was tried is kept, and its nonces; null where nothing is kept. */
export type Place = 'SQLite' | 'SQLite and Redis' | 'PostgreSQL' | 'PostgreSQL and Redis' | 'Redis' | null;

/** What became of one part of a promise in one run. */
export interface Count {
  readonly promise: PromiseNumber;
  /** What was tried, in a few words. */
  readonly part: string;
  readonly place: Place;
  readonly tries: number;
  readonly violations: number;
}
