/** Audit entries as a table: who did what to what, and each field before → after. */
import type { RecordedAuditEvent } from '../../../model/index.ts';
import {
  badge,
  type Column,
  type Content,
  type Html,
  html,
  moment,
  type PageContext,
  table,
} from '../../../web/index.ts';
import { auditMessages } from './messages.ts';

/** The entries as a table, or a sentence when there are none. */
export function auditTable(c: PageContext, rows: readonly RecordedAuditEvent[]): Html {
  const t = c.messages(auditMessages);
  if (rows.length === 0) return html`<p>${t.noChanges}</p>`;
  const columns: Column<RecordedAuditEvent>[] = [
    { header: t.when, cell: ({ at }) => moment(c, at) },
    { header: t.who, cell: ({ actor }) => actor },
    {
      header: t.what,
      isName: true,
      cell: (event) => html`${t.actions[event.action]} ${noteBadge(c, event.note)}`,
    },
    { header: t.object, cell: ({ object }) => html`<code class="breakable">${object}</code>` },
    { header: t.changes, cell: (event) => changes(c, event) },
  ];
  return table(c, { caption: t.caption, columns, rows });
}

/** A stored value in a few characters. */
export function valueWords(c: PageContext, value: unknown): string {
  if (value === null || value === undefined || value === '') return c.messages(auditMessages).nothing;
  if (Array.isArray(value)) return value.length === 0 ? c.messages(auditMessages).nothing : value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function noteBadge(c: PageContext, note: string | null): Content {
  const t = c.messages(auditMessages);
  if (note === 'weak-key') return badge('warning', t.weakKey);
  if (note === 'weak-secret') return badge('warning', t.weakSecret);
  return note === null ? '' : badge('neutral', note);
}

/** What was added or removed as a whole is told by the fields that hold something. */
function changes(c: PageContext, { before, after }: RecordedAuditEvent): Content {
  const isWhole = before === null || after === null;
  const fields = Object.keys({ ...before, ...after }).filter(
    (field) => !isWhole || holdsSomething((before ?? after)?.[field]),
  );
  if (fields.length === 0) return '';
  const list = html`<ul class="changes">${fields.map((field) => html`<li>${change(c, field, before, after)}</li>`)}</ul>`;
  return fields.length <= 3
    ? list
    : html`<details><summary>${fields.slice(0, 3).join(', ')} …</summary>${list}</details>`;
}

function change(
  c: PageContext,
  field: string,
  before: RecordedAuditEvent['before'],
  after: RecordedAuditEvent['after'],
): Html {
  const [old, present] = [valueWords(c, before?.[field]), valueWords(c, after?.[field])];
  if (before === null) return html`<span class="meta">${field}</span> ${present}`;
  if (after === null) return html`<span class="meta">${field}</span> <del>${old}</del>`;
  return html`<span class="meta">${field}</span> <del>${old}</del> → <ins>${present}</ins>`;
}

function holdsSomething(value: unknown): boolean {
  return value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}
