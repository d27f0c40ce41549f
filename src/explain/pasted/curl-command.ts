/**
 * A curl command as a request. Options that change what is sent are understood; those that change how curl behaves
 * (`-s`, `-v`, `--compressed`, …) are skipped; the rest is named in `ignored`. Files are never read: `@file` is one
 * of the things left out.
 */
import { encodePercent } from '../../oauth/index.ts';
import { CURL_VALUES_SKIPPED, curlOptions } from './curl-options.ts';
import type { PastedReading } from './pasted-request.ts';
import { shellWords } from './shell-words.ts';
import { cleanUrl } from './url-text.ts';

/** What the options have said so far. */
interface Draft {
  method: string | null;
  url: string | null;
  headers: [string, string][];
  query: string[];
  data: string[];
  /** What curl does of itself with the body that was given, also with one in a file. */
  body: { readonly method: string; readonly contentType: string | null } | null;
  /** Credentials of other options than `-H`, which gives way to no Authorization but its own. */
  authorization: string | null;
  isQuery: boolean;
  isHead: boolean;
  ignored: string[];
}

type Option = (draft: Draft, value: string) => void;

const FORM = { method: 'POST', contentType: 'application/x-www-form-urlencoded' };

/** Options with a value. */
const WITH_VALUE: ReadonlyMap<string, Option> = new Map<string, Option>([
  ['-X', setMethod],
  ['--request', setMethod],
  ['-H', addHeader],
  ['--header', addHeader],
  ['-d', addData],
  ['--data', addData],
  ['--data-ascii', addData],
  ['--data-raw', addRaw],
  ['--data-binary', addData],
  ['--data-urlencode', (draft, value) => addEncoded(draft, draft.data, value)],
  ['--json', addJson],
  ['--url', setUrl],
  ['--url-query', addQuery],
  ['--oauth2-bearer', (draft, value) => (draft.authorization = `Bearer ${value}`)],
  ['-u', addBasic],
  ['--user', addBasic],
  ['-A', (draft, value) => draft.headers.push(['User-Agent', value])],
  ['--user-agent', (draft, value) => draft.headers.push(['User-Agent', value])],
  ['-T', addUpload],
  ['--upload-file', addUpload],
  ['-F', addPart],
  ['--form', addPart],
  ['--form-string', addPart],
]);

/** Options without a value that change what is sent. */
const FLAGS: ReadonlyMap<string, (draft: Draft) => void> = new Map([
  ['-G', setQuery],
  ['--get', setQuery],
  ['-I', setHead],
  ['--head', setHead],
]);

/** Reads a curl command. */
export function readCurl(text: string): PastedReading {
  const words = shellWords(withoutOtherShells(text));
  if (words === null) return { ok: false, mistake: 'curl-quote-open' };
  const start = words.findIndex((word) => /(?:^|[/\\(`])curl(?:\.exe)?$/i.test(word));
  if (start === -1) return { ok: false, mistake: 'not-recognised' };
  const draft: Draft = {
    method: null,
    url: null,
    headers: [],
    query: [],
    data: [],
    body: null,
    authorization: null,
    isQuery: false,
    isHead: false,
    ignored: [],
  };
  for (let at = start + 1; at < words.length; at += 1) at += readWord(draft, words[at]!, words[at + 1]);
  if (draft.url === null) return { ok: false, mistake: 'no-address' };
  return { ok: true, request: finish(draft, draft.url) };
}

/** Windows’ own shells escape with ^ where browsers copy for them, and PowerShell goes on in the next line with `. */
function withoutOtherShells(text: string): string {
  const oneLine = text.replace(/`[ \t]*\r?\n/g, ' ');
  if (!/\^(?:"|\r?\n)/.test(oneLine)) return oneLine;
  return oneLine.replace(/\^(?:\r?\n|(.))/gs, (_, character: string | undefined) => character ?? ' ');
}

const hasValue = (name: string) => WITH_VALUE.has(name) || CURL_VALUES_SKIPPED.has(name);

/** Takes one word; gives how many further words it used up. */
function readWord(draft: Draft, word: string, following: string | undefined): 0 | 1 {
  if (!word.startsWith('-') || word === '-') {
    if (draft.url === null) draft.url = word;
    else draft.ignored.push(word.slice(0, 80));
    return 0;
  }
  for (const { name, attached } of curlOptions(word, hasValue)) {
    const value = attached ?? following;
    FLAGS.get(name)?.(draft);
    if (!hasValue(name) || value === undefined) continue;
    WITH_VALUE.get(name)?.(draft, value);
    return attached === null ? 1 : 0;
  }
  return 0;
}

function setQuery(draft: Draft): void {
  draft.isQuery = true;
}

function setHead(draft: Draft): void {
  draft.isHead = true;
}

function setMethod(draft: Draft, value: string): void {
  draft.method = value;
}

function setUrl(draft: Draft, value: string): void {
  draft.url = value;
}

function addHeader(draft: Draft, value: string): void {
  const colon = value.indexOf(':');
  if (colon > 0) draft.headers.push([value.slice(0, colon).trim(), value.slice(colon + 1).trim()]);
}

function addData(draft: Draft, value: string): void {
  draft.body = FORM;
  if (value.startsWith('@')) draft.ignored.push(value.slice(0, 80));
  else draft.data.push(value);
}

function addRaw(draft: Draft, value: string): void {
  draft.body = FORM;
  draft.data.push(value);
}

/** `content`, `=content`, `name=content`; from a file: not read. */
function addEncoded(draft: Draft, to: string[], value: string): void {
  if (to === draft.data) draft.body = FORM;
  const equals = value.indexOf('=');
  if (equals === -1 && value.includes('@')) draft.ignored.push(value.slice(0, 80));
  else if (equals === -1) to.push(encodePercent(value));
  else
    to.push(`${equals === 0 ? '' : `${value.slice(0, equals)}=`}${encodePercent(value.slice(equals + 1))}`);
}

/** As `--data-urlencode`, for the query; what begins with + stays as it is. */
function addQuery(draft: Draft, value: string): void {
  if (value.startsWith('+')) draft.query.push(value.slice(1));
  else addEncoded(draft, draft.query, value);
}

function addJson(draft: Draft, value: string): void {
  draft.headers.push(['Content-Type', 'application/json']);
  addData(draft, value);
}

function addUpload(draft: Draft): void {
  draft.body = { method: 'PUT', contentType: null };
  draft.ignored.push('-T');
}

function addPart(draft: Draft): void {
  draft.body = { method: 'POST', contentType: 'multipart/form-data' };
  draft.ignored.push('-F');
}

/** Basic credentials are not kept, only that there were some. */
function addBasic(draft: Draft): void {
  draft.authorization = 'Basic';
}

function finish(draft: Draft, url: string) {
  const body = draft.isQuery ? null : draft.body;
  const query = [...draft.query, ...(draft.isQuery ? draft.data : [])].join('&');
  const { address, hasScheme } = cleanUrl(url, 'http');
  const headers = [...draft.headers];
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  if (draft.authorization !== null && !names.has('authorization'))
    headers.push(['Authorization', draft.authorization]);
  if (body !== null && body.contentType !== null && !names.has('content-type'))
    headers.push(['Content-Type', body.contentType]);
  return {
    kind: 'curl',
    method: draft.method ?? (draft.isHead ? 'HEAD' : (body?.method ?? 'GET')),
    url: query === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`,
    hasScheme,
    headers,
    body: Buffer.from(body === null ? '' : draft.data.join('&'), 'utf8'),
    baseString: null,
    ignored: draft.ignored.slice(0, 20),
  } as const;
}
