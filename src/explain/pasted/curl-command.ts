/**
 * A curl command as a request. Options that change what is sent are understood; those that change how curl behaves
 * (`-s`, `-v`, `--compressed`, …) are skipped; the rest is named in `ignored`. Files are never read: `@file` is one
 * of the things left out.
 */
import { encodePercent } from '../../oauth/index.ts';
import type { PastedReading } from './pasted-request.ts';
import { shellWords } from './shell-words.ts';
import { cleanUrl } from './url-text.ts';

/** What the options have said so far. */
interface Draft {
  method: string | null;
  url: string | null;
  headers: [string, string][];
  data: string[];
  isQuery: boolean;
  isHead: boolean;
  ignored: string[];
}

type Option = (draft: Draft, value: string) => void;

/** Options with a value. */
const WITH_VALUE: ReadonlyMap<string, Option> = new Map<string, Option>([
  ['-X', setMethod],
  ['--request', setMethod],
  ['-H', addHeader],
  ['--header', addHeader],
  ['-d', addData],
  ['--data', addData],
  ['--data-ascii', addData],
  ['--data-raw', (draft, value) => draft.data.push(value)],
  ['--data-binary', addData],
  ['--data-urlencode', addEncoded],
  ['--json', addJson],
  ['--url', setUrl],
  ['--oauth2-bearer', (draft, value) => draft.headers.push(['Authorization', `Bearer ${value}`])],
  ['-u', addBasic],
  ['--user', addBasic],
  ['-A', (draft, value) => draft.headers.push(['User-Agent', value])],
  ['--user-agent', (draft, value) => draft.headers.push(['User-Agent', value])],
  ['-b', (draft) => draft.ignored.push('-b')],
  ['--cookie', (draft) => draft.ignored.push('--cookie')],
]);

/** Options with a value that say nothing about the request. */
const VALUE_SKIPPED = new Set(
  '-o --output -w --write-out -m --max-time --connect-timeout --retry --cacert --capath -x --proxy --resolve --connect-to -D --dump-header -c --cookie-jar --interface -E --cert --key -e --referer -T --upload-file -F --form --limit-rate'.split(
    ' ',
  ),
);

const IGNORED_VALUES = new Set(['-T', '--upload-file', '-F', '--form']);

/** Single letters without a value, so that `-sSLk` can be cut apart. */
const FLAGS = /^-[a-zA-Z0-9#:]*$/;

/** Reads a curl command. */
export function readCurl(text: string): PastedReading {
  const words = shellWords(text);
  if (words === null) return { ok: false, mistake: 'curl-quote-open' };
  const draft: Draft = {
    method: null,
    url: null,
    headers: [],
    data: [],
    isQuery: false,
    isHead: false,
    ignored: [],
  };
  const start = words.findIndex((word) => /(?:^|[/\\])curl(?:\.exe)?$/i.test(word));
  for (let at = start + 1; at < words.length; at += 1) at += readOption(draft, words[at]!, words[at + 1]);
  if (draft.url === null) return { ok: false, mistake: 'no-address' };
  return { ok: true, request: finish(draft, draft.url) };
}

/** Takes one option; gives how many further words it used up. */
function readOption(draft: Draft, word: string, following: string | undefined): 0 | 1 {
  if (!word.startsWith('-') || word === '-') {
    if (draft.url === null) draft.url = word;
    else draft.ignored.push(word.slice(0, 80));
    return 0;
  }
  const [name, attached] = splitOption(word);
  const option = WITH_VALUE.get(name);
  const value = attached ?? following;
  if (option !== undefined && value !== undefined) {
    option(draft, value);
    return attached === undefined ? 1 : 0;
  }
  if (VALUE_SKIPPED.has(name)) {
    if (IGNORED_VALUES.has(name)) draft.ignored.push(name);
    return attached === undefined ? 1 : 0;
  }
  readFlags(draft, word);
  return 0;
}

function splitOption(word: string): [name: string, attached: string | undefined] {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
  }
  const name = word.slice(0, 2);
  const takesValue = WITH_VALUE.has(name) || VALUE_SKIPPED.has(name);
  return takesValue && word.length > 2 ? [name, word.slice(2)] : [takesValue ? name : word, undefined];
}

function readFlags(draft: Draft, word: string): void {
  if (word === '--get' || (FLAGS.test(word) && word.includes('G'))) draft.isQuery = true;
  if (word === '--head' || (FLAGS.test(word) && word.includes('I'))) draft.isHead = true;
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
  if (value.startsWith('@')) draft.ignored.push(value.slice(0, 80));
  else draft.data.push(value);
}

/** `content`, `=content`, `name=content`; from a file: not read. */
function addEncoded(draft: Draft, value: string): void {
  const equals = value.indexOf('=');
  if (equals === -1 && value.includes('@')) draft.ignored.push(value.slice(0, 80));
  else if (equals === -1) draft.data.push(encodePercent(value));
  else
    draft.data.push(
      `${equals === 0 ? '' : `${value.slice(0, equals)}=`}${encodePercent(value.slice(equals + 1))}`,
    );
}

function addJson(draft: Draft, value: string): void {
  draft.headers.push(['Content-Type', 'application/json']);
  addData(draft, value);
}

/** Basic credentials are not kept, only that there were some. */
function addBasic(draft: Draft): void {
  draft.headers.push(['Authorization', 'Basic']);
}

function finish(draft: Draft, url: string) {
  const data = draft.data.join('&');
  const hasBody = draft.data.length > 0 && !draft.isQuery;
  const { address, hasScheme } = cleanUrl(url, 'http');
  const headers = [...draft.headers];
  if (hasBody && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
  return {
    kind: 'curl',
    method: draft.method ?? (draft.isHead ? 'HEAD' : hasBody ? 'POST' : 'GET'),
    url: draft.isQuery && data !== '' ? `${address}${address.includes('?') ? '&' : '?'}${data}` : address,
    hasScheme,
    headers,
    body: Buffer.from(hasBody ? data : '', 'utf8'),
    baseString: null,
    ignored: draft.ignored.slice(0, 20),
  } as const;
}
