/**
 * Which provider and which of its addresses a request is for: `/oauth/out/<provider>/<path>?<query>`. The path goes
 * on as it was sent, below the provider's base URL; one that servers read in different ways is refused, since the
 * provider's allow-list would be held against another reading than the provider's own.
 */
import { isAmbiguousPath, type ServiceProvider } from '../model/index.ts';
import type { WireRequest } from '../web/index.ts';
import { ProxyRefused } from './proxy-refused.ts';

/** Below the public URL. */
export const OUT_PREFIX = '/oauth/out/';

/** What the address says. */
export interface RequestedAddress {
  readonly providerName: string;
  /** Path below the base URL; '' or begins with a slash. */
  readonly path: string;
  /** Raw query; '' if there is none. */
  readonly query: string;
}

/** @throws {ProxyRefused} address-malformed */
export function readRequestedAddress({ localPath, query }: Pick<WireRequest, 'localPath' | 'query'>) {
  const [segment = '', ...rest] = localPath.slice(OUT_PREFIX.length).split('/');
  const path = rest.length === 0 ? '' : `/${rest.join('/')}`;
  const providerName = decoded(segment);
  if (providerName === '' || isAmbiguousPath(path)) {
    throw new ProxyRefused(
      400,
      'address-malformed',
      `The address has to be ${OUT_PREFIX}PROVIDER/PATH, without dot segments, escaped or repeated slashes.`,
    );
  }
  return { providerName, path, query } satisfies RequestedAddress;
}

/**
 * Where the provider's addresses begin, without a slash at the end: its base URL, or else the origin that its tokens
 * come from. Null if neither is entered.
 */
export function addressBase(provider: ServiceProvider): string | null {
  const base = URL.parse(provider.baseUrl ?? '');
  if (base !== null) return base.origin + base.pathname.replace(/\/+$/, '');
  return URL.parse(provider.accessTokenUrl ?? '')?.origin ?? null;
}

/** The local path that leads to an address of the provider; null if it is not below the base. */
export function localPathOf(provider: ServiceProvider, address: URL): string | null {
  const base = addressBase(provider);
  const full = address.origin + address.pathname;
  if (base === null || (full !== base && !full.startsWith(`${base}/`))) return null;
  for (const name of [...address.searchParams.keys()]) {
    if (name.startsWith('oauth_')) address.searchParams.delete(name);
  }
  return OUT_PREFIX + encodeURIComponent(provider.name) + full.slice(base.length) + address.search;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
