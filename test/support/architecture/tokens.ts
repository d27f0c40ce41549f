/**
 * Splits TypeScript or JavaScript into tokens, just far enough for the architecture test: comments vanish, strings
 * are told from code, and what stands inside a template's `${}` is code again. TypeScript 7 offers no compiler API,
 * and searching the raw text would find imports in comments and miss none of the ways to hide one.
 */

/** One token. Text of a string is its content, without quotes. */
export interface Token {
  readonly kind: 'word' | 'string' | 'punctuation' | 'regex';
  readonly text: string;
  /** Line it begins on, from 1. */
  readonly line: number;
}

/** After these a slash begins a regular expression, not a division. */
const BEFORE_REGEX = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'throw',
  'new',
  'await',
]);

const PATTERNS = {
  skip: /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|^#![^\n]*)+/y,
  string: /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y,
  word: /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*|\d[\w.]*/uy,
  regex: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  templatePart: /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y,
  punctuation: /\?\.|=>|[\s\S]/uy,
} as const;

/** All tokens of a source text, in order. */
export function tokenize(source: string): Token[] {
  return new Tokenizer(source).all();
}

class Tokenizer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  all(): Token[] {
    this.#code(false);
    return this.#tokens;
  }

  /** Reads code to the end, or to the brace that closes a template's substitution. */
  #code(inTemplate: boolean): void {
    let depth = 0;
    while (this.#at < this.#source.length) {
      this.#take(PATTERNS.skip);
      const next = this.#source[this.#at];
      if (next === undefined) return;
      if (inTemplate && next === '}' && depth === 0) return;
      if (next === '{') depth += 1;
      if (next === '}') depth -= 1;
      this.#token(next);
    }
  }

  #token(next: string): void {
    if (next === '`') this.#template();
    else if (next === '"' || next === "'") this.#push('string', this.#take(PATTERNS.string)?.slice(1, -1));
    else if (next === '/' && this.#regexMayFollow()) this.#push('regex', this.#take(PATTERNS.regex));
    else this.#push('word', this.#take(PATTERNS.word));
  }

  /** A template without substitutions counts as one string; each part of another one is a string of its own. */
  #template(): void {
    this.#at += 1;
    for (;;) {
      this.#push('string', this.#take(PATTERNS.templatePart) ?? '');
      const isSubstitution = this.#source.startsWith('${', this.#at);
      this.#at += isSubstitution ? 2 : 1;
      if (!isSubstitution) return;
      this.#code(true);
      this.#at += 1;
    }
  }

  #regexMayFollow(): boolean {
    const last = this.#tokens.at(-1);
    if (last === undefined) return true;
    if (last.kind === 'punctuation') return last.text !== ')' && last.text !== ']' && last.text !== '}';
    return last.kind === 'word' && BEFORE_REGEX.has(last.text);
  }

  /** Adds a token; where the pattern did not match, the next character stands for itself. */
  #push(kind: Token['kind'], text: string | null | undefined): void {
    const line = this.#line;
    if (text !== null && text !== undefined) this.#tokens.push({ kind, text, line });
    else this.#tokens.push({ kind: 'punctuation', text: this.#take(PATTERNS.punctuation) ?? '', line });
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#source)?.[0] ?? null;
    if (text === null) return null;
    this.#at += text.length;
    this.#line += text.split('\n').length - 1;
    return text;
  }
}
