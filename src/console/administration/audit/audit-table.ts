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
import { type AuditNames, fieldsTold, objectCell } from './audit-objects.ts';
import { fieldWords, valueWords } from './field-words.ts';
import { auditMessages } from './messages.ts';

interface AuditTableOptions<Row> {
  /** For entries of many objects; those of one are not told again and again what they are about. */
  readonly names?: AuditNames;
  readonly actions?: (row: Row) => Content;
}

/** The entries as a table, or a sentence when there are none. */
export function auditTable<Row extends RecordedAuditEvent>(
  c: PageContext,
  rows: readonly Row[],
  { names, actions }: AuditTableOptions<Row> = {},
): Html {
  const t = c.messages(auditMessages);
  if (rows.length === 0) return html`<p>${t.noChanges}</p>`;
  const columns: Column<Row>[] = [
    { header: t.when, cell: ({ at }) => moment(c, at) },
    { header: t.who, cell: ({ actor }) => actor },
    {
      header: t.what,
      isName: true,
      cell: (event) =>
        html`<span class="unbroken">${t.actions[event.action]}</span> ${noteWords(c, event.note)}`,
    },
    ...(names === undefined ? [] : [{ header: t.object, cell: (event: Row) => objectCell(c, event, names) }]),
    { header: t.changes, cell: (event) => changes(c, event, names === undefined ? [] : fieldsTold(event)) },
    ...(actions === undefined ? [] : [{ header: t.actionsHeader, isActions: true, cell: actions }]),
  ];
  return table(c, { caption: t.caption, columns, rows });
}

/** Marks (one word, or several with hyphens) as badges, then whatever somebody wrote. */
function noteWords(c: PageContext, note: string | null): Content {
  if (note === null) return '';
  const parts = note.split('; ');
  const firstSentence = parts.findIndex((part) => !isMark(part));
  const marks = firstSentence < 0 ? parts : parts.slice(0, firstSentence);
  const sentences = firstSentence < 0 ? '' : parts.slice(firstSentence).join('; ');
  return html`${marks.map((mark) => html`${markBadge(c, mark)} `)}${
    sentences === '' ? '' : html`<p class="meta">${sentences}</p>`
  }`;
}

function isMark(part: string): boolean {
  return part === 'restored' || /^[a-z]+(?:-[a-z]+)+$/u.test(part);
}

function markBadge(c: PageContext, mark: string): Html {
  const t = c.messages(auditMessages);
  if (mark === 'weak-key') return badge('warning', t.weakKey);
  if (mark === 'weak-secret') return badge('warning', t.weakSecret);
  return badge('neutral', mark === 'restored' ? t.restored : mark);
}

/** What was added or removed as a whole is told by the fields that hold something. @param told fields to leave out */
function changes(c: PageContext, { before, after }: RecordedAuditEvent, told: readonly string[]): Content {
  const isWhole = before === null || after === null;
  const fields = Object.keys({ ...before, ...after }).filter(
    (field) => !told.includes(field) && (!isWhole || holdsSomething((before ?? after)?.[field])),
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
