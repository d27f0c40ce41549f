/** What every use case about people needs handed in: where they are kept, the time, randomness, and the hasher. */
import type { Clock, RandomSource } from '../base/index.ts';
import type { Storage } from '../model/index.ts';
import type { PasswordHasher } from './password-hasher.ts';

/** How an attempt to log in ended. */
export type LoginVerdict = 'signed-in' | 'refused' | 'limited';

/** Handed to every function of this module. */
export interface AccountsContext {
  readonly storage: Pick<
    Storage,
    'users' | 'sessions' | 'secondFactors' | 'installation' | 'attempts' | 'audit'
  >;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly passwords: PasswordHasher;
  /** Told what became of each attempt to log in, for counting; nobody unless given. */
  noteLogin?(verdict: LoginVerdict): void;
}

/** The actor in audit entries of the command line. Whoever reaches it could edit the database as well. */
export const CLI_ACTOR = 'cli';

/** The actor in the audit entry of the first administrator's own set-up. */
export const SETUP_ACTOR = 'set-up';

/** The actor of what nobody asked for by name. */
export const SYSTEM_ACTOR = 'system';
