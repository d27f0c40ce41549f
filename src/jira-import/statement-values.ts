/** The insides of a statement: column names of a table, and the rows of an INSERT. */
import { type Escapes, plainName, textOf, withoutBackslashes } from './dump-dialect.ts';
import type { Statement } from './statement-reader.ts';

/** The values of a row in the order of the columns; null also for what is no plain value. */
export type Values = readonly (string | null)[];

/** What an INSERT says. */
export interface Inserted {
  /** Null: all columns, in the order of the table. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly Values[];
}

/** One token: a text is marked as such, so that 'NULL' is not NULL. */
interface Token {
  readonly text: string;
  readonly kind: 'text' | 'mark' | 'word';
}

const TOKEN =
  /\s+|--[^\n]*|\/\*|([eEnNxX]|[uU]&|_[a-z0-9]+\s?)?'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[(),]|[^\s(),'"`]+/gy;

/** Reads `INSERT INTO t [(a, b)] VALUES (…), (…)`; null when it is something else. */
export function readInsert({ text }: Statement, escapes: Escapes): Inserted | null {
  const tokens = tokenize(text, escapes);
  const values = tokens.findIndex((token) => token.kind === 'word' && /^values$/i.test(token.text));
  if (values === -1) return null;
  const opening = tokens.slice(0, values).findIndex(isMark('('));
  const columns = opening === -1 ? null : namesIn(readList(tokens, opening).parts);
  const rows: Values[] = [];
  for (let at = values + 1; tokens[at] !== undefined; ) {
    if (!isMark('(')(tokens[at]!)) at += 1;
    else {
      const list = readList(tokens, at);
      rows.push(list.parts.map(readValue));
      at = list.end;
    }
  }
  return { columns, rows };
}

/** Reads the names of the columns from `CREATE TABLE t (…)` or `COPY t (…)`. */
export function readColumns({ text, verb }: Statement): string[] {
  const tokens = tokenize(text, 'none');
  const opening = tokens.findIndex(isMark('('));
  if (opening === -1) return [];
  const { parts } = readList(tokens, opening);
  return namesIn(verb === 'copy' ? parts : parts.filter(([first]) => !CONSTRAINT.test(first?.text ?? '')));
}

const CONSTRAINT = /^(?:primary|key|unique|constraint|index|foreign|check|fulltext)$/i;

const isMark =
  (mark: string) =>
  ({ kind, text }: Token): boolean =>
    kind === 'mark' && text === mark;

function namesIn(parts: readonly (readonly Token[])[]): string[] {
  return parts.map(([first]) => plainName(first?.text ?? ''));
}

/** The parts between a parenthesis and the one that closes it, and where the list ends. */
function readList(tokens: readonly Token[], opening: number): { parts: Token[][]; end: number } {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (let at = opening; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    depth += isMark('(')(token) ? 1 : isMark(')')(token) ? -1 : 0;
    if (depth === 0) return { parts, end: at + 1 };
    if (depth === 1 && isMark(',')(token)) parts.push([]);
    else if (at > opening) parts.at(-1)!.push(token);
  }
  return { parts: [], end: tokens.length };
}

/** A value that is a call, such as STRINGDECODE('…') or CAST('…' AS …), counts as the text in it. */
function readValue(tokens: readonly Token[]): string | null {
  const text = tokens.find(({ kind }) => kind === 'text')?.text;
  const word = tokens[0]?.text ?? '';
  if (text !== undefined) return /^stringdecode$/i.test(word) ? withoutBackslashes(text) : text;
  return tokens.length === 1 && /^(?:-?\d[\d.]*|true|false)$/i.test(word) ? word : null;
}

function tokenize(text: string, escapes: Escapes): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    // What opens something that nothing closes: the statement was cut off, and the rest tells nothing.
    if (found === null) break;
    const [token, prefix = ''] = found;
    at = TOKEN.lastIndex;
    if (token === '/*') at = behind(text, '*/', at);
    else if (token.endsWith("'")) {
      const manner = /^[eE]$/.test(prefix)
        ? 'backslash'
        : /^[uU]&$/.test(prefix)
          ? 'standard-unicode'
          : escapes;
      const end = endOfText(text, at, manner === 'backslash');
      tokens.push({ kind: 'text', text: textOf(text.slice(at, end), manner) });
      at = end + 1;
    } else if (/^[(),]$/.test(token)) tokens.push({ kind: 'mark', text: token });
    else if (!/^(?:\s|--)/.test(token)) tokens.push({ kind: 'word', text: token });
  }
  return tokens;
}

function behind(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? text.length : at + end.length;
}

/** Index of the quote that ends the text; the end of everything if none does. */
function endOfText(text: string, from: number, isEscaped: boolean): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' && isEscaped) at += 1;
    else if (character === "'") {
      if (text[at + 1] !== "'") return at;
      at += 1;
    }
  }
  return text.length;
}
