/** A HAR file, one entry of it, or the request alone: the request that carries OAuth, else the first. */
import type { PastedReading } from './pasted-request.ts';
import { cleanUrl } from './url-text.ts';

/** Entries that are looked through at most. */
const MOST_ENTRIES = 5000;

type Json = Readonly<Record<string, unknown>>;

/** Reads JSON. */
export function readHar(text: string): PastedReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, mistake: 'har-not-json' };
  }
  const requests = requestsOf(value);
  const chosen = requests.find(carriesOAuth) ?? requests[0];
  if (chosen === undefined) return { ok: false, mistake: 'har-without-request' };
  const { address, hasScheme } = cleanUrl(textOf(chosen.url), 'https');
  return {
    ok: true,
    request: {
      kind: 'har',
      method: textOf(chosen.method) || 'GET',
      url: address,
      hasScheme,
      headers: headersOf(chosen).filter(([name]) => !name.startsWith(':')),
      body: Buffer.from(bodyOf(chosen), 'utf8'),
      baseString: null,
      ignored: [],
    },
  };
}

function requestsOf(value: unknown): Json[] {
  if (!isObject(value)) return [];
  const log = isObject(value.log) ? value.log : value;
  const entries = Array.isArray(log.entries) ? log.entries.slice(0, MOST_ENTRIES) : [value];
  return entries
    .map((entry: unknown) => (isObject(entry) && isObject(entry.request) ? entry.request : entry))
    .filter((request: unknown): request is Json => isObject(request) && textOf(request.url) !== '');
}

function carriesOAuth(request: Json): boolean {
  if (/[?&]oauth_/.test(textOf(request.url)) || bodyOf(request).includes('oauth_')) return true;
  return headersOf(request).some(
    ([name, value]) => name.toLowerCase() === 'authorization' && /^oauth\b/i.test(value),
  );
}

function headersOf({ headers }: Json): [string, string][] {
  if (!Array.isArray(headers)) return [];
  return headers
    .slice(0, 500)
    .filter(isObject)
    .map((header) => [textOf(header.name), textOf(header.value)]);
}

/** The body's text; pairs of a form where the tool kept only those. */
function bodyOf({ postData }: Json): string {
  if (!isObject(postData)) return '';
  if (typeof postData.text === 'string' && postData.text !== '') return postData.text;
  if (!Array.isArray(postData.params)) return '';
  return postData.params
    .slice(0, 1000)
    .filter(isObject)
    .map(
      ({ name, value }) =>
        `${encodeURIComponent(textOf(name).toWellFormed())}=${encodeURIComponent(textOf(value).toWellFormed())}`,
    )
    .join('&');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
