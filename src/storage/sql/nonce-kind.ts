/**
 * Which kind of store burns the nonces, as the database remembers it. A store that takes over from one of another
 * kind cannot know what that one accepted, and has to refuse the whole window before it begins.
 */
import type { Queries } from './context.ts';
import { FACTS, readFact, writeFact } from './facts.ts';

/** The note in one database. */
export interface NonceKindNote {
  /** The kind that burned them last; null if none ever did. */
  read(): Promise<string | null>;
  /** To be called when the store of that kind is open and its floor is durable. */
  write(kind: string): Promise<void>;
}

export function nonceKindNote(db: Queries): NonceKindNote {
  return {
    read: () => readFact(db, FACTS.nonceKind),
    write: (kind) => writeFact(db, FACTS.nonceKind, kind),
  };
}
