/** The rows of what was used how often: counts, and their sums, which triggers keep (usage-sums.ts). */

/** Accepted requests of one consumer, day, method and version. */
export interface UsageRow {
  consumer_key: string;
  day: number;
  method: string;
  version: string;
  requests: number;
  last_at: number;
}

/** Accepted requests of all consumers; triggers keep it. */
export interface UsageDayRow {
  day: number;
  method: string;
  requests: number;
}

/** All counted requests of a consumer by a way; triggers keep it. */
export interface UsageSumRow {
  way: string;
  consumer_key: string;
  requests: number;
  last_day: number;
}
