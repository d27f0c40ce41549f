/** Operations on the history of one consumer or service provider, and going back to earlier settings of it. */
import {
  type AdministrationContext,
  consumerHistory,
  consumerView,
  findConsumer,
  findServiceProvider,
  type HistoryEntry,
  restoreConsumer,
  restoreServiceProvider,
  serviceProviderHistory,
  serviceProviderView,
} from '../../administration/index.ts';
import { nowSeconds } from '../../base/index.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { type Paging, readPage } from '../paging.ts';
import { Consumer } from '../schemas/consumer.ts';
import { HistoryPage, HistoryQuery, Restoration } from '../schemas/history.ts';
import { ServiceProvider } from '../schemas/service-provider.ts';

type Params = Readonly<Record<string, string>>;

export const historyOperations: readonly Operation[] = [
  operation({
    id: 'readConsumerHistory',
    group: 'Consumers',
    method: 'GET',
    path: '/consumers/{key}/history',
    summary: 'Who changed a consumer since it was registered, newest first',
    scope: 'read',
    status: 200,
    query: HistoryQuery,
    answer: HistoryPage,
    async run({ administration }, { params: { key = '' }, query }) {
      const history = await consumerHistory(administration, await findConsumer(administration, key));
      return { value: await pageOfHistory(administration, query, history) };
    },
  }),
  operation({
    id: 'restoreConsumer',
    group: 'Consumers',
    method: 'POST',
    path: '/consumers/{key}/restore',
    summary: 'Go back to earlier settings; never to an earlier key, secret or token',
    scope: 'write',
    status: 200,
    body: Restoration,
    answer: Consumer,
    current: shownConsumer,
    async run(context, { params, body, expectedUpdatedAt, actor }) {
      const { key = '' } = params;
      await restoreConsumer(context.administration, key, { ...body, expectedUpdatedAt }, actor);
      return { value: await shownConsumer(context, params) };
    },
  }),
  operation({
    id: 'readServiceProviderHistory',
    group: 'Service providers',
    method: 'GET',
    path: '/service-providers/{name}/history',
    summary: 'Who changed a service provider since it was added, newest first',
    scope: 'read',
    status: 200,
    query: HistoryQuery,
    answer: HistoryPage,
    async run({ administration }, { params: { name = '' }, query }) {
      const provider = await findServiceProvider(administration, name);
      const history = await serviceProviderHistory(administration, provider);
      return { value: await pageOfHistory(administration, query, history) };
    },
  }),
  operation({
    id: 'restoreServiceProvider',
    group: 'Service providers',
    method: 'POST',
    path: '/service-providers/{name}/restore',
    summary: 'Go back to earlier settings; never to an earlier credential',
    scope: 'write',
    status: 200,
    body: Restoration,
    answer: ServiceProvider,
    current: shownProvider,
    async run({ administration }, { params: { name = '' }, body, expectedUpdatedAt, actor }) {
      const restoration = { ...body, expectedUpdatedAt };
      const provider = await restoreServiceProvider(administration, name, restoration, actor);
      return { value: serviceProviderView(provider) };
    },
  }),
];

async function shownConsumer({ administration }: RestApiContext, { key = '' }: Params) {
  return consumerView(await findConsumer(administration, key), nowSeconds(administration.clock));
}

async function shownProvider({ administration }: RestApiContext, { name = '' }: Params) {
  return serviceProviderView(await findServiceProvider(administration, name));
}

function pageOfHistory(
  administration: AdministrationContext,
  query: Paging,
  history: readonly HistoryEntry[],
) {
  return readPage(
    administration,
    query,
    async ({ offset, limit }) => ({ rows: history.slice(offset, offset + limit), total: history.length }),
    (row) => row,
  );
}
