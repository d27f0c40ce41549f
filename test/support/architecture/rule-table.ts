/**
 * Reads the rules of the house from the table in ARCHITECTURE.md, so that what is written there and what is
 * enforced cannot drift apart. The table is the one whose first column is called `module`.
 */

/** What the table says about one directory below `src/`. */
export interface ModuleRule {
  readonly name: string;
  /** Stair it stands on: imports go only to lower ones. */
  readonly step: number;
  /** Whether it may touch files, network, environment, console, the clock and global randomness. */
  readonly isPure: boolean;
  /** npm packages it may use. */
  readonly packages: ReadonlySet<string>;
  /** Modules that may import it; null if all above may. */
  readonly importers: ReadonlySet<string> | null;
}

/** All rows, by module name. @throws if the table is missing or a row is malformed */
export function readRuleTable(markdown: string): ReadonlyMap<string, ModuleRule> {
  const lines = markdown.split('\n').map((line) => line.trim());
  const head = lines.findIndex((line) => /^\|\s*module\s*\|/.test(line));
  if (head < 0) throw new Error('ARCHITECTURE.md has no table with a column `module`');
  const columns = cells(lines[head] ?? '');
  const rows = lines.slice(
    head + 2,
    lines.findIndex((line, at) => at > head && !line.startsWith('|')),
  );
  return new Map(rows.map((row) => readRow(columns, cells(row))).map((rule) => [rule.name, rule]));
}

function readRow(columns: readonly string[], row: readonly string[]): ModuleRule {
  const cell = (name: string): string => {
    const text = row[columns.indexOf(name)];
    if (text === undefined) throw new Error(`no column \`${name}\` in the row of ${row[0]}`);
    return text;
  };
  const importers = names(cell('imported by'));
  return {
    name: [...names(cell('module'))][0] ?? '',
    step: Number(cell('step')),
    isPure: cell('pure') === 'yes',
    packages: names(cell('packages')),
    importers: importers.size === 0 ? null : importers,
  };
}

function cells(row: string): string[] {
  return row
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

/** The names in a cell: whatever stands between backquotes. */
function names(cell: string): ReadonlySet<string> {
  return new Set([...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
}
