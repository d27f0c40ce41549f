/** The OAuth services that a spec names: `<OAuth><Service>`. */
import type { OAuthService, ServiceEndpoint } from '../oauth/oauth-service.ts';
import type { SpecElement } from './gadget-spec.ts';
import { addressOf, attributeOf, childrenOf, requiredAttribute } from './spec-parts.ts';
import { mistakeIn } from './spec-refused.ts';

const MOST_SERVICES = 8;

/** Reads them. @throws {SpecRefused} */
export function readOAuthServices(prefs: SpecElement, specUrl: string): readonly OAuthService[] {
  const names = new Set<string>();
  return childrenOf(prefs, 'OAuth', 1).flatMap((oauth) =>
    childrenOf(oauth, 'Service', MOST_SERVICES).map((element) => {
      const service = readService(element, specUrl);
      const { name } = service;
      if (names.has(name)) throw mistakeIn(element, 'service-twice', { name });
      names.add(name);
      return service;
    }),
  );
}

function readService(element: SpecElement, specUrl: string): OAuthService {
  const name = attributeOf(element, 'name');
  const [authorization] = childrenOf(element, 'Authorization', 1);
  const service = {
    name,
    request: readEndpoint(element, 'Request', specUrl),
    access: readEndpoint(element, 'Access', specUrl),
    authorizationUrl:
      authorization === undefined
        ? null
        : addressOf(authorization, requiredAttribute(authorization, 'url'), specUrl),
  };
  const given = [service.request, service.access, service.authorizationUrl].filter((one) => one !== null);
  if (given.length === 1 || given.length === 2) throw mistakeIn(element, 'service-incomplete', { name });
  return service;
}

function readEndpoint(service: SpecElement, name: string, specUrl: string): ServiceEndpoint | null {
  const [element] = childrenOf(service, name, 1);
  if (element === undefined) return null;
  const method = attributeOf(element, 'method').toUpperCase() || 'GET';
  if (method !== 'GET' && method !== 'POST') throw mistakeIn(element, 'method-unknown', { method });
  const location = attributeOf(element, 'param_location').toLowerCase() || 'auth-header';
  if (location !== 'auth-header' && location !== 'uri-query' && location !== 'post-body') {
    throw mistakeIn(element, 'param-location-unknown', { location });
  }
  const url = addressOf(element, requiredAttribute(element, 'url'), specUrl);
  return { url, method, paramLocation: location };
}
