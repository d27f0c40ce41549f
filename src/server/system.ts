/** Time and randomness of the running system: the only place where they enter the program. */
import { randomBytes } from 'node:crypto';
import type { Clock, RandomSource } from '../base/index.ts';

/** The machine's clock. */
export const systemClock: Clock = { milliseconds: () => Date.now() };

/** The operating system's source of strong randomness. */
export const systemRandom: RandomSource = { bytes: (length) => randomBytes(length) };
