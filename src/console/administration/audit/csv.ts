/** The audit log as CSV, newest first. */
import { SHEETS } from '../../../administration/index.ts';
import type { AuditFilter, AuditStore } from '../../../model/index.ts';
import { csvAnswer } from '../csv.ts';

/** Answers with the matching entries. */
export function auditCsv(audit: AuditStore, filter: AuditFilter, search: string): Response {
  return csvAnswer('audit', SHEETS.audit, (place) => audit.list(filter, { search, ...place }));
}
