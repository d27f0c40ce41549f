/**
 * Finds what a file imports, in every way there is: `import … from`, `import type`, `import 'x'`, `export … from`,
 * `import('x')` as an expression or in a type, and `require('x')`. A dynamic import of something that is not a
 * plain string cannot be checked and is given as such.
 */
import type { Token } from './tokens.ts';

/** One import. */
export interface Import {
  /** What stands between the quotes; null where the target is computed. */
  readonly specifier: string | null;
  readonly line: number;
}

/** All imports of a file, in order. */
export function findImports(tokens: readonly Token[]): Import[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || isMember(tokens, at)) return [];
    if (token.text === 'import') return importAt(tokens, at);
    if (token.text === 'export') return exportAt(tokens, at);
    if (token.text === 'require' && isPunctuation(tokens[at + 1], '(')) return [called(tokens, at)];
    return [];
  });
}

/** Whether the token is a property (`x.import`) or a key (`import: 1`), not the keyword. */
function isMember(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return isPunctuation(before, '.') || isPunctuation(before, '?.') || isPunctuation(tokens[at + 1], ':');
}

function importAt(tokens: readonly Token[], at: number): Import[] {
  const next = tokens[at + 1];
  if (next?.kind === 'string') return [{ specifier: next.text, line: next.line }];
  if (isPunctuation(next, '(')) return [called(tokens, at)];
  if (isPunctuation(next, '.')) return [];
  return fromClause(tokens, at + 1);
}

/** `export` imports only as `export * from`, `export {…} from` and the same with `type`. */
function exportAt(tokens: readonly Token[], at: number): Import[] {
  const isType = tokens[at + 1]?.text === 'type';
  const first = tokens[at + (isType ? 2 : 1)];
  return isPunctuation(first, '*') || isPunctuation(first, '{') ? fromClause(tokens, at + 1) : [];
}

/** The string after the first `from`, unless the clause ends before one. */
function fromClause(tokens: readonly Token[], start: number): Import[] {
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (token?.text === 'from' && next?.kind === 'string') return [{ specifier: next.text, line: next.line }];
    if (isPunctuation(token, ';') || isPunctuation(token, '=') || isPunctuation(token, '(')) return [];
    if (isPunctuation(token, '}') && next?.text !== 'from') return [];
  }
  return [];
}

function called(tokens: readonly Token[], at: number): Import {
  const argument = tokens[at + 2];
  const closing = tokens[at + 3];
  const isPlain = argument?.kind === 'string' && (isPunctuation(closing, ')') || isPunctuation(closing, ','));
  return { specifier: isPlain ? argument.text : null, line: tokens[at]?.line ?? 0 };
}

function isPunctuation(token: Token | undefined, text: string): boolean {
  return token?.kind === 'punctuation' && token.text === text;
}
