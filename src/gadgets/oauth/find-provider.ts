/**
 * From a gadget's service to our record of a service provider. A name alone decides nothing where the spec gives
 * addresses: a spec that names somebody else's provider, and other addresses, gets neither its credential nor a
 * request signed with it. The record alone says where requests go.
 */
import type { ServiceProvider } from '../../model/index.ts';
import { addressesOf, namesAddresses, type OAuthService, type ServiceAddresses } from './oauth-service.ts';

/**
 * The provider that a service means.
 * @param providers all there are, by name
 * @returns null where no record fits
 */
export function findProvider(
  service: OAuthService,
  providers: readonly ServiceProvider[],
): ServiceProvider | null {
  const named = providers.find(({ name }) => name === service.name);
  if (named !== undefined && isMeant(service, named)) return named;
  const addresses = addressesOf(service);
  return addresses === null ? null : nearest(addresses, providers);
}

/** Whether a record of the service's name is what the spec means: it has addresses, and the spec has no others. */
export function isMeant(service: OAuthService, provider: ServiceProvider): boolean {
  if (provider.authorizeUrl === null) return false;
  if (!namesAddresses(service)) return true;
  const addresses = addressesOf(service);
  return addresses !== null && isWithin(addresses, provider);
}

/** Whether all addresses have origins that a record has. */
export function isWithin(addresses: ServiceAddresses, provider: ServiceProvider): boolean {
  const origins = originsOf(provider);
  return Object.values(addresses).every((address) => origins.has(new URL(address).origin));
}

function originsOf(provider: ServiceProvider): ReadonlySet<string> {
  const { requestTokenUrl, authorizeUrl, accessTokenUrl, baseUrl } = provider;
  const known = [requestTokenUrl, authorizeUrl, accessTokenUrl, baseUrl].filter((url) => url !== null);
  return new Set(known.map((url) => new URL(url).origin));
}

/** One host may hold several applications: the same addresses first, then those below the same base URL. */
function nearest(addresses: ServiceAddresses, providers: readonly ServiceProvider[]): ServiceProvider | null {
  const fitting = providers.filter(
    (provider) => provider.authorizeUrl !== null && isWithin(addresses, provider),
  );
  return (
    fitting.find((provider) => hasAddresses(provider, addresses)) ??
    fitting.find((provider) => isBelow(addresses, provider)) ??
    fitting[0] ??
    null
  );
}

function hasAddresses(provider: ServiceProvider, addresses: ServiceAddresses): boolean {
  const { requestTokenUrl, authorizeUrl, accessTokenUrl } = addresses;
  return (
    provider.requestTokenUrl === requestTokenUrl &&
    provider.authorizeUrl === authorizeUrl &&
    provider.accessTokenUrl === accessTokenUrl
  );
}

function isBelow(addresses: ServiceAddresses, { baseUrl }: ServiceProvider): boolean {
  if (baseUrl === null) return false;
  const base = new URL(baseUrl).href.replace(/\/*$/, '/');
  return Object.values(addresses).every((address) => address.startsWith(base));
}
