/** The service providers as CSV; their secrets are in no list. */
import { listServiceProviders, SHEETS } from '../../../administration/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { csvAnswer } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readProviderList } from './words.ts';

/** Answers with all that the list's address finds. */
export function providersCsv({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const list = readProviderList(c);
  return csvAnswer('service-providers', SHEETS.serviceProviders, (place) =>
    listServiceProviders(administration, { ...list, ...place }),
  );
}
