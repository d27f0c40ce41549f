/**
 * Whether gadgets may reach an address through this installation, and why. Allowed are this installation itself, the
 * service providers it knows (linked installations are such), and what the administrators' rules name. Addresses with
 * a user name or a password in them are none of these: they are written to look like another host.
 */
import type { OutboundRule, ServiceProvider, Storage } from '../../model/index.ts';
import type { GadgetsContext } from '../context.ts';
import { isPlainHost, matchesPattern } from './outbound-pattern.ts';

/** Everything that is allowed at one moment. */
export interface OutboundPlaces {
  /** Origin of this installation. */
  readonly own: string;
  /** Service providers with the origins of their addresses. */
  readonly providers: readonly {
    readonly name: string;
    readonly origins: readonly string[];
    /** Its record allows requests that are signed for nobody in particular, by any method, to any path. */
    readonly isTwoLegged: boolean;
  }[];
  readonly rules: readonly OutboundRule[];
}

/** The judgement about one address; what allows it, or why nothing does. */
export type AddressVerdict =
  | { readonly isAllowed: true; readonly by: 'own'; readonly origin: string }
  | { readonly isAllowed: true; readonly by: 'provider'; readonly origin: string; readonly provider: string }
  | { readonly isAllowed: true; readonly by: 'rule'; readonly origin: string; readonly pattern: string }
  | { readonly isAllowed: false; readonly why: 'no-address' | 'scheme' | 'credentials' }
  | { readonly isAllowed: false; readonly why: 'no-rule'; readonly origin: string };

/** What is allowed now. */
export async function outboundPlaces({
  storage,
  publicUrl,
}: Pick<GadgetsContext, 'storage' | 'publicUrl'>): Promise<OutboundPlaces> {
  const [rules, providers] = await Promise.all([storage.allowList.list(), allProviders(storage)]);
  return {
    own: new URL(publicUrl).origin,
    providers: providers.map((provider) => ({
      name: provider.name,
      origins: originsOf(provider),
      isTwoLegged: isOpenToAnybody(provider),
    })),
    rules,
  };
}

/** Judges an address as a gadget gave it. */
export function judgeAddress(places: OutboundPlaces, address: string | URL): AddressVerdict {
  const url = URL.parse(String(address));
  if (url === null) return { isAllowed: false, why: 'no-address' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { isAllowed: false, why: 'scheme' };
  if (url.username !== '' || url.password !== '') return { isAllowed: false, why: 'credentials' };
  const { origin } = url;
  if (origin === places.own) return { isAllowed: true, by: 'own', origin };
  const provider = places.providers.find(({ origins }) => origins.includes(origin));
  if (provider !== undefined) return { isAllowed: true, by: 'provider', origin, provider: provider.name };
  const rule = places.rules.find(({ pattern }) => matchesPattern(pattern, url));
  if (rule !== undefined) return { isAllowed: true, by: 'rule', origin, pattern: rule.pattern };
  return { isAllowed: false, why: 'no-rule', origin };
}

/**
 * Whether an address may get requests that this installation signs for nobody in particular. A service provider may let
 * such requests act as somebody there; what its record does not allow to anybody else, no gadget gets.
 */
export function maySignTwoLegged({ providers }: OutboundPlaces, { origin }: URL): boolean {
  return providers.every(({ origins, isTwoLegged }) => isTwoLegged || !origins.includes(origin));
}

/** What a gadget's own document may load from, as sources of a content security policy. */
export function allowedSources({ own, providers, rules }: OutboundPlaces): readonly string[] {
  const origins = providers.flatMap(({ origins }) => origins);
  return [...new Set([own, ...origins, ...rules.map(({ pattern }) => pattern)])];
}

function isOpenToAnybody({ twoLegged, allowedMethods, allowedPaths }: ServiceProvider): boolean {
  return twoLegged !== 'off' && allowedMethods.length === 0 && allowedPaths.length === 0;
}

function originsOf(provider: ServiceProvider): readonly string[] {
  const { baseUrl, requestTokenUrl, authorizeUrl, accessTokenUrl } = provider;
  const origins = [baseUrl, requestTokenUrl, authorizeUrl, accessTokenUrl].flatMap((address) => {
    const url = URL.parse(address ?? '');
    return url !== null && isPlainHost(url) ? url.origin : [];
  });
  return [...new Set(origins)];
}

const PAGE_ROWS = 100;

async function allProviders({ serviceProviders }: Storage): Promise<readonly ServiceProvider[]> {
  const all: ServiceProvider[] = [];
  for (;;) {
    const query = { search: '', sort: 'name', descending: false, limit: PAGE_ROWS } as const;
    const { rows, total } = await serviceProviders.list({ ...query, offset: all.length });
    all.push(...rows);
    if (rows.length === 0 || all.length >= total) return all;
  }
}
