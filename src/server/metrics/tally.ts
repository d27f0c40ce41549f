/**
 * Counts by labels whose values are closed lists: consumer keys, paths and whatever else a stranger can choose never
 * become labels, or a scrape would grow with the strangers' patience. Counting is an addition in a typed array;
 * texts are made when somebody scrapes. A value that is not in its list counts as the last one of it.
 */
import type { Sample } from './sample.ts';

/** Families up to this size show all their numbers, larger ones those that are not zero. */
const SHOWN_WHOLE = 32;

/** A count for every combination of labels. */
export class Tally {
  readonly labels: readonly string[];
  readonly #values: readonly (readonly string[])[];
  readonly #counts: Float64Array;

  /** @param labels at most three, each with its values */
  constructor(labels: Readonly<Record<string, readonly string[]>>) {
    this.labels = Object.keys(labels);
    this.#values = Object.values(labels);
    this.#counts = new Float64Array(this.#values.reduce((size, { length }) => size * length, 1));
  }

  /** One more of these values, in the order of the labels. */
  count(first: string, second?: string, third?: string): void {
    this.add(1, first, second, third);
  }

  /** So many more of these values. */
  add(amount: number, first: string, second?: string, third?: string): void {
    let cell = this.#index(0, first);
    if (second !== undefined) cell = cell * this.#values[1]!.length + this.#index(1, second);
    if (third !== undefined) cell = cell * this.#values[2]!.length + this.#index(2, third);
    this.#counts[cell]! += amount;
  }

  read(): Sample[] {
    const samples: Sample[] = [];
    for (const [cell, value] of this.#counts.entries()) {
      if (value > 0 || this.#counts.length <= SHOWN_WHOLE)
        samples.push({ labels: this.#labelsOf(cell), value });
    }
    return samples;
  }

  #index(label: number, value: string): number {
    const values = this.#values[label]!;
    const index = values.indexOf(value);
    return index < 0 ? values.length - 1 : index;
  }

  #labelsOf(cell: number): Record<string, string> {
    const labels: [string, string][] = [];
    let rest = cell;
    for (let label = this.labels.length - 1; label >= 0; label -= 1) {
      const values = this.#values[label]!;
      labels.unshift([this.labels[label]!, values[rest % values.length]!]);
      rest = Math.floor(rest / values.length);
    }
    return Object.fromEntries(labels);
  }
}
