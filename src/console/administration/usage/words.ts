/** What the pages of the usage have in common: their sentences, their addresses, and what they are asked for. */
import { startOfDay } from '../../../model/index.ts';
import { type Catalogue, dayOf, type PageContext } from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const usageMessages: Catalogue<typeof en> = { en, ja };

/** Where the page is. */
export const USAGE_PATH = '/oauth/admin/usage';

/** Where its numbers are downloaded. */
export const USAGE_CSV_PATH = `${USAGE_PATH}/usage.csv`;

/** Periods that the page offers, in days; the first is the usual one. */
export const PERIODS = [30, 90] as const;

/** What the page is asked for. */
export interface UsageWish {
  readonly days: (typeof PERIODS)[number];
  /** Of this consumer only. */
  readonly consumer?: string;
}

/** Reads the wish from the address. What is not understood is the usual. */
export function readWish(c: PageContext): UsageWish {
  const days = PERIODS.find((period) => String(period) === c.query.get('days')) ?? PERIODS[0];
  const consumer = (c.query.get('consumer') ?? '').trim().slice(0, 200);
  return consumer === '' ? { days } : { days, consumer };
}

/** An address of these pages for a wish. */
export function usagePath(path: string, { days, consumer }: Partial<UsageWish>): string {
  return pathWith(path, {
    ...(days !== undefined && { days: String(days) }),
    ...(consumer !== undefined && { consumer }),
  });
}

/** A day with its date: "22 Nov 2026". */
export function dayWords(c: PageContext, day: number): string {
  return dayOf(c, startOfDay(day));
}
