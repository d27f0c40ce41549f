/**
 * The hosts that stand in a spec's text, each with whether gadgets may reach it: for whoever is about to add it. A
 * program can put other addresses together as it runs, which the allow-list decides about then.
 */
import type { ServicePlan } from '../oauth/index.ts';
import { judgeAddress, type OutboundPlaces } from './judge-address.ts';

/** A host that a spec names. */
export interface NamedHost {
  readonly origin: string;
  readonly isAllowed: boolean;
}

/** Hosts of one spec that are listed. */
const MOST_HOSTS = 40;

/** @param plans what becomes of the spec's services: service providers that will be there may be reached */
export function namedHosts(
  spec: { readonly xml: string },
  places: OutboundPlaces,
  plans: readonly ServicePlan[],
): readonly NamedHost[] {
  const planned = { ...places, providers: [...places.providers, ...plans.map(providerOf)] };
  return originsIn(spec).map((origin) => ({ origin, isAllowed: judgeAddress(planned, origin).isAllowed }));
}

/** The origins of all addresses in a text, each once, in order. */
export function originsIn({ xml }: { readonly xml: string }): readonly string[] {
  const addresses = xml.matchAll(/https?:\/\/[^\s"'<>()\\]+/g);
  const origins = [...addresses].flatMap(([address]) => URL.parse(address)?.origin ?? []);
  return [...new Set(origins)].toSorted().slice(0, MOST_HOSTS);
}

function providerOf(plan: ServicePlan): OutboundPlaces['providers'][number] {
  if (!('fields' in plan)) return { name: plan.service, origins: [], isTwoLegged: false };
  const { requestTokenUrl, authorizeUrl, accessTokenUrl } = plan.fields;
  const origins = [requestTokenUrl, authorizeUrl, accessTokenUrl].map((address) => new URL(address).origin);
  return { name: plan.provider, origins, isTwoLegged: false };
}
