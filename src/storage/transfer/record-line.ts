/** One record as a line of JSON, and back, with everything that is wrong about a line told at once. */
import type { FileSecrets } from './file-secrets.ts';
import { type Field, fieldName, placeOf, type RecordType, type Row } from './record-type.ts';
import { RECORD_TYPES } from './record-types.ts';

/** A record that was read: its row as the database takes it, secrets still as the file keeps them. */
export interface ReadRecord {
  readonly type: RecordType;
  readonly row: Row;
}

/** What a line gave. */
export type LineReading = ReadRecord | { readonly mistakes: readonly string[] };

const TYPES = new Map(RECORD_TYPES.map((type) => [type.type, type]));

/** The line of a row, without its end. */
export function recordLine(type: RecordType, row: Row, secrets: FileSecrets): string {
  const members: Record<string, unknown> = { type: type.type };
  for (const field of type.fields) {
    const value = row[field.column] ?? null;
    members[fieldName(field.column)] =
      value !== null && field.isSecret
        ? secrets.toFile(String(value), placeOf(type, row, field.column))
        : jsonValue(field, value);
  }
  return JSON.stringify(members);
}

function jsonValue({ kind }: Field, value: string | number | null): unknown {
  if (value === null) return null;
  if (kind === 'flag') return Number(value) === 1;
  if (kind === 'number') return Number(value);
  return kind === 'json' ? JSON.parse(String(value)) : value;
}

/**
 * How closely a record is looked at: `all` of its rules, as at registration; or its `shape` alone, where the checksum
 * says that it is what a database held.
 */
export type Closeness = 'all' | 'shape';

/** Reads the members of a line that is neither the first nor the last. */
export function readRecord(members: Readonly<Record<string, unknown>>, closeness: Closeness): LineReading {
  const type = TYPES.get(String(members.type));
  if (type === undefined) {
    const known = [...TYPES.keys()].join(', ');
    return { mistakes: [`its \`type\` is none that this version knows (${known})`] };
  }
  const names = new Set(type.fields.map(({ column }) => fieldName(column)));
  const mistakes = Object.keys(members)
    .filter((name) => name !== 'type' && !names.has(name))
    .map((name) => `\`${name}\` is no field of a ${type.type}`);
  const row: Record<string, string | number | null> = {};
  for (const field of type.fields) {
    const value = readField(field, members[fieldName(field.column)]);
    if (value === undefined) mistakes.push(describeWanted(field));
    else row[field.column] = value;
  }
  if (mistakes.length > 0) return { mistakes };
  const whole = { ...row, ...type.derive(row) };
  const found = closeness === 'all' ? type.check(whole) : [];
  return found.length > 0 ? { mistakes: found } : { type, row: whole };
}

/** The value as a column holds it; undefined when it is not one. */
function readField(field: Field, value: unknown): string | number | null | undefined {
  if (value === undefined || value === null) return field.isNullable ? null : undefined;
  switch (field.kind) {
    case 'text': {
      const isAllowed = typeof value === 'string' && !value.includes('\0');
      return isAllowed && (field.choices?.includes(value) ?? true) ? value : undefined;
    }
    case 'number':
      return Number.isSafeInteger(value) ? (value as number) : undefined;
    case 'flag':
      return typeof value === 'boolean' ? Number(value) : undefined;
    case 'json':
      return JSON.stringify(value);
  }
}

const KIND_WORDS = { text: 'a text', number: 'a whole number', flag: 'true or false', json: 'present' };

function describeWanted({ column, kind, choices, isNullable }: Field): string {
  const wanted = choices?.map((choice) => `"${choice}"`).join(' or ') ?? KIND_WORDS[kind];
  return `\`${fieldName(column)}\` must be ${wanted}${isNullable ? ' or null' : ''}`;
}
