/**
 * How much one person's gadgets may ask for: so many requests at the same time, and so many a minute. Connections and
 * time of this server are everybody's; a gadget that asks without end takes them from its own viewer only.
 */

const MOST_AT_ONCE = 24;
const MOST_PER_MINUTE = 300;
const MINUTE = 60;

interface Count {
  underWay: number;
  inMinute: number;
  minuteBegan: number;
}

/** Counts the requests of viewers, on this node. */
export class ViewerTurns {
  readonly #counts = new Map<string, Count>();

  /**
   * Begins a request; who does must end it.
   * @param now seconds since 1970
   * @returns 0, or the seconds after which another may be tried; then nothing has begun
   */
  begin(viewer: string, now: number): number {
    const count = this.#counts.get(viewer) ?? { underWay: 0, inMinute: 0, minuteBegan: now };
    if (now - count.minuteBegan >= MINUTE || now < count.minuteBegan) {
      count.inMinute = 0;
      count.minuteBegan = now;
    }
    if (count.inMinute >= MOST_PER_MINUTE) return count.minuteBegan + MINUTE - now;
    if (count.underWay >= MOST_AT_ONCE) return 1;
    count.underWay += 1;
    count.inMinute += 1;
    this.#counts.set(viewer, count);
    return 0;
  }

  /** Ends a request that has begun. */
  end(viewer: string, now: number): void {
    const count = this.#counts.get(viewer);
    if (count === undefined) return;
    count.underWay -= 1;
    if (this.#counts.size > 1000) this.#forget(now);
  }

  #forget(now: number): void {
    for (const [viewer, { underWay, minuteBegan }] of this.#counts) {
      if (underWay === 0 && now - minuteBegan >= MINUTE) this.#counts.delete(viewer);
    }
  }
}
