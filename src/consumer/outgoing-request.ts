/**
 * Holding a request against its provider's record before it is signed: where it may go, by which methods, to which
 * paths, and what of its headers and body is sent. A signature made with a user's token never leaves for an address
 * that is not the provider's, whoever asks.
 */
import { matchesAnyPath, type ServiceProvider } from '../model/index.ts';
import { RequestNotAllowed } from './errors.ts';
import { readSignedUrl } from './sign-for.ts';

/** A request that may be signed. */
export interface CheckedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of a form body; null for any other body. */
  readonly form: ReadonlyArray<readonly [name: string, value: string]> | null;
  /** A body that is not a form; null if there is none. */
  readonly body: Uint8Array | null;
}

/** Headers that are ours or the connection's to set. */
const REPLACED_HEADERS = new Set([
  'authorization',
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'expect',
]);

/**
 * Checks a request and takes it apart.
 * @throws {RequestNotAllowed}
 */
export function readOutgoing(
  provider: ServiceProvider,
  request: {
    readonly method: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly form?: ReadonlyArray<readonly [name: string, value: string]>;
    readonly body?: Uint8Array;
  },
): CheckedRequest {
  const url = readSignedUrl(provider, request.url);
  const method = request.method.toUpperCase();
  requireReachable(provider, method, url);
  const headers = keptHeaders(request.headers ?? {});
  const { form, body } = readBody(provider, method, request, headers['content-type']);
  const names = [...url.searchParams.keys(), ...(form ?? []).map(([name]) => name)];
  if (names.some((name) => name.startsWith('oauth_'))) {
    throw new RequestNotAllowed(provider.name, 'protocol-parameter');
  }
  return { method, url, headers, form, body };
}

function requireReachable(provider: ServiceProvider, method: string, url: URL): void {
  const refuse = (code: ConstructorParameters<typeof RequestNotAllowed>[1]) =>
    new RequestNotAllowed(provider.name, code);
  const path = pathBelow(provider, url);
  if (path === null) throw refuse('other-origin');
  const { allowedMethods, allowedPaths } = provider;
  const isPlainMethod = /^[A-Z]{1,20}$/.test(method) && method !== 'CONNECT' && method !== 'TRACE';
  if (!isPlainMethod || (allowedMethods.length > 0 && !allowedMethods.includes(method))) {
    throw refuse('method-not-allowed');
  }
  // A path that has a second reading matches no pattern.
  if (allowedPaths.length > 0 && !matchesAnyPath(allowedPaths, path)) throw refuse('path-not-allowed');
}

/** The path below the provider's base URL; null if the address is not below it. */
function pathBelow(provider: ServiceProvider, url: URL): string | null {
  if (provider.baseUrl === null) return isAmongOrigins(provider, url) ? url.pathname : null;
  const base = URL.parse(provider.baseUrl);
  if (base === null || base.origin !== url.origin) return null;
  const prefix = base.pathname.replace(/\/$/, '');
  if (url.pathname === prefix) return '/';
  return url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : null;
}

/** Without a base URL, a provider's data is where its tokens come from. */
function isAmongOrigins(provider: ServiceProvider, url: URL): boolean {
  const addresses = [provider.requestTokenUrl, provider.accessTokenUrl];
  return addresses.some((address) => address !== null && URL.parse(address)?.origin === url.origin);
}

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(lower.filter(([name]) => !REPLACED_HEADERS.has(name)));
}

type Body = Pick<CheckedRequest, 'form' | 'body'>;

function readBody(
  provider: ServiceProvider,
  method: string,
  { form, body }: { readonly form?: CheckedRequest['form'] & object; readonly body?: Uint8Array },
  contentType: string | undefined,
): Body {
  const hasBody = body !== undefined && body.length > 0;
  if (form !== undefined) {
    if (hasBody || method === 'GET' || method === 'HEAD') {
      throw new RequestNotAllowed(provider.name, 'form-with-body');
    }
    return { form, body: null };
  }
  if (!hasBody) return { form: null, body: null };
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') return { form: null, body };
  return { form: readFormBody(provider, body), body: null };
}

/** Its fields are written anew when they are signed, so a form that cannot be read without loss is not sent at all. */
function readFormBody(provider: ServiceProvider, body: Uint8Array): [string, string][] {
  const text = Buffer.from(body).toString('latin1');
  const fields = [...new URLSearchParams(text)] as [string, string][];
  const isClean = /^[\x20-\x7e]*$/.test(text) && !/%(?![0-9a-f]{2})/i.test(text);
  const isLossless = !fields.some((field) => field.join('').includes('\ufffd'));
  if (!isClean || !isLossless) throw new RequestNotAllowed(provider.name, 'malformed-form');
  return fields;
}
