/** Rules for every single file, tests and tools included: its name, its length, its header, its exports. */
import type { Token } from './tokens.ts';
import type { Violation } from './violation.ts';

const MAX_LINES = 400;

/** Names that say nothing about what a file or directory holds. */
const EMPTY_NAMES = /^(?:utils?|helpers?|common|shared|misc)$/;

const KEBAB_CASE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

/** Every breach of a rule about the file by itself. */
export function findStyleViolations(file: string, text: string, tokens: readonly Token[]): Violation[] {
  const found: Violation[] = [];
  const report = (rule: string, line: number, what: string) => found.push({ rule, file, line, text: what });

  const names = file.split('/');
  for (const name of names.map((part) => part.replace(/\.(?:test\.)?[jt]s$/, ''))) {
    if (EMPTY_NAMES.test(name)) report('telling-names', 1, `${name} says nothing`);
    else if (!KEBAB_CASE.test(name)) report('telling-names', 1, `${name} is not in kebab case`);
  }
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES) report('short-files', lines, `${lines} lines, ${MAX_LINES} are allowed`);
  if (!isTest(file) && !hasHeader(text)) report('header-comment', 1, 'begins without saying what it is for');
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (token.text !== 'export' || token.kind !== 'word') return;
    const isNamedDefault = next?.text === '{' && exportsDefault(tokens, at + 2);
    if (next?.text === 'default' || isNamedDefault)
      report('no-default-export', token.line, 'name what is exported');
  });
  return found;
}

/** A test says what it is for by the titles of its suites. */
function isTest(file: string): boolean {
  return file.endsWith('.test.ts');
}

/** A comment before any code. */
function hasHeader(text: string): boolean {
  return /^(?:#![^\n]*\n)?\/[/*]/.test(text);
}

/** `export { x as default }`. */
function exportsDefault(tokens: readonly Token[], start: number): boolean {
  for (let at = start; at < tokens.length && tokens[at]?.text !== '}'; at += 1) {
    if (tokens[at]?.text === 'as' && tokens[at + 1]?.text === 'default') return true;
  }
  return false;
}
