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
import { fieldWords, valueWords } from './field-words.ts';
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
    : html`<details><summary>${fields
        .slice(0, 3)
        .map((field) => fieldWords(c, field))
        .join(', ')} …</summary>${list}</details>`;
}

function change(
  c: PageContext,
  field: string,
  before: RecordedAuditEvent['before'],
  after: RecordedAuditEvent['after'],
): Html {
  const label = html`<span class="meta">${fieldWords(c, field)}:</span>`;
  const [old, present] = [valueWords(c, field, before?.[field]), valueWords(c, field, after?.[field])];
  if (before === null) return html`${label} ${present}`;
  if (after === null) return html`${label} <del>${old}</del>`;
  return html`${label} <del>${old}</del> → <ins>${present}</ins>`;
}

function holdsSomething(value: unknown): boolean {
  return value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}
