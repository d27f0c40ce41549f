/** What the connections' pages need handed in. */
import type { ConsumerContext } from '../../consumer/index.ts';
import type { GadgetTitles } from '../../gadgets/index.ts';
import type { Storage } from '../../model/index.ts';

/** Handed to every page of this face. */
export interface ConnectionsDependencies {
  readonly storage: Pick<Storage, 'attempts' | 'connections' | 'serviceProviders'>;
  readonly consumer: ConsumerContext;
  /** What gadgets are called that have connections of their own; without it, they are named by their addresses. */
  readonly gadgetTitles?: GadgetTitles;
}
