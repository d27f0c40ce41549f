/**
 * What adding a gadget does to our service providers, as a plan that an administrator sees before it is carried out:
 * each service of the spec is one that is known, one of that name that gets the spec's addresses, or a new one that
 * is signed for with our own key. A spec never changes where an existing credential is used, and never points one
 * that travels in the clear anywhere.
 */
import { isLoopbackHost, type ServiceProvider } from '../../model/index.ts';
import type { Carrier } from '../../oauth/index.ts';
import { findProvider, isWithin } from './find-provider.ts';
import {
  addressesOf,
  type OAuthService,
  type ParamLocation,
  type ServiceAddresses,
} from './oauth-service.ts';

/** Why a service cannot be had. */
export type ServiceFault = 'incomplete' | 'other-addresses' | 'insecure' | 'plaintext';

/** Fields that the spec gives to a record. */
export interface ServiceFields extends ServiceAddresses {
  readonly carrier: Carrier;
  readonly tokenMethod: string;
}

/** What becomes of one service. */
export type ServicePlan =
  /** There is a record already. */
  | { readonly kind: 'known'; readonly service: string; readonly provider: string; readonly ownKey: boolean }
  /** The record of that name has no addresses, and gets the spec's. */
  | {
      readonly kind: 'completed';
      readonly service: string;
      readonly provider: string;
      readonly ownKey: boolean;
      readonly fields: ServiceFields;
    }
  /** A new record, signed for with our own key. */
  | {
      readonly kind: 'created';
      readonly service: string;
      readonly provider: string;
      readonly fields: ServiceFields;
    }
  /** An administrator has to do something first. */
  | {
      readonly kind: 'refused';
      readonly service: string;
      readonly code: ServiceFault;
      /** What the spec says, for showing; null where it is not whole. */
      readonly addresses: ServiceAddresses | null;
    };

/** Plans for all services of a spec. @param providers all service providers there are, by name */
export function resolveServices(
  services: readonly OAuthService[],
  providers: readonly ServiceProvider[],
): readonly ServicePlan[] {
  return services.map((service) => resolve(service, providers));
}

function resolve(service: OAuthService, providers: readonly ServiceProvider[]): ServicePlan {
  const addresses = addressesOf(service);
  const provider = nameFor(service, addresses);
  const named = providers.find(({ name }) => name === provider);
  const fault = faultOf(addresses, named);
  // A record of that name that still waits for addresses was entered for this service: it comes before any other
  // whose host happens to be the same.
  if (fault === null && named !== undefined) {
    const ownKey = named.secret === null;
    return {
      kind: 'completed',
      service: service.name,
      provider,
      ownKey,
      fields: fieldsOf(service, addresses!),
    };
  }
  const known = findProvider(service, providers);
  if (known !== null) {
    return { kind: 'known', service: service.name, provider: known.name, ownKey: known.secret === null };
  }
  if (fault !== null) return { kind: 'refused', service: service.name, code: fault, addresses };
  return { kind: 'created', service: service.name, provider, fields: fieldsOf(service, addresses!) };
}

/** What the record is called that a service gets; a service without a name is called after its host. */
function nameFor({ name }: OAuthService, addresses: ServiceAddresses | null): string {
  return name === '' && addresses !== null ? new URL(addresses.accessTokenUrl).host : name;
}

/** Why a service's addresses are given to no record, neither to the one of its name nor to a new one. */
function faultOf(
  addresses: ServiceAddresses | null,
  named: ServiceProvider | undefined,
): ServiceFault | null {
  if (addresses === null) return 'incomplete';
  if (!Object.values(addresses).every(isSecure)) return 'insecure';
  if (named === undefined) return null;
  if (named.authorizeUrl !== null || (named.baseUrl !== null && !isWithin(addresses, named))) {
    return 'other-addresses';
  }
  return named.signatureMethod === 'PLAINTEXT' ? 'plaintext' : null;
}

function fieldsOf(service: OAuthService, addresses: ServiceAddresses): ServiceFields {
  return { ...addresses, ...conductOf(service) };
}

/** An administrator may enter a record for plain http; a spec may not. */
function isSecure(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopbackHost(hostname);
}

const CARRIERS: Readonly<Record<ParamLocation, Carrier>> = {
  'auth-header': 'header',
  'uri-query': 'query',
  'post-body': 'body',
};

/** A record has one way for both token addresses; specs that give two are not known to exist. */
function conductOf({ request }: OAuthService): Pick<ServiceFields, 'carrier' | 'tokenMethod'> {
  return {
    carrier: CARRIERS[request?.paramLocation ?? 'auth-header'],
    tokenMethod: request?.method.toUpperCase() === 'POST' ? 'POST' : 'GET',
  };
}
