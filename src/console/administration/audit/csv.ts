/**
 * The audit log as CSV (RFC 4180). Spreadsheets run a cell that begins like a formula, and names of consumers are
 * chosen by others: such a cell gets an apostrophe in front, which spreadsheets show as text.
 */
import type { AuditFilter, AuditStore, RecordedAuditEvent } from '../../../model/index.ts';

const COLUMNS = ['time', 'actor', 'action', 'object', 'before', 'after', 'note'] as const;
const PAGE_SIZE = 500;

/** The matching entries, newest first, as a stream: the log may be longer than memory. */
export function auditCsv(audit: AuditStore, filter: AuditFilter, search: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let offset = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(`\ufeff${COLUMNS.join(',')}\r\n`)),
    async pull(controller) {
      const { rows, total } = await audit.list(filter, { search, offset, limit: PAGE_SIZE });
      offset += rows.length;
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map(csvLine).join('')));
      if (rows.length === 0 || offset >= total) controller.close();
    },
  });
}

/** One line of CSV. */
export function csvLine(event: RecordedAuditEvent): string {
  const { at, actor, action, object, before, after, note } = event;
  const time = new Date(at * 1000).toISOString();
  const cells = [time, actor, action, object, record(before), record(after), note ?? ''];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** One cell: quoted where it must be, and never a formula. */
export function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function record(fields: RecordedAuditEvent['before']): string {
  return fields === null ? '' : JSON.stringify(fields);
}
