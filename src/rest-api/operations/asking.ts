/**
 * Operations that ask another server for an administrator: what an installation publishes about itself, which key a
 * consumer has now, whether a service provider answers. Nothing is changed by them but what the audit log notes.
 */
import {
  endingSoon,
  findConsumer,
  findServiceProvider,
  keyPublishedNow,
  publishedBaseUrl,
  publishedKey,
  recordProviderTest,
  worstOf,
} from '../../administration/index.ts';
import { nowSeconds } from '../../base/index.ts';
import { fillPreset, mayBegin, PRESETS, testProvider } from '../../consumer/index.ts';
import { plainBase } from '../../model/index.ts';
import { fetchConsumerInformation } from '../../web/index.ts';
import { ApiProblem } from '../api-problem.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { informationDigest } from '../published-information.ts';
import {
  EndingList,
  ProviderPresetList,
  ProviderTest,
  PublishedInformation,
  PublishedKey,
} from '../schemas/asking.ts';
import { BaseUrl } from '../schemas/gadgets.ts';

export const askingOperations: readonly Operation[] = [
  operation({
    id: 'previewInstallation',
    group: 'Links',
    method: 'POST',
    path: '/links/preview',
    summary: 'What another installation publishes about itself; nothing is changed',
    scope: 'write',
    status: 200,
    body: BaseUrl,
    answer: PublishedInformation,
    async run({ administration, outbound }, { body }) {
      const baseUrl = plainBase(body.baseUrl);
      const information = await fetchConsumerInformation(outbound, baseUrl);
      const publicKey = publishedKey(administration, information);
      return { value: { ...information, publicKey, baseUrl, digest: informationDigest(information) } };
    },
  }),
  operation({
    id: 'fetchConsumerKey',
    group: 'Consumers',
    method: 'POST',
    path: '/consumers/{key}/fetch-key',
    summary: 'The key that a consumer publishes now, where it was registered from; to take it, rotate',
    scope: 'write',
    status: 200,
    answer: PublishedKey,
    async run({ administration, outbound }, { params: { key = '' } }) {
      const consumer = await findConsumer(administration, key);
      const information = await fetchConsumerInformation(outbound, publishedBaseUrl(consumer));
      const publicKey = keyPublishedNow(administration, consumer, information);
      return { value: { isNew: publicKey !== null, publicKey } };
    },
  }),
  operation({
    id: 'testServiceProvider',
    group: 'Service providers',
    method: 'POST',
    path: '/service-providers/{name}/test',
    summary: 'Ask a service provider for a request token now, and say what happens at each step',
    scope: 'write',
    status: 200,
    answer: ProviderTest,
    async run({ administration, consumer, publicUrl }, { params: { name = '' }, actor }) {
      const provider = await findServiceProvider(administration, name);
      await countBeginning(administration, actor);
      const steps = await testProvider(consumer, provider, `${publicUrl}/oauth/callback`);
      const verdict = worstOf(steps.map(({ outcome }) => outcome));
      const finding = steps.findLast(({ outcome }) => outcome === verdict)?.finding ?? '';
      await recordProviderTest(administration, provider.name, { verdict, finding }, actor);
      return { value: { verdict, steps } };
    },
  }),
  operation({
    id: 'listServiceProviderPresets',
    group: 'Service providers',
    method: 'GET',
    path: '/service-provider-presets',
    summary: 'What is documented about known providers, to start from',
    scope: 'read',
    status: 200,
    answer: ProviderPresetList,
    async run() {
      const items = [...PRESETS.values()].map((preset) => {
        const { id, placeholders, quirks } = preset;
        return { id, ...fillPreset(preset), placeholders, quirks };
      });
      return { value: { items } };
    },
  }),
  operation({
    id: 'listEndings',
    group: 'This installation',
    method: 'GET',
    path: '/ending',
    summary: 'Keys, secrets and API keys that end within two weeks, the earliest first',
    scope: 'read',
    status: 200,
    answer: EndingList,
    run: async ({ administration }) => ({ value: { items: await endingSoon(administration) } }),
  }),
];

/** A user begins so many requests to others in a minute, whether by pages or by keys. @throws {ApiProblem} too-many-requests */
async function countBeginning(
  { storage, clock }: RestApiContext['administration'],
  actor: string,
): Promise<void> {
  if (await mayBegin(storage, actor, nowSeconds(clock))) return;
  throw new ApiProblem('too-many-requests', {
    detail: 'You have begun many requests to other applications within a minute. Try again in a minute.',
  });
}
