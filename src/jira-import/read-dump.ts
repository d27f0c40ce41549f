/**
 * Reads the tables that tell of consumers, tokens and users out of an SQL dump: of PostgreSQL (COPY or INSERT), MySQL
 * and MariaDB, H2 and HSQLDB. Everything else in the dump is passed over.
 */
import { copiedField, type Escapes, escapesOf } from './dump-dialect.ts';
import { type Statement, StatementReader } from './statement-reader.ts';
import { readColumns, readInsert } from './statement-values.ts';

/** The tables that are read; the last two tell the names of users. */
export const JIRA_TABLES = ['oauthspconsumer', 'oauthsptoken', 'app_user', 'cwd_user'] as const;

const WANTED: ReadonlySet<string> = new Set(JIRA_TABLES);

/** A row by its columns' names in lower case. */
export interface JiraRow {
  /** Line of the dump on which its statement begins; null for a row of a running database. */
  readonly line: number | null;
  readonly values: ReadonlyMap<string, string | null>;
}

/** The rows of each table; undefined for a table that is not told of. */
export type JiraTables = Readonly<Partial<Record<(typeof JIRA_TABLES)[number], readonly JiraRow[]>>>;

/** The dump, or the database, is not that of a Jira. */
export class DumpRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DumpRefused';
  }
}

/** One line of a dump. */
export interface DumpLine {
  readonly number: number;
  readonly text: string;
}

/** So much tells which program wrote it. */
const TELLING_LINES = 200;

/** Reads a dump. @throws {DumpRefused} when it tells of no consumers */
export async function readDump(lines: AsyncIterable<DumpLine>): Promise<JiraTables> {
  const reading = new DumpReading();
  const first: DumpLine[] = [];
  for await (const line of lines) {
    if (first.length < TELLING_LINES) first.push(line);
    if (first.length === TELLING_LINES && !reading.hasBegun) reading.begin(first);
    else if (reading.hasBegun) reading.take(line);
  }
  if (!reading.hasBegun) reading.begin(first);
  const tables = reading.end();
  if (tables.oauthspconsumer === undefined) {
    throw new DumpRefused(
      'the dump does not tell of the table oauthspconsumer. It must be an SQL dump in text, of the whole database or of ' +
        `the tables ${JIRA_TABLES.join(', ')}.`,
    );
  }
  return tables;
}

class DumpReading {
  readonly #tables: Partial<Record<string, JiraRow[]>> = {};
  readonly #columns = new Map<string, readonly string[]>();
  #statements: StatementReader | null = null;
  #escapes: Escapes = 'none';
  /** The COPY whose lines are being read. */
  #copying: Statement | null = null;

  get hasBegun(): boolean {
    return this.#statements !== null;
  }

  begin(first: readonly DumpLine[]): void {
    this.#escapes = escapesOf(first.map(({ text }) => text.slice(0, 1000)).join('\n'));
    this.#statements = new StatementReader(WANTED, this.#escapes === 'backslash');
    for (const line of first) this.take(line);
  }

  end(): JiraTables {
    for (const statement of this.#statements!.finish()) this.#use(statement);
    return this.#tables;
  }

  take({ text, number }: DumpLine): void {
    if (this.#copying !== null) this.#copy(text, number);
    else for (const statement of this.#statements!.take(text, number)) this.#use(statement);
  }

  #use(statement: Statement): void {
    const { table, verb, line } = statement;
    if (WANTED.has(table)) this.#tables[table] ??= [];
    if (verb === 'insert') {
      const inserted = readInsert(statement, this.#escapes);
      const columns = inserted?.columns ?? this.#columns.get(table) ?? [];
      for (const values of inserted?.rows ?? []) this.#add(table, line, columns, values);
    } else {
      this.#columns.set(table, readColumns(statement));
      if (verb === 'copy' && /\bfrom\s+stdin\b/i.test(statement.text)) this.#copying = statement;
    }
  }

  #copy(text: string, number: number): void {
    const { table } = this.#copying!;
    if (text === '\\.') this.#copying = null;
    else if (WANTED.has(table))
      this.#add(table, number, this.#columns.get(table) ?? [], text.split('\t').map(copiedField));
  }

  #add(table: string, line: number, columns: readonly string[], values: readonly (string | null)[]): void {
    const pairs = columns.map((column, index) => [column, values[index] ?? null] as const);
    this.#tables[table]!.push({ line, values: new Map(pairs) });
  }
}
