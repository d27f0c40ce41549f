/**
 * Splits a dump into statements, and keeps those about the tables that are wanted; and every COPY, since lines of data follow. Line by line, each character
 * once: whatever the file holds, the time is linear and the memory that of the longest wanted statement.
 */
import { plainName } from './dump-dialect.ts';

/** A whole statement, without its semicolon. */
export interface Statement {
  /** Line it begins on. */
  readonly line: number;
  readonly verb: 'insert' | 'create' | 'copy';
  /** As `plainName` gives it. */
  readonly table: string;
  readonly text: string;
}

/** A statement that is longer is none of a dump's. */
const LONGEST_STATEMENT = 256 * 1024 * 1024;

const HEAD =
  /^(insert\s+into|create\s+(?:cached\s+|memory\s+)?table(?:\s+if\s+not\s+exists)?|copy)\s+([^\s(]{1,200})/i;

const VERBS: Readonly<Record<string, Statement['verb']>> = { in: 'insert', cr: 'create', co: 'copy' };

const FIRST = /\S/g;

/** A line that begins so begins a statement: HSQLDB ends them by the end of the line alone. */
const BEGINNING = /^(?:insert\s+into|create|alter|set|grant|copy)\s/i;

/** Where a text, a comment or a name ends; what begins one. */
const OPENING = /['"`;]|--|\/\*|\$(?:[A-Za-z_][A-Za-z_0-9]{0,62})?\$/g;

/** Takes lines, gives statements. */
export class StatementReader {
  readonly #wanted: ReadonlySet<string>;
  readonly #hasBackslashes: boolean;
  #pieces: string[] = [];
  #length = 0;
  #start: Omit<Statement, 'text'> | null = null;
  #isInside = false;
  /** What the text, name or comment that is open ends with; null outside. */
  #closing: string | null = null;
  #isEscaped = false;

  constructor(wanted: ReadonlySet<string>, hasBackslashes: boolean) {
    this.#wanted = wanted;
    this.#hasBackslashes = hasBackslashes;
  }

  /** The statements that end on this line. */
  take(line: string, number: number): Statement[] {
    const ended: Statement[] = [];
    const before = this.#isInside && this.#closing === null && BEGINNING.test(line) ? this.#end() : null;
    if (before !== null) ended.push(before);
    let from = 0;
    while (from <= line.length) {
      if (!this.#isInside && this.#closing === null) from = this.#begin(line, from, number);
      const at = this.#closing === null ? this.#advance(line, from) : this.#close(line, from);
      this.#keep(line.slice(from, at.to));
      from = at.to;
      if (at.isEnd) {
        const statement = this.#end();
        if (statement !== null) ended.push(statement);
        from += 1;
      } else if (from >= line.length) break;
    }
    this.#keep('\n');
    return ended;
  }

  /** What the end of the dump ended. */
  finish(): Statement[] {
    const last = this.#isInside && this.#closing === null ? this.#end() : null;
    return last === null ? [] : [last];
  }

  /** Skips blanks before a statement, and notes what it is. */
  #begin(line: string, from: number, number: number): number {
    FIRST.lastIndex = from;
    const first = FIRST.exec(line)?.index ?? line.length;
    const isCommand = from === 0 && /^[#\\]/.test(line);
    if (isCommand || first === line.length) return line.length;
    const [, verb = '', name = ''] = HEAD.exec(line.slice(first, first + 400)) ?? [];
    const table = plainName(name);
    this.#isInside = !line.startsWith('--', first);
    const isNoted = this.#wanted.has(table) || VERBS[verb.slice(0, 2).toLowerCase()] === 'copy';
    this.#start = isNoted ? { line: number, verb: VERBS[verb.slice(0, 2).toLowerCase()]!, table } : null;
    return first;
  }

  /** Goes on outside of texts, up to what opens one or ends the statement. */
  #advance(line: string, from: number): { to: number; isEnd: boolean } {
    OPENING.lastIndex = from;
    const found = OPENING.exec(line);
    if (found === null) return { to: line.length, isEnd: false };
    const [opening] = found;
    if (opening === ';') return { to: found.index, isEnd: true };
    if (opening === '--') return { to: line.length, isEnd: false };
    this.#closing = opening === '/*' ? '*/' : opening;
    const before = line[found.index - 1] ?? '';
    this.#isEscaped = opening === "'" && (this.#hasBackslashes || /[eE]/.test(before));
    return { to: found.index + opening.length, isEnd: false };
  }

  /** Goes on inside a text, up to behind its end; a doubled quote ends it and opens the next, which comes to the same. */
  #close(line: string, from: number): { to: number; isEnd: boolean } {
    const closing = this.#closing!;
    for (let at = from; ; ) {
      const end = line.indexOf(closing, at);
      if (end === -1) return { to: line.length, isEnd: false };
      if (!this.#isEscaped || backslashesBefore(line, end, from) % 2 === 0) {
        this.#closing = null;
        return { to: end + closing.length, isEnd: false };
      }
      at = end + 1;
    }
  }

  #keep(text: string): void {
    if (this.#start === null) return;
    this.#length += text.length;
    if (this.#length > LONGEST_STATEMENT) this.#start = null;
    else this.#pieces.push(text);
  }

  #end(): Statement | null {
    const text = this.#pieces.join('');
    const statement = this.#start === null ? null : { ...this.#start, text };
    this.#pieces = [];
    this.#length = 0;
    this.#start = null;
    this.#isInside = false;
    return statement;
  }
}

function backslashesBefore(line: string, end: number, from: number): number {
  let count = 0;
  while (end - count - 1 >= from && line[end - count - 1] === '\\') count += 1;
  return count;
}
