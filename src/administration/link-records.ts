/**
 * The relation between this installation and another one is two ordinary records that share a base URL: a consumer
 * (they may ask our users) and a service provider that is signed for with our own key (we may ask theirs). There is
 * no third record that could say otherwise; here the two are found, one from the other.
 */
import type { Consumer, ServiceProvider } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';

/** What there is of a relation; null is a direction that is not open. */
export interface Link {
  /** They may ask our users. */
  readonly consumer: Consumer | null;
  /** We may ask their users. */
  readonly provider: ServiceProvider | null;
}

/** The records that belong to the installation at a base URL. */
export async function findLink({ storage }: AdministrationContext, baseUrl: string): Promise<Link> {
  const [consumers, providers] = await Promise.all([
    storage.consumers.listByBaseUrl(baseUrl),
    storage.serviceProviders.listByBaseUrl(baseUrl),
  ]);
  return {
    consumer: consumers[0] ?? null,
    provider: providers.find(({ secret }) => secret === null) ?? null,
  };
}
