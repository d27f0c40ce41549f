/** The latest changes of one object, for its own page, and the way to all of them. */
import type { RecordedAuditEvent } from '../../../model/index.ts';
import { type Html, html, type PageContext } from '../../../web/index.ts';
import { auditTable } from '../audit/audit-table.ts';
import { historyMessages } from './words.ts';

/** How many of the latest changes are shown. */
export const RECENT_CHANGES = { search: '', offset: 0, limit: 5 } as const;

/** The section of an object's page. */
export function recentChanges(
  c: PageContext,
  changes: readonly RecordedAuditEvent[],
  historyPath: string,
): Html {
  const t = c.messages(historyMessages);
  return html`<section><h2>${t.recent}</h2>${auditTable(c, changes)}
<p><a href="${c.url(historyPath)}">${t.link}</a></p></section>`;
}
