/** Reads a whole list page by page: what scripts get is never cut off silently. */
import type { Page } from '../model/index.ts';

const PAGE_ROWS = 500;

/** All rows of a list that is paged by offset and limit. */
export async function everyRow<Row>(
  list: (offset: number, limit: number) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await list(rows.length, PAGE_ROWS);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}
