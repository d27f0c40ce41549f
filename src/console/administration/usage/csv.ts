/** The counts as CSV, a line for each consumer, day, method and version, newest day first. */
import { SHEETS } from '../../../administration/index.ts';
import type { UsageFilter, UsageStore } from '../../../model/index.ts';
import { csvAnswer } from '../csv.ts';

/** Answers with the matching counts. */
export function usageCsv(usage: UsageStore, filter: UsageFilter): Response {
  return csvAnswer('usage', SHEETS.usage, (place) => usage.list(filter, place));
}
