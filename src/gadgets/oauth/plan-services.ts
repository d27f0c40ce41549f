/** The plans for a spec's services, by the service providers that are entered now. */
import type { ServiceProvider, ServiceProviderStore } from '../../model/index.ts';
import type { OAuthService } from './oauth-service.ts';
import { resolveServices, type ServicePlan } from './resolve-services.ts';

/** Service providers that are read at once. */
const BATCH = 250;

/** Reads every service provider, and resolves the services by them. */
export async function planServices(
  storage: { readonly serviceProviders: Pick<ServiceProviderStore, 'list'> },
  services: readonly OAuthService[],
): Promise<readonly ServicePlan[]> {
  const providers: ServiceProvider[] = [];
  const query = { search: '', sort: 'name', descending: false, limit: BATCH } as const;
  let isMore = services.length > 0;
  while (isMore) {
    const { rows } = await storage.serviceProviders.list({ ...query, offset: providers.length });
    providers.push(...rows);
    isMore = rows.length === BATCH;
  }
  return resolveServices(services, providers);
}
