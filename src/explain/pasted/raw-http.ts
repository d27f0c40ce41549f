/**
 * A request as text: a request line with headers and body, HTTP/2 pseudo-headers as browsers' tools show them, or no
 * more than method, address and an Authorization header. `> ` in front of lines, as `curl -v` prints them, is
 * taken off.
 */
import type { PastedReading } from './pasted-request.ts';
import { cleanUrl } from './url-text.ts';

const REQUEST_LINE =
  /^([A-Za-z]{3,16})[ \t]+((?:\/|https?:\/\/|localhost|[\w-]+(?:\.[\w-]+)+)\S*)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/i;
const HEADER_LINE = /^(:?[!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/;
const PROMPT = /^[>][ \t]?/;

/** Longest head that is read, in lines. */
const MOST_LINES = 2000;

interface Head {
  line: { method: string; target: string } | null;
  readonly headers: [string, string][];
  readonly pseudo: Map<string, string>;
}

/** Reads a request from its lines. */
export function readRawHttp(text: string): PastedReading {
  const { lines, body } = cutHead(text);
  const head: Head = { line: null, headers: [], pseudo: new Map() };
  for (const line of lines) readLine(head, line);
  const line = head.line ?? fromPseudo(head.pseudo);
  return line === null
    ? { ok: false, mistake: 'no-address' }
    : assemble(line, head.headers, head.pseudo, body);
}

function readLine(head: Head, text: string): void {
  if (head.line === null) {
    const requestLine = REQUEST_LINE.exec(text);
    const isBareAddress = /^(?:\/|https?:\/\/)\S*$/i.test(text);
    if (requestLine !== null) head.line = { method: requestLine[1]!, target: requestLine[2]! };
    else if (isBareAddress) head.line = { method: 'GET', target: text };
    if (head.line !== null) return;
  }
  if (/^OAuth[ \t]/i.test(text)) head.headers.push(['Authorization', text]);
  const header = HEADER_LINE.exec(text);
  if (header === null) return;
  const [, name = '', value = ''] = header;
  if (name.startsWith(':')) head.pseudo.set(name, value.trim());
  else head.headers.push([name, value.trimEnd()]);
}

function assemble(
  line: { method: string; target: string },
  headers: [string, string][],
  pseudo: ReadonlyMap<string, string>,
  body: string,
): PastedReading {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? pseudo.get(':authority') ?? '';
  const isAbsolute = /^https?:\/\//i.test(line.target);
  if (!isAbsolute && host === '') return { ok: false, mistake: 'no-address' };
  const scheme = pseudo.get(':scheme') === 'http' ? 'http' : 'https';
  const { address, hasScheme } = cleanUrl(isAbsolute ? line.target : host + line.target, scheme);
  return {
    ok: true,
    request: {
      kind: headers.length === 1 && body === '' && host === '' ? 'header' : 'http',
      method: line.method,
      url: address,
      hasScheme: hasScheme || pseudo.has(':scheme'),
      headers,
      body: Buffer.from(body, 'utf8'),
      baseString: null,
      ignored: [],
    },
  };
}

function fromPseudo(pseudo: ReadonlyMap<string, string>): { method: string; target: string } | null {
  const target = pseudo.get(':path');
  return target === undefined ? null : { method: pseudo.get(':method') ?? 'GET', target };
}

/** The lines before the first empty one, continued ones joined, and what follows them. */
function cutHead(text: string): { lines: string[]; body: string } {
  const lines = text.split(/\r?\n/, MOST_LINES);
  const isPrompted = lines.some((line) => /^> [A-Z]+ \S+ HTTP\//.test(line));
  const clean = isPrompted
    ? lines.filter((line) => line.startsWith('>')).map((line) => line.replace(PROMPT, ''))
    : lines;
  const first = clean.findIndex((line) => line.trim() !== '');
  const end = clean.findIndex((line, at) => at > first && line.trim() === '');
  const head: string[] = [];
  for (const line of clean.slice(Math.max(first, 0), end === -1 ? undefined : end)) {
    if (/^[ \t]+\S/.test(line) && head.length > 0) head.push(`${head.pop()} ${line.trim()}`);
    else head.push(line.trim());
  }
  if (end === -1 || isPrompted) return { lines: head, body: '' };
  const blank = /\r?\n[ \t]*\r?\n/.exec(text.trimStart());
  return { lines: head, body: blank === null ? '' : text.trimStart().slice(blank.index + blank[0].length) };
}
