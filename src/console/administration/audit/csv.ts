/** The audit log as CSV, newest first. */
import type { AuditFilter, AuditStore, RecordedAuditEvent } from '../../../model/index.ts';
import { type CsvColumns, csvAnswer, csvMoment } from '../csv.ts';

const COLUMNS: CsvColumns<RecordedAuditEvent> = {
  time: ({ at }) => csvMoment(at),
  actor: ({ actor }) => actor,
  action: ({ action }) => action,
  object: ({ object }) => object,
  before: ({ before }) => before && JSON.stringify(before),
  after: ({ after }) => after && JSON.stringify(after),
  note: ({ note }) => note,
};

/** Answers with the matching entries. */
export function auditCsv(audit: AuditStore, filter: AuditFilter, search: string): Response {
  return csvAnswer('audit', COLUMNS, (place) => audit.list(filter, { search, ...place }));
}
