/**
 * Time as a thing that is handed in. Nothing below `server/` reads the system's clock, so that
 * every rule about time (windows, lifetimes, fences) can be tested at a chosen moment.
 */

/** Tells the present moment. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  milliseconds(): number;
}

/** The present moment in whole seconds since 1970, the unit of `oauth_timestamp` and of every stored time. */
export function nowSeconds(clock: Clock): number {
  return Math.floor(clock.milliseconds() / 1000);
}

/** A clock that stands still until it is moved: for tests and for explaining a request of the past. */
export class FixedClock implements Clock {
  #milliseconds: number;

  /** @param seconds the moment it shows, in seconds since 1970 */
  constructor(seconds: number) {
    this.#milliseconds = seconds * 1000;
  }

  milliseconds(): number {
    return this.#milliseconds;
  }

  /** Moves the clock by so many seconds; negative moves it back. */
  advance(seconds: number): void {
    this.#milliseconds += seconds * 1000;
  }
}
