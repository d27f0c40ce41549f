/**
 * The ports of storage for what servers saw: refused requests, and counts of accepted ones. Courtesies, not records:
 * they explain and they count, and nobody is let in or kept out by them, so they need not survive a power cut.
 */
import type { Page, PageQuery } from './list-query.ts';
import type { Refusal, RefusalSummary } from './refusal.ts';
import type { UsageCount, UsageWay } from './usage.ts';

/** Which refusals to list: all conditions hold together. */
export interface RefusalFilter {
  readonly consumerKey?: string;
  readonly problem?: string;
  /** Not before this moment, seconds since 1970. */
  readonly since?: number;
}

/** How many refusals are kept; the oldest go first. */
export interface RefusalBounds {
  /** Of one registered consumer; of all strangers together, too. */
  readonly perConsumer: number;
  readonly inAll: number;
}

/** Refused requests, for explaining them. A courtesy, not a record: they need not survive a power cut. */
export interface RefusalStore {
  /** Adds them, then drops what exceeds the bounds. One with a request id that is there already is left out: none replaces another's. */
  add(refusals: readonly Refusal[], bounds: RefusalBounds): Promise<void>;
  find(requestId: string): Promise<Refusal | null>;
  /** Newest first. Searches request id, consumer key and path. */
  list(filter: RefusalFilter, query: PageQuery): Promise<Page<RefusalSummary>>;
  /** Deletes those refused before the moment, at most `limit`; gives how many. */
  purge(before: number, limit: number): Promise<number>;
}

/** Which counts of accepted requests: all conditions hold together. */
export interface UsageFilter {
  readonly consumerKey?: string;
  /** Not before this day. */
  readonly fromDay: number;
}

/** Who is asked for, of those that used a way since a day. */
export interface UsageLeaders {
  readonly way: UsageWay;
  readonly fromDay: number;
  readonly limit: number;
  readonly countUpTo: number;
}

/** Counts of one day, of all consumers in the filter together. */
export type DayUsage = Pick<UsageCount, 'day' | 'method' | 'requests'>;

/** Counts of one consumer, of all days in the filter together. */
export interface ConsumerUsage extends Omit<UsageCount, 'day'> {
  readonly consumerName: string;
}

/** Counts of accepted requests. They go with their consumer. A courtesy, not a record. */
export interface UsageStore {
  /** Adds to what is counted already, all or nothing; counts of consumers that are gone are dropped. */
  add(counts: readonly UsageCount[]): Promise<void>;
  /** Newest day first, then by consumer, method and version. */
  list(filter: UsageFilter, query: Omit<PageQuery, 'search'>): Promise<Page<UsageCount>>;
  /** By day and method, oldest day first; only days with requests. */
  perDay(filter: UsageFilter): Promise<readonly DayUsage[]>;
  /** By consumer, method and version; most requests first. Adds up all counts in the filter: of everybody's, that takes long. */
  perConsumer(filter: UsageFilter): Promise<readonly ConsumerUsage[]>;
  /** The same of these consumers only. */
  perConsumerOf(keys: readonly string[], fromDay: number): Promise<readonly ConsumerUsage[]>;
  /** Keys of those who used a way since a day; first those with the most requests by it among all counts that are kept. */
  leaders(query: UsageLeaders): Promise<Page<string>>;
  /** Deletes those of days before this one, at most `limit`; gives how many. */
  purge(beforeDay: number, limit: number): Promise<number>;
}
