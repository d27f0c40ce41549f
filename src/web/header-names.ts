/**
 * Names of header fields that no proxy may simply pass on, whichever way it carries: those that are bound to one
 * connection, and those that would make the server behind act on another request than the one that was judged.
 */

/** Bound to one connection (RFC 9110 s7.6.1), or about the framing, which is made anew. */
const CONNECTION_BOUND = [
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Would make the server behind act on another method or path than the one that was judged. */
const OVERRIDES = [
  'x-host',
  'x-http-host-override',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-host',
  'x-original-method',
  'x-original-uri',
  'x-original-url',
  'x-override-url',
  'x-rewrite-url',
];

/** CGI hands it to its program as HTTP_PROXY, by which that program then sends what it fetches (CVE-2016-5385). */
const PROXY = 'proxy';

/** Names of request fields that end here, in lower case with hyphens. */
export const NOT_FORWARDED: ReadonlySet<string> = new Set([...CONNECTION_BOUND, ...OVERRIDES, PROXY]);

/** A field's name with every mark made a hyphen: CGI and its heirs turn all of them into underscores. */
export function plainFieldName(lowerCase: string): string {
  return /[^a-z0-9-]/.test(lowerCase) ? lowerCase.replace(/[^a-z0-9]/g, '-') : lowerCase;
}

const NOTHING: ReadonlySet<string> = new Set();
const KEEP_ALIVE: ReadonlySet<string> = new Set(['keep-alive']);

/** The names listed in Connection: the sender asks that they go no further. */
export function connectionNames(values: readonly string[]): ReadonlySet<string> {
  // As nearly every message has it: nothing, or the one word that every client and server knows.
  if (values.length === 0) return NOTHING;
  if (values.length === 1 && values[0] === 'keep-alive') return KEEP_ALIVE;
  return new Set(values.flatMap((value) => value.toLowerCase().split(',')).map((name) => name.trim()));
}
