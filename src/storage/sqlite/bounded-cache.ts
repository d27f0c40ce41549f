/**
 * A map that never grows beyond a bound: two generations of half the bound each. What is used moves to the young
 * one; when that is full, the old one goes. Costs one map look-up in the usual case and keeps no order.
 */
export class BoundedCache<V> {
  readonly #half: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  /** @param bound entries at most */
  constructor(bound: number) {
    this.#half = Math.max(1, Math.floor(bound / 2));
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** Remembers under a key of its own: the one given may be part of a whole request, which would be kept along with it. */
  set(key: string, value: V): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(structuredClone(key), value);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
