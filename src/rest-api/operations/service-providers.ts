/** Operations on service providers, and on links with other installations. */
import type { z } from 'zod';
import {
  addServiceProvider,
  consumerView,
  editServiceProvider,
  findLink,
  findServiceProvider,
  type Link as LinkedRecords,
  lastProviderTest,
  linkInstallation,
  listServiceProviders,
  removeServiceProvider,
  type ServiceProviderInput,
  serviceProviderView,
  unlinkInstallation,
} from '../../administration/index.ts';
import { nowSeconds, Secret } from '../../base/index.ts';
import { plainBase } from '../../model/index.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { listed, readPage } from '../paging.ts';
import { fetchAsSeen } from '../published-information.ts';
import { ServiceProviderQuery } from '../schemas/queries.ts';
import { Link, LinkChoice, NewLink } from '../schemas/records.ts';
import {
  NewServiceProvider,
  ServiceProvider,
  ServiceProviderEdit,
  ServiceProviderPage,
  ServiceProviderUse,
} from '../schemas/service-provider.ts';

const group = 'Service providers';

async function show({ administration }: RestApiContext, { name = '' }: Readonly<Record<string, string>>) {
  return serviceProviderView(await findServiceProvider(administration, name));
}

export const serviceProviderOperations: readonly Operation[] = [
  operation({
    id: 'listServiceProviders',
    group,
    method: 'GET',
    path: '/service-providers',
    summary: 'The service providers',
    scope: 'read',
    status: 200,
    query: ServiceProviderQuery,
    answer: ServiceProviderPage,
    run: async ({ administration }, { query }) => ({
      value: await readPage(
        administration,
        query,
        (place) => listServiceProviders(administration, listed(query, place)),
        (row) => row,
      ),
    }),
  }),
  operation({
    id: 'addServiceProvider',
    group,
    method: 'POST',
    path: '/service-providers',
    summary: 'Add a service provider',
    scope: 'write',
    status: 201,
    body: NewServiceProvider,
    answer: ServiceProvider,
    async run({ administration }, { body, actor }) {
      const provider = await addServiceProvider(administration, inputOf(body), actor);
      const location = `/service-providers/${encodeURIComponent(provider.name)}`;
      return { value: serviceProviderView(provider), location };
    },
  }),
  operation({
    id: 'readServiceProvider',
    group,
    method: 'GET',
    path: '/service-providers/{name}',
    summary: 'One service provider, without its secret',
    scope: 'read',
    status: 200,
    answer: ServiceProvider,
    current: show,
    run: async (context, { params }) => ({ value: await show(context, params) }),
  }),
  operation({
    id: 'readServiceProviderUse',
    group,
    method: 'GET',
    path: '/service-providers/{name}/use',
    summary: 'How many users are connected to it, when it was used last, and how its last test ended',
    scope: 'read',
    status: 200,
    answer: ServiceProviderUse,
    async run({ administration }, { params: { name = '' } }) {
      const provider = await findServiceProvider(administration, name);
      const [use, lastTest] = await Promise.all([
        administration.storage.connections.useOfProvider(provider),
        lastProviderTest(administration, provider.name),
      ]);
      return { value: { ...use, lastTest } };
    },
  }),
  operation({
    id: 'changeServiceProvider',
    group,
    method: 'PATCH',
    path: '/service-providers/{name}',
    summary: 'Change a service provider; what is left out stays as it is',
    scope: 'write',
    status: 200,
    body: ServiceProviderEdit,
    answer: ServiceProvider,
    current: show,
    async run({ administration }, { params: { name = '' }, body, expectedUpdatedAt, actor }) {
      const input = inputOf(body);
      const provider = await editServiceProvider(administration, name, input, expectedUpdatedAt, actor);
      return { value: serviceProviderView(provider) };
    },
  }),
  operation({
    id: 'removeServiceProvider',
    group,
    method: 'DELETE',
    path: '/service-providers/{name}',
    summary: 'Remove a service provider with all connections to it',
    scope: 'write',
    status: 204,
    answer: null,
    current: show,
    async run({ administration }, { params: { name = '' }, actor }) {
      await removeServiceProvider(administration, name, actor);
      return {};
    },
  }),
];

export const linkOperations: readonly Operation[] = [
  operation({
    id: 'readLink',
    group: 'Links',
    method: 'GET',
    path: '/links',
    summary: 'What is open between us and the installation at a base URL',
    scope: 'read',
    status: 200,
    query: LinkChoice,
    answer: Link,
    run: async (context, { query }) => ({ value: await linkAt(context, plainBase(query.baseUrl)) }),
  }),
  operation({
    id: 'linkInstallation',
    group: 'Links',
    method: 'POST',
    path: '/links',
    summary: 'Open our side of a link with another installation',
    scope: 'write',
    status: 201,
    body: NewLink,
    answer: Link,
    async run({ administration, outbound }, { body: { digest, ...choice }, actor }) {
      const baseUrl = plainBase(choice.baseUrl);
      const information = await fetchAsSeen({ outbound }, baseUrl, digest);
      const link = await linkInstallation(administration, { ...choice, baseUrl, information }, actor);
      return {
        value: shown(administration, baseUrl, link),
        location: `/links?baseUrl=${encodeURIComponent(baseUrl)}`,
      };
    },
  }),
  operation({
    id: 'unlinkInstallation',
    group: 'Links',
    method: 'DELETE',
    path: '/links',
    summary: 'End our side of a link, with all access through it',
    scope: 'write',
    status: 204,
    query: LinkChoice,
    answer: null,
    async run({ administration }, { query, actor }) {
      await unlinkInstallation(administration, plainBase(query.baseUrl), actor);
      return {};
    },
  }),
];

async function linkAt({ administration }: RestApiContext, baseUrl: string) {
  return shown(administration, baseUrl, await findLink(administration, baseUrl));
}

function shown(
  { clock }: RestApiContext['administration'],
  baseUrl: string,
  { consumer, provider }: LinkedRecords,
) {
  return {
    baseUrl,
    consumer: consumer && consumerView(consumer, nowSeconds(clock)),
    provider: provider && serviceProviderView(provider),
  };
}

/** The fields of the form: those that were left out are left out, and null is blank. */
function inputOf({
  secret,
  twoLegged,
  ...fields
}: z.infer<typeof ServiceProviderEdit>): ServiceProviderInput {
  const given = Object.entries({ ...fields, providerTwoLegged: twoLegged })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value ?? '']);
  return { ...Object.fromEntries(given), secret: secret === undefined ? null : new Secret(secret) };
}
