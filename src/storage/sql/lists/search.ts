/** Search in lists: plain text, never a pattern. Both sides are in lower case, so every database agrees. */
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** Longer searches are cut: databases limit the length of a pattern. */
const LONGEST_SEARCH = 1000;

/** What a list's search looks at. */
export function searchText(...fields: readonly (string | null)[]): string {
  return fields
    .map((field) => field ?? '')
    .join('\n')
    .toLowerCase();
}

/** The text that a search looks for. NUL ends a pattern in SQLite, and is no character in PostgreSQL: it is found nowhere. */
export function searched(search: string): string {
  return search.toLowerCase().slice(0, LONGEST_SEARCH).replaceAll('\0', '\uFFFD');
}

/** Whether a `search_text` column contains the text; its `%` and `_` stand for themselves. */
export function contains(column: Expression<string>, search: string): RawBuilder<SqlBool> {
  const literal = searched(search).replace(/[\\%_]/g, '\\$&');
  return sql<SqlBool>`${column} like ${`%${literal}%`} escape '\\'`;
}
