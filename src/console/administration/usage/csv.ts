/** The counts as CSV, a line for each consumer, day, method and version, newest day first. */
import { startOfDay, type UsageCount, type UsageFilter, type UsageStore } from '../../../model/index.ts';
import { type CsvColumns, csvAnswer, csvMoment } from '../csv.ts';

const COLUMNS: CsvColumns<UsageCount> = {
  day: ({ day }) => new Date(startOfDay(day) * 1000).toISOString().slice(0, 10),
  consumer: ({ consumerKey }) => consumerKey,
  method: ({ method }) => method,
  version: ({ version }) => version,
  requests: ({ requests }) => requests,
  last: ({ lastAt }) => csvMoment(lastAt),
};

/** Answers with the matching counts. */
export function usageCsv(usage: UsageStore, filter: UsageFilter): Response {
  return csvAnswer('usage', COLUMNS, (place) => usage.list(filter, place));
}
