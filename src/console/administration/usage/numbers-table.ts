/** The numbers behind the picture of the usage: a row for each day that had requests, newest first. */
import type { UsageReport } from '../../../administration/index.ts';
import { type Column, type Html, number, type PageContext, table } from '../../../web/index.ts';
import { dayTotals } from './picture.ts';
import { dayWords, usageMessages } from './words.ts';

/** The table. */
export function numbersTable(c: PageContext, { perDay, methods }: UsageReport): Html {
  const t = c.messages(usageMessages);
  const byDay = Map.groupBy(perDay, ({ day }) => day);
  const totals = dayTotals(perDay);
  const requestsOf = (day: number, method: string) =>
    byDay.get(day)?.find((usage) => usage.method === method)?.requests ?? 0;
  const columns: Column<number>[] = [
    { header: t.columnDay, isName: true, cell: (day) => dayWords(c, day) },
    ...methods.map((method) => ({
      header: method,
      isNumber: true,
      cell: (day: number) => number(c, requestsOf(day, method)),
    })),
    { header: t.columnAll, isNumber: true, cell: (day) => number(c, totals.get(day) ?? 0) },
  ];
  return table(c, { caption: t.numbersCaption, columns, rows: [...byDay.keys()].reverse() });
}
