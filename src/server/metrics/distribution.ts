/** A histogram in a typed array: observing a value is a short search and two additions; the rest is done at a scrape. */
import type { Sample } from './sample.ts';

/** How often values fell below each bound. */
export class Distribution {
  readonly #bounds: readonly number[];
  /** One more than there are bounds: the last is for what exceeds them all. */
  readonly #counts: Float64Array;
  #sum = 0;

  /** @param bounds upper bounds, ascending */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let index = 0;
    while (index < bounds.length && value > bounds[index]!) index += 1;
    this.#counts[index]! += 1;
    this.#sum += value;
  }

  /** The numbers as Prometheus wants them: each bucket holds the ones below it, too. */
  read(name: string): Sample[] {
    let below = 0;
    const buckets = [...this.#bounds, '+Inf'].map((bound, index): Sample => {
      below += this.#counts[index]!;
      return { metricName: `${name}_bucket`, labels: { le: String(bound) }, value: below };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: {}, value: this.#sum },
      { metricName: `${name}_count`, labels: {}, value: below },
    ];
  }
}
