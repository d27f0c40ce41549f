/**
 * How this installation is used, as an administrator asks about it: so many days back, of everybody or of one
 * consumer, and who would break if something old were switched off.
 */
import { nowSeconds } from '../base/index.ts';
import {
  type ConsumerUsage,
  type DayUsage,
  dayOf,
  type OldWay,
  type UsageFilter,
  type UsageWay,
  usesOldWay,
} from '../model/index.ts';
import { SIGNATURE_METHODS, type SignatureMethod } from '../oauth/index.ts';
import type { AdministrationContext } from './context.ts';

/** One consumer's use of an old way in the period. */
export interface Dependant {
  readonly consumerKey: string;
  readonly consumerName: string;
  readonly requests: number;
  /** Seconds since 1970. */
  readonly lastAt: number;
}

/** Accepted requests of a period. */
export interface UsageReport {
  /** First and last day, counted from 1 January 1970 in UTC, both included. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Methods that were used, the oldest first. */
  readonly methods: readonly SignatureMethod[];
  readonly perDay: readonly DayUsage[];
  /** By consumer, method and version; most requests first. */
  readonly perConsumer: readonly ConsumerUsage[];
  /** Who would break; most requests first. */
  readonly dependants: Readonly<Record<OldWay, readonly Dependant[]>>;
  /** How many consumers that are, also where not all are named; of `any`, those that made requests at all. */
  readonly consumers: Readonly<Record<UsageWay, number>>;
  readonly requests: number;
}

/** Consumers are counted so far and no further. */
export const MOST_CONSUMERS_COUNTED = 1000;

/** The filter of a period that ends today. */
export function usageFilter(
  { clock }: Pick<AdministrationContext, 'clock'>,
  days: number,
  consumerKey?: string,
): UsageFilter {
  const fromDay = dayOf(nowSeconds(clock)) - days + 1;
  return consumerKey === undefined ? { fromDay } : { fromDay, consumerKey };
}

/**
 * The report of the last so many days, today included, of everybody or of one consumer, known or not. It adds up what
 * all consumers did: for a page, where there may be many of them, ask `reportLargestUsage`.
 */
export async function reportUsage(
  context: Pick<AdministrationContext, 'storage' | 'clock'>,
  days: number,
  consumerKey?: string,
): Promise<UsageReport> {
  const filter = usageFilter(context, days, consumerKey);
  const { usage } = context.storage;
  const [perDay, perConsumer] = await Promise.all([usage.perDay(filter), usage.perConsumer(filter)]);
  const dependants = eachWay((way) => dependantsOn(way, perConsumer));
  return {
    ...ofDays(filter, days, perDay),
    perConsumer,
    dependants,
    consumers: {
      any: new Set(perConsumer.map((used) => used.consumerKey)).size,
      ...eachWay((way) => dependants[way].length),
    },
  };
}

/**
 * The same at once, however many consumers there are: of those that made requests, and of those that depend on each old
 * way, it names so many with the most such requests among all that are kept, and counts `MOST_CONSUMERS_COUNTED` and one
 * more at most.
 */
export async function reportLargestUsage(
  context: Pick<AdministrationContext, 'storage' | 'clock'>,
  days: number,
  most: number,
): Promise<UsageReport> {
  const filter = usageFilter(context, days);
  const { usage } = context.storage;
  const named = (way: UsageWay) =>
    usage.leaders({ ...filter, way, limit: most, countUpTo: MOST_CONSUMERS_COUNTED + 1 });
  const [perDay, any, sha1, legacy10, plaintext] = await Promise.all([
    usage.perDay(filter),
    named('any'),
    named('sha1'),
    named('legacy10'),
    named('plaintext'),
  ]);
  const leaders = { any, sha1, legacy10, plaintext };
  const keys = new Set(Object.values(leaders).flatMap(({ rows }) => rows));
  const used = await usage.perConsumerOf([...keys], filter.fromDay);
  const of = (way: UsageWay) => used.filter(({ consumerKey }) => leaders[way].rows.includes(consumerKey));
  return {
    ...ofDays(filter, days, perDay),
    perConsumer: of('any'),
    dependants: eachWay((way) => dependantsOn(way, of(way))),
    consumers: { any: leaders.any.total, ...eachWay((way) => leaders[way].total) },
  };
}

function ofDays({ fromDay }: UsageFilter, days: number, perDay: readonly DayUsage[]) {
  const used = new Set(perDay.map(({ method }) => method));
  return {
    fromDay,
    toDay: fromDay + days - 1,
    methods: SIGNATURE_METHODS.filter((method) => used.has(method)).sort(oldestFirst),
    perDay,
    requests: perDay.reduce((sum, { requests }) => sum + requests, 0),
  };
}

function eachWay<T>(work: (way: OldWay) => T): Readonly<Record<OldWay, T>> {
  return { sha1: work('sha1'), legacy10: work('legacy10'), plaintext: work('plaintext') };
}

function dependantsOn(way: OldWay, usage: readonly ConsumerUsage[]): Dependant[] {
  const old = usage.filter((used) => usesOldWay(used, way));
  return [...Map.groupBy(old, ({ consumerKey }) => consumerKey).values()]
    .map((same) => ({
      consumerKey: same[0]!.consumerKey,
      consumerName: same[0]!.consumerName,
      requests: same.reduce((sum, { requests }) => sum + requests, 0),
      lastAt: Math.max(...same.map(({ lastAt }) => lastAt)),
    }))
    .sort((a, b) => b.requests - a.requests);
}

function oldestFirst(a: SignatureMethod, b: SignatureMethod): number {
  const age = (method: SignatureMethod) => (method === 'PLAINTEXT' ? 0 : method.endsWith('SHA1') ? 1 : 2);
  return age(a) - age(b);
}
