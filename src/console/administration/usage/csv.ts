/** The counts as CSV (RFC 4180), a line for each consumer, day, method and version; as a stream, page by page. */
import { startOfDay, type UsageCount, type UsageFilter, type UsageStore } from '../../../model/index.ts';
import { csvCell } from '../audit/csv.ts';

const COLUMNS = ['day', 'consumer', 'method', 'version', 'requests', 'last'] as const;
const PAGE_SIZE = 500;

/** The matching counts, newest day first. */
export function usageCsv(usage: UsageStore, filter: UsageFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let offset = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(`\ufeff${COLUMNS.join(',')}\r\n`)),
    async pull(controller) {
      const { rows, total } = await usage.list(filter, { offset, limit: PAGE_SIZE });
      offset += rows.length;
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map(usageLine).join('')));
      if (rows.length === 0 || offset >= total) controller.close();
    },
  });
}

function usageLine({ consumerKey, day, method, version, requests, lastAt }: UsageCount): string {
  const time = (seconds: number) => new Date(seconds * 1000).toISOString();
  const date = time(startOfDay(day)).slice(0, 10);
  return `${[date, consumerKey, method, version, String(requests), time(lastAt)].map(csvCell).join(',')}\r\n`;
}
