/**
 * How many connections the public listener takes. Storage opens files of its own, and a request that is passed on
 * needs a second connection: were strangers' idle connections to use up the descriptors, honest requests would get
 * 503. So at most half of what the system allows this process goes to connections from outside.
 */
import { readFileSync } from 'node:fs';

/** However many descriptors there are. */
const MOST = 10_000;

/** For files, the database, standard streams and the like. */
const RESERVED = 64;

/** Connections that are taken with so many descriptors; null: nobody told how many there are. */
export function connectionsWithin(descriptors: number | null): number {
  if (descriptors === null) return MOST;
  return Math.max(1, Math.min(MOST, Math.floor((descriptors - RESERVED) / 2)));
}

/** Descriptors that this process may have, where Linux tells. */
export function descriptorLimit(): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}
