/** Search in lists: plain text, never a pattern. Both sides are in one form, so every database agrees. */
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { searchForm } from '../../../model/index.ts';

/** Longer searches are cut: databases limit the length of a pattern. */
const LONGEST_SEARCH = 1000;

/** What a list's search looks at. */
export function searchText(...fields: readonly (string | null)[]): string {
  return searchForm(fields.map((field) => field ?? '').join('\n'));
}

/** The text that a search looks for; never cut within a character. */
export function searched(search: string): string {
  const cut = searchForm(search).slice(0, LONGEST_SEARCH);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** Whether a `search_text` column contains the text; its `%` and `_` stand for themselves. */
export function contains(column: Expression<string>, search: string): RawBuilder<SqlBool> {
  const literal = searched(search).replace(/[\\%_]/g, '\\$&');
  return sql<SqlBool>`${column} like ${`%${literal}%`} escape '\\'`;
}
