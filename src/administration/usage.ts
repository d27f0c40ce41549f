/**
 * How this installation is used, as an administrator asks about it: so many days back, of everybody or of one
 * consumer, and who would break if something old were switched off.
 */
import { nowSeconds } from '../base/index.ts';
import { type ConsumerUsage, type DayUsage, dayOf, type UsageFilter } from '../model/index.ts';
import { SIGNATURE_METHODS, type SignatureMethod } from '../oauth/index.ts';
import type { AdministrationContext } from './context.ts';

/** What may be switched off one day: SHA-1 in signatures, the dance of 2007, PLAINTEXT. */
export const OLD_WAYS = ['sha1', 'legacy10', 'plaintext'] as const;

export type OldWay = (typeof OLD_WAYS)[number];

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
  readonly requests: number;
}

const IS_OLD: Readonly<Record<OldWay, (usage: ConsumerUsage) => boolean>> = {
  sha1: ({ method }) => method.endsWith('SHA1'),
  legacy10: ({ version }) => version === '1.0',
  plaintext: ({ method }) => method === 'PLAINTEXT',
};

/** The filter of a period that ends today. */
export function usageFilter(
  { clock }: Pick<AdministrationContext, 'clock'>,
  days: number,
  consumerKey?: string,
): UsageFilter {
  const fromDay = dayOf(nowSeconds(clock)) - days + 1;
  return consumerKey === undefined ? { fromDay } : { fromDay, consumerKey };
}

/** The report of the last so many days, today included; of one consumer if one is given, known or not. */
export async function reportUsage(
  context: Pick<AdministrationContext, 'storage' | 'clock'>,
  days: number,
  consumerKey?: string,
): Promise<UsageReport> {
  const filter = usageFilter(context, days, consumerKey);
  const { usage } = context.storage;
  const [perDay, perConsumer] = await Promise.all([usage.perDay(filter), usage.perConsumer(filter)]);
  const used = new Set(perDay.map(({ method }) => method));
  return {
    fromDay: filter.fromDay,
    toDay: filter.fromDay + days - 1,
    methods: SIGNATURE_METHODS.filter((method) => used.has(method)).sort(oldestFirst),
    perDay,
    perConsumer,
    dependants: {
      sha1: dependantsOn('sha1', perConsumer),
      legacy10: dependantsOn('legacy10', perConsumer),
      plaintext: dependantsOn('plaintext', perConsumer),
    },
    requests: perDay.reduce((sum, { requests }) => sum + requests, 0),
  };
}

function dependantsOn(way: OldWay, usage: readonly ConsumerUsage[]): Dependant[] {
  const byKey = Map.groupBy(usage.filter(IS_OLD[way]), ({ consumerKey }) => consumerKey);
  return [...byKey.values()]
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
