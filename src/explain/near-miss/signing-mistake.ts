/** The shape of a mistake that the search can try. */
import type { SigningMistake } from '../mistake-code.ts';
import type { Attempt } from './attempt.ts';
import type { Scene } from './scene.ts';

/** The choice that a mistake gets wrong. Two mistakes in the same one are never tried together, parameters aside. */
export type Layer =
  | 'scheme'
  | 'host'
  | 'port'
  | 'path'
  | 'method'
  | 'parameters'
  | 'order'
  | 'encoding'
  | 'key'
  | 'algorithm';

/** Texts for an advice: what was signed, what stands here. Never a secret. */
export type AdviceValues = Readonly<Record<string, string>>;

/** One way to make a mistake in this scene. */
export interface Variant {
  readonly values?: AdviceValues;
  apply(attempt: Attempt): Attempt;
}

/** A mistake. */
export interface MistakeToTry {
  readonly code: SigningMistake;
  readonly layer: Layer;
  /** How often it is met: 1 often, 2 at times, 3 rarely. Rare ones are paired with frequent ones only. */
  readonly rank: 1 | 2 | 3;
  /** The ways to make it here; empty where it could not have been made. */
  variants(scene: Scene): readonly Variant[];
}
