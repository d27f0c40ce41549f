/** How many requests each consumer may make in a time, and the port of whoever counts them. */

/** So many requests in so many seconds; that many may also come at once. */
export interface RequestRate {
  readonly requests: number;
  readonly seconds: number;
}

/** Counts the requests of consumers against a rate. */
export interface RequestRateLimiter {
  /** Counts one request. Gives 0 if it is within the rate, else the seconds until the next one will be. */
  take(consumerKey: string): number | Promise<number>;
}
