/**
 * What a kind of record is made of when it leaves or enters a database: its fields, which of them is the key, and
 * how a row is made whole again. Fields are named in camel case after their columns; what can be worked out from
 * others (search texts, keys of names) is never carried, so it cannot disagree.
 */
import type { Place } from '../sealing/index.ts';
import type { Database } from '../sql/index.ts';

/** How a field is written in JSON: times are whole seconds since 1970, `json` is any value. */
export type FieldKind = 'text' | 'number' | 'flag' | 'json';

/** One column that is carried. */
export interface Field {
  readonly column: string;
  readonly kind: FieldKind;
  readonly isNullable: boolean;
  /** A secret: sealed in the database, and protected in a file as its header says. */
  readonly isSecret: boolean;
  /** Changes with use; no reason to call two records different. */
  readonly isVolatile: boolean;
  /** The only values it may have; undefined allows any. */
  readonly choices?: readonly string[];
}

/** A row as it is stored. */
export type Row = Readonly<Record<string, string | number | null>>;

/** One kind of record. */
export interface RecordType {
  /** The `type` of its lines. */
  readonly type: string;
  readonly table: keyof Database;
  readonly about: string;
  /** Columns that name one record, derived ones included; all columns where nothing less does. */
  readonly key: readonly string[];
  /** Columns of a unique index, in whose order they are read. */
  readonly order: readonly string[];
  readonly fields: readonly Field[];
  /** Columns that are worked out. */
  derive(row: Row): Row;
  /** What is wrong with the record as a whole, in sentences. */
  check(row: Row): readonly string[];
  /** Rows of other tables that must be there before: by column, the table and column it names. */
  readonly owners: Readonly<Record<string, readonly [table: keyof Database, column: string]>>;
  /** Whoever holds one is let in by it: never brought back unasked where others may have been taken away since. */
  readonly givesAccess: boolean;
}

type Trait = 'nullable' | 'secret' | 'volatile';

/** A field in short. */
export function field(column: string, kind: FieldKind = 'text', ...traits: readonly Trait[]): Field {
  return {
    column,
    kind,
    isNullable: traits.includes('nullable'),
    isSecret: traits.includes('secret'),
    isVolatile: traits.includes('volatile'),
  };
}

/** A field that has one of a few values. */
export function choice(column: string, ...choices: readonly string[]): Field {
  return { ...field(column), choices };
}

/** The name of a column's field: `consumer_key` is `consumerKey`. */
export function fieldName(column: string): string {
  return column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Where a row's secret is sealed. */
export function placeOf({ table, key }: RecordType, row: Row, column: string): Place {
  return { table, row: String(row[key[0]!]), column };
}
