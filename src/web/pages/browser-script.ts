/**
 * Scripts for browsers, written in TypeScript in several files and served as one. Each file's types are taken off,
 * and the files are put one after the other into one function, so that nothing of them is seen outside. Imports
 * between them fall away with that, and so do comments and indentation: what is served is small, and still readable.
 * The sources keep to what makes this simple: one name means one thing in all files of a script, exports stand before
 * what they export, no template literal goes over a line's end, and no comment behind code ends like code.
 */
import { accessSync, existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** A script and the files that make it up, in their order. */
export interface BrowserScript {
  /** As pages ask for it: `container.js`. */
  readonly name: string;
  /** Their `.ts` files; where the published package has `.js` in their place, those are read. */
  readonly sources: readonly URL[];
}

/** The text of a script. Taking types off takes long the first time, so it is made when a page first needs it. */
export function browserScriptText(script: BrowserScript): string {
  const body = scriptFiles(script)
    .map((file) => bareLines(readScript(file)))
    .join('\n');
  return `(()=>{"use strict";\n${body}\n})();\n`;
}

/** The files that make it up, as they are here. @throws when one is missing: better at start than at the first page */
export function scriptFiles({ sources }: BrowserScript): readonly URL[] {
  return sources.map((source) => {
    const file = existsSync(source) ? source : new URL(source.href.replace(/\.ts$/, '.js'));
    accessSync(file);
    return file;
  });
}

function readScript(file: URL): string {
  const text = readFileSync(file, 'utf8');
  return file.pathname.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
}

/** The lines that do something. */
function bareLines(script: string): string {
  const kept: string[] = [];
  let skipsUntil: RegExp | null = null;
  for (const line of script.split('\n').map((one) => one.trim())) {
    if (skipsUntil === null) skipsUntil = beginOfNothing(line);
    const isKept = skipsUntil === null && line !== '' && !line.startsWith('//');
    if (isKept) kept.push(tight(line.replace(/^export (?=(?:async )?(?:const|let|function|class)\b)/, '')));
    if (skipsUntil?.test(line)) skipsUntil = null;
  }
  return closed(kept.join('\n'));
}

/** A script in one file as small, whose comments and indentation are gone already; what it imports and exports stays. */
export function tightScript(script: string): string {
  return closed(script.split('\n').map(tight).join('\n'));
}

/** Without the line ends after a sign that parts by itself, and the semicolons that a closing brace makes needless. */
function closed(script: string): string {
  return script.replace(/;\n\}/g, '}').replace(/([{,(;])\n/g, '$1');
}

/**
 * Closes the gaps between words and signs, and those that types left. Texts keep theirs; so does a line with a quotation
 * mark between two strokes, which may be a regular expression and makes it hard to tell what is a text.
 */
function tight(line: string): string {
  const gaps = /\/.*["'`].*\//.test(line) ? GAPS_OF_TYPES : GAPS;
  return line.replace(gaps, (part, quote?: string, sign?: string) => {
    if (quote !== undefined) return part;
    return sign ?? (part.trim() === '' ? ' ' : part.trim());
  });
}

const GAPS = /(["'`])(?:\\.|(?!\1).)*\1| *([=?:{}(),;<>&|*]) *| {2,}/g;
const GAPS_OF_TYPES = /(["'`])(?:\\.|(?!\1).)*\1| +([),;])| {2,}/g;

/** What ends the comment or import that a line begins with; null if it begins with neither. */
function beginOfNothing(line: string): RegExp | null {
  if (line.startsWith('/*')) return /\*\/$/;
  return /^import\b(?!\()|^export \{\};/.test(line) ? /;$/ : null;
}
