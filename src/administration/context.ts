/** What every administrative use case is given: storage, time and randomness; and who acts. */
import type { Clock, RandomSource } from '../base/index.ts';
import type { Storage } from '../model/index.ts';

/** The surroundings of a use case. */
export interface AdministrationContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: RandomSource;
  /**
   * Whether a registered callback may use plain `http` for another machine, as on an installation that is
   * itself reached over plain `http`. @defaultValue false
   */
  readonly allowPlainHttpCallbacks?: boolean;
}
