/** Endpoints: the addresses that OAuth clients and other installations call. */
import type { Endpoint } from '../web/index.ts';
import { consumerInformationEndpoints, keySetEndpoint } from './consumer-information.ts';
import type { EndpointDependencies } from './dependencies.ts';
import { tokenEndpoints } from './token-endpoints.ts';
import { whoamiEndpoint } from './whoami.ts';

export type { EndpointDependencies } from './dependencies.ts';

/** Every OAuth address, each with its rule. */
export function oauthEndpoints(dependencies: EndpointDependencies): Endpoint[] {
  return [
    ...tokenEndpoints(dependencies.provider),
    ...consumerInformationEndpoints(dependencies),
    keySetEndpoint(dependencies),
    whoamiEndpoint(dependencies),
  ];
}
