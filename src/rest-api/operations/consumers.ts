/** Operations on consumers. */

import type { z } from 'zod';
import {
  type CredentialInput,
  consumerFromInformation,
  consumerView,
  type ConsumerEdit as Edit,
  editConsumer,
  findConsumer,
  listConsumers,
  type NewConsumer as NewRecord,
  registerConsumer,
  removeConsumer,
  rotateConsumer,
} from '../../administration/index.ts';
import { nowSeconds, Secret } from '../../base/index.ts';
import { QUICKSTARTS } from '../../quickstarts/index.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { listed, readPage } from '../paging.ts';
import { fetchAsSeen } from '../published-information.ts';
import {
  Consumer,
  type ConsumerChange,
  ConsumerEdit,
  ConsumerPage,
  type Credential,
  NewConsumer,
  Quickstart,
  QuickstartQuery,
  RegisteredConsumer,
  RemovedConsumer,
  Rotation,
} from '../schemas/consumer.ts';
import { ConsumerQuery } from '../schemas/queries.ts';

const group = 'Consumers';

async function show({ administration }: RestApiContext, { key = '' }: Readonly<Record<string, string>>) {
  const consumer = await findConsumer(administration, key);
  return consumerView(consumer, nowSeconds(administration.clock));
}

export const consumerOperations: readonly Operation[] = [
  operation({
    id: 'listConsumers',
    group,
    method: 'GET',
    path: '/consumers',
    summary: 'The consumers, with their active users and last use',
    scope: 'read',
    status: 200,
    query: ConsumerQuery,
    answer: ConsumerPage,
    run: async ({ administration }, { query }) => ({
      value: await readPage(
        administration,
        query,
        (place) => listConsumers(administration, listed(query, place)),
        (row) => row,
      ),
    }),
  }),
  operation({
    id: 'registerConsumer',
    group,
    method: 'POST',
    path: '/consumers',
    summary: 'Register a consumer, by hand or by the base URL of another installation',
    scope: 'write',
    status: 201,
    body: NewConsumer,
    answer: RegisteredConsumer,
    async run(context, { body, actor }) {
      const { administration } = context;
      const { consumer, secret } = await registerConsumer(
        administration,
        await newRecord(context, body),
        actor,
      );
      const view = consumerView(consumer, nowSeconds(administration.clock));
      return {
        value: { consumer: view, secret: secret?.reveal() ?? null },
        location: `/consumers/${encodeURIComponent(consumer.key)}`,
      };
    },
  }),
  operation({
    id: 'readConsumer',
    group,
    method: 'GET',
    path: '/consumers/{key}',
    summary: 'One consumer',
    scope: 'read',
    status: 200,
    answer: Consumer,
    current: show,
    run: async (context, { params }) => ({ value: await show(context, params) }),
  }),
  operation({
    id: 'readQuickstart',
    group,
    method: 'GET',
    path: '/consumers/{key}/quickstart',
    summary:
      'A whole program for its developers, with its key and this address filled in; no secret is in it',
    scope: 'read',
    status: 200,
    query: QuickstartQuery,
    answer: Quickstart,
    async run({ administration, publicUrl }, { params: { key = '' }, query: { language } }) {
      const { credential, ...consumer } = await findConsumer(administration, key);
      const facts = { publicUrl, consumerKey: consumer.key, credential: credential.kind };
      const { code, ...words } = QUICKSTARTS[language];
      return { value: { language, ...words, code: code(facts) } };
    },
  }),
  operation({
    id: 'changeConsumer',
    group,
    method: 'PATCH',
    path: '/consumers/{key}',
    summary: 'Change a consumer; what is left out stays as it is',
    scope: 'write',
    status: 200,
    body: ConsumerEdit,
    answer: Consumer,
    current: show,
    async run(context, { params, body, expectedUpdatedAt, actor }) {
      const { key = '' } = params;
      const { publicKey, reason, ...change } = body;
      const edit: Edit = { ...fieldsOf(change), reason, ...(publicKey === undefined ? {} : { publicKey }) };
      await editConsumer(context.administration, key, edit, expectedUpdatedAt, actor);
      return { value: await show(context, params) };
    },
  }),
  operation({
    id: 'rotateConsumer',
    group,
    method: 'POST',
    path: '/consumers/{key}/rotate',
    summary: 'Replace the key or secret; the old one stays valid for a while',
    scope: 'write',
    status: 200,
    body: Rotation,
    answer: RegisteredConsumer,
    current: show,
    async run({ administration }, { params, body, expectedUpdatedAt, actor }) {
      const { credential, overlapSeconds } = body;
      const rotation = { credential: credentialInput(credential), overlapSeconds, expectedUpdatedAt };
      const { key = '' } = params;
      const { consumer, secret } = await rotateConsumer(administration, key, rotation, actor);
      const view = consumerView(consumer, nowSeconds(administration.clock));
      return { value: { consumer: view, secret: secret?.reveal() ?? null } };
    },
  }),
  operation({
    id: 'removeConsumer',
    group,
    method: 'DELETE',
    path: '/consumers/{key}',
    summary: 'Remove a consumer with all its tokens; its access stops at once',
    scope: 'write',
    status: 200,
    answer: RemovedConsumer,
    current: show,
    run: async ({ administration }, { params: { key = '' }, actor }) => ({
      value: await removeConsumer(administration, key, actor),
    }),
  }),
];

async function newRecord(context: RestApiContext, body: z.infer<typeof NewConsumer>): Promise<NewRecord> {
  if (!('baseUrl' in body)) {
    const { key, name, credential, ...change } = body;
    return { ...fieldsOf(change), key, name, credential: credentialInput(credential) };
  }
  const { baseUrl, digest, ...change } = body;
  const published = consumerFromInformation(await fetchAsSeen(context, baseUrl, digest), baseUrl);
  return { ...published, ...fieldsOf(change) };
}

function credentialInput(credential: z.infer<typeof Credential>): CredentialInput {
  if ('publicKey' in credential) return { kind: 'public-key', text: credential.publicKey };
  if ('secret' in credential) return { kind: 'given-secret', secret: new Secret(credential.secret) };
  return { kind: 'generated-secret' };
}

/** The flat fields of the form; those that were left out are left out. */
function fieldsOf({ twoLegged, limits, owner, callback, ...plain }: z.infer<typeof ConsumerChange>): Edit {
  const fields = {
    ...plain,
    owner: owner === null ? '' : owner,
    callback: callback === null ? '' : callback,
    twoLegged: twoLegged?.allowed,
    executeAs: twoLegged?.executeAs === null ? '' : twoLegged?.executeAs,
    mayImpersonate: twoLegged?.mayImpersonate,
    readOnly: limits?.readOnly,
    paths: limits?.paths,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
