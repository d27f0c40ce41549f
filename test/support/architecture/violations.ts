/**
 * Judges a set of source files by the rules of the house. Works on texts that are handed in, so that the test can
 * show it seeded violations: a checker that silently sees nothing would look just as green.
 */
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { findCycles } from './cycles.ts';
import { findForbiddenGlobals, findGuessableChance } from './globals.ts';
import { findImports, type Import } from './imports.ts';
import type { ModuleRule } from './rule-table.ts';
import { findStyleViolations } from './style.ts';
import { type Token, tokenize } from './tokens.ts';
import type { Violation } from './violation.ts';

/** Files by path from the project's root (`src/oauth/index.ts`), and the rules by module. */
export interface Source {
  readonly files: ReadonlyMap<string, string>;
  readonly rules: ReadonlyMap<string, ModuleRule>;
}

/** Node's modules that a pure module may use: they compute, and touch nothing. */
const PURE_BUILTINS = new Set(['node:crypto', 'node:util', 'node:buffer']);

/** Every breach in these files. */
export function findViolations({ files, rules }: Source): Violation[] {
  const graph = new Map<string, string[]>();
  const found: Violation[] = [];
  for (const [file, text] of files) {
    const tokens = tokenize(text);
    found.push(...findStyleViolations(file, text, tokens));
    if (!isProductCode(file)) continue;
    const imports = findImports(tokens);
    graph.set(file, localTargets(file, imports));
    found.push(...judgeFile(file, tokens, imports, { files, rules }));
  }
  for (const cycle of findCycles(graph)) {
    found.push({ rule: 'no-cycles', file: cycle[0] ?? '', line: 1, text: cycle.join(' → ') });
  }
  return found;
}

/** Code that is shipped: below `src/`, and not a test. Only it has to keep to the staircase. */
function isProductCode(file: string): boolean {
  return file.startsWith('src/') && file.endsWith('.ts') && !file.endsWith('.test.ts');
}

function judgeFile(
  file: string,
  tokens: readonly Token[],
  imports: readonly Import[],
  source: Source,
): Violation[] {
  const own = moduleOf(file);
  if (own === null) return [];
  const rule = source.rules.get(own);
  if (rule === undefined)
    return [{ rule: 'known-module', file, line: 1, text: `${own} is not in the table` }];
  const judged = imports.flatMap((one) => {
    const breach = judgeImport(file, rule, one, source);
    return breach === null ? [] : [{ ...breach, file, line: one.line }];
  });
  const chance = findGuessableChance(file, tokens);
  return [...judged, ...chance, ...(rule.isPure ? findForbiddenGlobals(file, tokens) : [])];
}

type Breach = Pick<Violation, 'rule' | 'text'>;

function judgeImport(file: string, rule: ModuleRule, { specifier }: Import, source: Source): Breach | null {
  if (specifier === null) return { rule: 'plain-imports', text: 'the target of this import is computed' };
  if (specifier.startsWith('.')) return judgeLocal(file, rule, specifier, source);
  if (specifier.startsWith('node:')) {
    const isAllowed = !rule.isPure || PURE_BUILTINS.has(specifier);
    return isAllowed ? null : { rule: 'pure-modules', text: `${rule.name} must not use ${specifier}` };
  }
  const name = packageOf(specifier);
  if (builtinModules.includes(name)) return { rule: 'plain-imports', text: `write node:${specifier}` };
  return rule.packages.has(name)
    ? null
    : { rule: 'named-packages', text: `${rule.name} does not name ${name}` };
}

function judgeLocal(
  file: string,
  rule: ModuleRule,
  specifier: string,
  { files, rules }: Source,
): Breach | null {
  const target = join(dirname(file), specifier);
  if (!files.has(target)) return { rule: 'plain-imports', text: `${specifier} does not exist` };
  const other = moduleOf(target);
  if (other === rule.name) return null;
  const otherRule = other === null ? undefined : rules.get(other);
  if (otherRule === undefined) return { rule: 'down-only', text: `${target} is outside the staircase` };
  if (otherRule.step === rule.step) return { rule: 'no-sideways', text: `${rule.name} imports ${other}` };
  if (otherRule.step > rule.step) return { rule: 'down-only', text: `${rule.name} imports ${other}` };
  if (otherRule.importers !== null && !otherRule.importers.has(rule.name)) {
    return { rule: 'closed-modules', text: `${other} is not for ${rule.name}` };
  }
  return isDoor(target, `src/${other}/`, files)
    ? null
    : { rule: 'index-only', text: `enter ${other} through its index.ts, not ${target}` };
}

/** A module's door is its index.ts. One without, such as a set of adapters, has a door in each of its directories. */
function isDoor(target: string, directory: string, files: ReadonlyMap<string, string>): boolean {
  const door = target.slice(directory.length);
  return door === 'index.ts' || (/^[^/]+\/index\.ts$/.test(door) && !files.has(`${directory}index.ts`));
}

/** The directory below `src/` that a file belongs to; null for files directly in `src/` and elsewhere. */
function moduleOf(file: string): string | null {
  return /^src\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function localTargets(file: string, imports: readonly Import[]): string[] {
  return imports
    .map((one) => one.specifier)
    .filter((specifier) => specifier?.startsWith('.') === true)
    .map((specifier) => join(dirname(file), specifier ?? ''));
}
