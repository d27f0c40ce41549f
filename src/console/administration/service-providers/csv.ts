/** The service providers as CSV; their secrets are in no list. */
import { listServiceProviders, type ServiceProviderView } from '../../../administration/index.ts';
import type { SignedInContext } from '../../../web/index.ts';
import { type CsvColumns, csvAnswer, csvMoment } from '../csv.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { readProviderList } from './words.ts';

const COLUMNS: CsvColumns<ServiceProviderView> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  consumer_key: ({ consumerKey }) => consumerKey,
  credential: ({ ownKey }) => (ownKey ? 'own-key' : 'shared-secret'),
  signature_method: ({ signatureMethod }) => signatureMethod,
  request_token_url: ({ requestTokenUrl }) => requestTokenUrl,
  authorize_url: ({ authorizeUrl }) => authorizeUrl,
  access_token_url: ({ accessTokenUrl }) => accessTokenUrl,
  base_url: ({ baseUrl }) => baseUrl,
  confirms_callback: ({ confirmsCallback }) => confirmsCallback,
  two_legged: ({ twoLegged }) => twoLegged,
  hand_entry: ({ handEntry }) => handEntry,
  allowed_methods: ({ allowedMethods }) => allowedMethods,
  allowed_paths: ({ allowedPaths }) => allowedPaths,
  created: ({ createdAt }) => csvMoment(createdAt),
  updated: ({ updatedAt }) => csvMoment(updatedAt),
};

/** Answers with all that the list's address finds. */
export function providersCsv({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const list = readProviderList(c);
  return csvAnswer('service-providers', COLUMNS, (place) =>
    listServiceProviders(administration, { ...list, ...place }),
  );
}
