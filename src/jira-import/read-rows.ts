/** The tables as they were read from the database of a running Jira. */
import { DumpRefused, JIRA_TABLES, type JiraTables } from './read-dump.ts';

/** Rows of a table, as texts under the names of their columns. */
export type TextRows = readonly Readonly<Record<string, string | null>>[];

/**
 * Takes the tables by their names in lower case.
 * @throws {DumpRefused} when it tells of no consumers
 */
export function readRows(tables: ReadonlyMap<string, TextRows>): JiraTables {
  if (!tables.has('oauthspconsumer')) {
    throw new DumpRefused(
      'the database has no table oauthspconsumer that this user may see. The URL must lead to the database of a Jira, ' +
        `Confluence or Bitbucket; its user must be allowed to read ${JIRA_TABLES.join(', ')}.`,
    );
  }
  return Object.fromEntries(
    [...tables].map(([table, rows]) => [
      table,
      rows.map((row) => ({
        line: null,
        values: new Map(Object.entries(row).map(([column, text]) => [column.toLowerCase(), text])),
      })),
    ]),
  );
}
