/**
 * What a gadget asks the container to fetch, as it arrives: JSON that a script of our own page wrote, and that
 * anybody with a session could write as well. Everything is checked again here. Headers are a closed list: none of
 * them carries a credential, or makes a server take one method for another.
 */

/** Methods that a gadget may use. */
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH'];

const AUTHORIZATIONS = ['NONE', 'SIGNED', 'OAUTH'] as const;
const CONTENT_TYPES = ['TEXT', 'JSON', 'DOM', 'FEED'] as const;
const TOKEN_USES = ['always', 'if_available', 'never'] as const;

/** A request that may be judged. */
export interface ContainerRequest {
  /** As the gadget gave it; the key of the answer. */
  readonly address: string;
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly contentType: (typeof CONTENT_TYPES)[number];
  readonly authorization: (typeof AUTHORIZATIONS)[number];
  readonly serviceName: string;
  readonly tokenName: string;
  readonly useToken: (typeof TOKEN_USES)[number];
  /** How old a kept answer may be. */
  readonly refreshSeconds: number;
  /** Of a feed: most entries, and whether their summaries are wanted. */
  readonly entries: number;
  readonly hasSummaries: boolean;
  readonly signsOwner: boolean;
  readonly signsViewer: boolean;
}

/** Why a request was not made; each has words for its reader. */
export type RequestMistake =
  | 'request-unreadable'
  | 'address-invalid'
  | 'address-credentials'
  | 'method-unknown'
  | 'authorization-unknown'
  | 'protocol-parameter'
  | 'escape-malformed';

/** A request that is not made. */
export class GadgetRequestRefused extends Error {
  readonly mistake: RequestMistake;
  /** What the words name; cut to what fits into a sentence. */
  readonly value: string;

  constructor(mistake: RequestMistake, value = '') {
    super(`${mistake}: ${value}`);
    this.name = 'GadgetRequestRefused';
    this.mistake = mistake;
    this.value = value.slice(0, 200);
  }
}

/** Headers that gadgets may send. */
const HEADERS = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'x-atlassian-token',
  'x-requested-with',
]);

const FORM = 'application/x-www-form-urlencoded';

/** What an answer without an interval of its own is kept for, and the longest. */
const USUAL_REFRESH = 60;
const LONGEST_REFRESH = 86_400;

const USUAL_ENTRIES = 3;
const MOST_ENTRIES = 100;

/** Longest address, and longest header value. */
const LONGEST = 8192;

/** Reads the request. @throws {GadgetRequestRefused} */
export function readContainerRequest(json: string): ContainerRequest {
  const fields = readFields(json);
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  const address = text('url');
  const method = text('method').toUpperCase() || 'GET';
  if (!METHODS.includes(method)) throw new GadgetRequestRefused('method-unknown', method);
  const authorization = oneOf(AUTHORIZATIONS, text('authorization').toUpperCase() || 'NONE');
  if (authorization === null) throw new GadgetRequestRefused('authorization-unknown', text('authorization'));
  const hasBody = method !== 'GET' && method !== 'HEAD' && (text('body') !== '' || method === 'POST');
  const headers = readHeaders(fields.headers, hasBody);
  return {
    address,
    url: readAddress(address),
    method,
    headers,
    body: hasBody ? Buffer.from(text('body'), 'utf8') : null,
    contentType: oneOf(CONTENT_TYPES, text('contentType').toUpperCase()) ?? 'TEXT',
    authorization,
    serviceName: text('serviceName'),
    tokenName: text('tokenName'),
    useToken: oneOf(TOKEN_USES, text('useToken').toLowerCase()) ?? 'always',
    refreshSeconds: bounded(text('refreshSeconds'), USUAL_REFRESH, LONGEST_REFRESH),
    entries: bounded(text('entries'), USUAL_ENTRIES, MOST_ENTRIES),
    hasSummaries: text('summaries') === 'true',
    signsOwner: text('signOwner') !== 'false',
    signsViewer: text('signViewer') !== 'false',
  };
}

/** Whether a body is a form, by its type. */
export function isForm(headers: Readonly<Record<string, string>>): boolean {
  return (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase() === FORM;
}

function readFields(json: string): Record<string, unknown> {
  try {
    const fields: unknown = JSON.parse(json);
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) {
      return fields as Record<string, unknown>;
    }
  } catch {
    // Told below, in the same words.
  }
  throw new GadgetRequestRefused('request-unreadable');
}

function readAddress(address: string): URL {
  const url = address.length > LONGEST ? null : URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new GadgetRequestRefused('address-invalid', address);
  }
  if (url.username !== '' || url.password !== '')
    throw new GadgetRequestRefused('address-credentials', url.host);
  url.hash = '';
  return url;
}

function readHeaders(given: unknown, hasBody: boolean): Record<string, string> {
  const all = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const kept = all
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(
      ([name, value]) => HEADERS.has(name) && value.length <= LONGEST && /^[\t\x20-\x7e]*$/.test(value),
    );
  const { 'content-type': type, ...headers } = Object.fromEntries(kept);
  return hasBody ? { ...headers, 'content-type': type ?? FORM } : headers;
}

function oneOf<T extends string>(names: readonly T[], text: string): T | null {
  return names.find((name) => name === text) ?? null;
}

function bounded(text: string, usual: number, most: number): number {
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), most) : usual;
}
