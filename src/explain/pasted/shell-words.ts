/**
 * A command line as a POSIX shell cuts it: single quotes, double quotes, `$'…'` with its escapes, backslashes and
 * continued lines. Nothing is expanded: variables and substitutions stay the text they are. One pass, no recursion.
 */

/** The words; null when a quote is left open. */
export function shellWords(command: string): string[] | null {
  const reader = new ShellReader(command);
  const words: string[] = [];
  for (let word = reader.next(); word !== null; word = reader.next()) words.push(word);
  return reader.isBroken ? null : words;
}

/** What ends a word outside quotes; where one command ends and the next begins makes no difference here. */
const BLANK = /[ \t\r\n;|]/;

/** Escapes of `$'…'`; the numbered ones are read apart. */
const ANSI_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
};

class ShellReader {
  readonly #text: string;
  #at = 0;
  isBroken = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next word; null at the end of the command or at a quote that is never closed. */
  next(): string | null {
    this.#skipBlanks();
    if (this.#at >= this.#text.length || this.isBroken) return null;
    let word = '';
    while (this.#at < this.#text.length && !BLANK.test(this.#text[this.#at]!) && !this.isBroken) {
      word += this.#piece();
    }
    return this.isBroken ? null : word;
  }

  #skipBlanks(): void {
    for (;;) {
      const rest = this.#text[this.#at];
      if (rest !== undefined && BLANK.test(rest)) this.#at += 1;
      else if (rest === '\\' && this.#lineBreakLength(this.#at + 1) > 0) {
        this.#at += 1 + this.#lineBreakLength(this.#at + 1);
      } else return;
    }
  }

  #piece(): string {
    const character = this.#text[this.#at]!;
    if (character === "'") return this.#single();
    if (character === '"') return this.#double();
    if (character === '$' && this.#text[this.#at + 1] === "'") return this.#ansi();
    this.#at += 1;
    if (character !== '\\') return character;
    const breakLength = this.#lineBreakLength(this.#at);
    if (breakLength > 0) {
      this.#at += breakLength;
      return '';
    }
    return this.#text[this.#at++] ?? '';
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end === -1) return this.#break();
    const quoted = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return quoted;
  }

  #double(): string {
    let quoted = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at]!;
      if (character === '"') {
        this.#at += 1;
        return quoted;
      }
      if (character !== '\\') {
        quoted += character;
        continue;
      }
      const breakLength = this.#lineBreakLength(this.#at + 1);
      if (breakLength > 0) {
        this.#at += breakLength;
        continue;
      }
      this.#at += 1;
      const escaped = this.#text[this.#at] ?? '';
      quoted += '$`"\\'.includes(escaped) && escaped !== '' ? escaped : `\\${escaped}`;
    }
    return this.#break();
  }

  #ansi(): string {
    let quoted = '';
    for (this.#at += 2; this.#at < this.#text.length; ) {
      const character = this.#text[this.#at]!;
      this.#at += 1;
      if (character === "'") return quoted;
      quoted += character === '\\' ? this.#ansiEscape() : character;
    }
    return this.#break();
  }

  #ansiEscape(): string {
    const rest = this.#text.slice(this.#at, this.#at + 9);
    const numbered = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/.exec(
      rest,
    );
    if (numbered !== null) {
      this.#at += numbered[0].length;
      const [, byte, short, long, octal] = numbered;
      const code =
        octal === undefined ? Number.parseInt(byte ?? short ?? long!, 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    }
    const escaped = this.#text[this.#at] ?? '';
    this.#at += 1;
    return ANSI_ESCAPES[escaped] ?? escaped;
  }

  #lineBreakLength(at: number): number {
    if (this.#text[at] === '\n') return 1;
    return this.#text[at] === '\r' && this.#text[at + 1] === '\n' ? 2 : 0;
  }

  #break(): string {
    this.isBroken = true;
    return '';
  }
}
