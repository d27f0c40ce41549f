/**
 * Whether gadgets may reach an address through this installation, and why. Allowed are this installation itself, the
 * service providers it knows (linked installations are such), and what the administrators' rules name. Addresses with
 * a user name or a password in them are none of these: they are written to look like another host.
 */
import type { OutboundRule, ProviderPlace } from '../../model/index.ts';
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
  const [rules, providers] = await Promise.all([
    storage.allowList.list(),
    storage.serviceProviders.listPlaces(),
  ]);
  const own = new URL(publicUrl).origin;
  return { own, providers: providers.map(outboundProvider), rules };
}

/** Addresses are taken apart once for each record, as long as storage gives the same one. */
const KNOWN = new WeakMap<ProviderPlace, OutboundPlaces['providers'][number]>();

function outboundProvider(place: ProviderPlace): OutboundPlaces['providers'][number] {
  const known = KNOWN.get(place);
  if (known !== undefined) return known;
  const provider = { name: place.name, origins: originsOf(place), isTwoLegged: isOpenToAnybody(place) };
  KNOWN.set(place, provider);
  return provider;
}

/** Judges an address as a gadget gave it. */
export function judgeAddress(places: OutboundPlaces, address: string | URL): AddressVerdict {
  const url = typeof address === 'string' ? URL.parse(address) : address;
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

function isOpenToAnybody({ twoLegged, allowedMethods, allowedPaths }: ProviderPlace): boolean {
  return twoLegged !== 'off' && allowedMethods.length === 0 && allowedPaths.length === 0;
}

function originsOf(provider: ProviderPlace): readonly string[] {
  const { baseUrl, requestTokenUrl, authorizeUrl, accessTokenUrl } = provider;
  const origins = [baseUrl, requestTokenUrl, authorizeUrl, accessTokenUrl].flatMap((address) => {
    const url = URL.parse(address ?? '');
    return url !== null && isPlainHost(url) ? url.origin : [];
  });
  return [...new Set(origins)];
}
