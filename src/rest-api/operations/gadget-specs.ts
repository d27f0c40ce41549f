/**
 * Operations that take gadgets in: a spec is fetched and looked at first, and taken by its digest, so that what runs on
 * dashboards is what was looked at. A newer one is taken in the same way, in place of the pinned one.
 */
import { Refused } from '../../administration/index.ts';
import {
  addGadget,
  carryOutPlans,
  type FetchedSpec,
  findGadget,
  GADGET_MISTAKES,
  gadgetDetails,
  listDirectory,
  namedHosts,
  outboundPlaces,
  planServices,
  readPinnedGadget,
  removeGadget,
  SpecRefused,
  servicePlanWords,
  setOwnGadgetHidden,
  specAddress,
  specDigest,
  specNoteWords,
  takeNewerSpec,
} from '../../gadgets/index.ts';
import type { Gadget } from '../../model/index.ts';
import { readXml } from '../../web/index.ts';
import { ApiProblem } from '../api-problem.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import {
  AddedGadget,
  NewerSpec,
  NewGadget,
  OwnGadget,
  OwnGadgetEdit,
  PinnedGadget,
  SeenSpec,
  SpecAddress,
  SpecPreview,
} from '../schemas/gadget-specs.ts';

const group = 'Gadgets';

async function show({ gadgets }: RestApiContext, { id = '' }: Readonly<Record<string, string>>) {
  return shown(await findGadget(gadgets, id));
}

export const gadgetSpecOperations: readonly Operation[] = [
  operation({
    id: 'previewGadget',
    group,
    method: 'POST',
    path: '/gadgets/preview',
    summary: 'Fetch a spec, and say what it asks for and what adding it would do; nothing is changed',
    scope: 'write',
    status: 200,
    body: SpecAddress,
    answer: SpecPreview,
    run: async (context, { body }) => ({
      value: await previewOf(context, await fetched(context, body.specUrl)),
    }),
  }),
  operation({
    id: 'addGadget',
    group,
    method: 'POST',
    path: '/gadgets',
    summary: 'Add the gadget that was looked at to the directory, with the service providers that it needs',
    scope: 'write',
    status: 201,
    body: NewGadget,
    answer: AddedGadget,
    async run(context, { body: { specUrl, digest }, actor }) {
      const spec = seen(await fetched(context, specUrl), digest);
      const gadget = await addGadget(context.gadgets, spec, actor);
      const trouble = await enterProviders(context, spec, actor);
      return { value: { gadget: shown(gadget), trouble }, location: `/gadgets/${gadget.id}` };
    },
  }),
  operation({
    id: 'readGadget',
    group,
    method: 'GET',
    path: '/gadgets/{id}',
    summary: 'One gadget, as it is pinned',
    scope: 'read',
    status: 200,
    answer: PinnedGadget,
    current: show,
    run: async (context, { params }) => ({ value: await show(context, params) }),
  }),
  operation({
    id: 'previewNewerGadget',
    group,
    method: 'POST',
    path: '/gadgets/{id}/preview',
    summary: 'Fetch the spec of a gadget as it is now, to compare it with the pinned one; nothing is changed',
    scope: 'write',
    status: 200,
    answer: NewerSpec,
    async run(context, { params: { id = '' } }) {
      const { specUrl, sha256 } = await findGadget(context.gadgets, id);
      const spec = await fetched(context, specUrl);
      return { value: { isNewer: specDigest(spec) !== sha256, spec: await previewOf(context, spec) } };
    },
  }),
  operation({
    id: 'updateGadget',
    group,
    method: 'POST',
    path: '/gadgets/{id}/update',
    summary: 'Take the newer spec that was looked at in place of the pinned one',
    scope: 'write',
    status: 200,
    body: SeenSpec,
    answer: PinnedGadget,
    current: show,
    async run({ gadgets, ...context }, { params: { id = '' }, body: { digest }, expectedUpdatedAt, actor }) {
      const { specUrl, updatedAt } = await findGadget(gadgets, id);
      const spec = seen(await fetched({ gadgets, ...context }, specUrl), digest);
      return { value: shown(await takeNewerSpec(gadgets, id, spec, expectedUpdatedAt ?? updatedAt, actor)) };
    },
  }),
  operation({
    id: 'removeGadget',
    group,
    method: 'DELETE',
    path: '/gadgets/{id}',
    summary: 'Take a gadget out of the directory, and so off every dashboard',
    scope: 'write',
    status: 204,
    answer: null,
    current: show,
    async run({ gadgets }, { params: { id = '' }, actor }) {
      await removeGadget(gadgets, id, actor);
      return {};
    },
  }),
  operation({
    id: 'changeOwnGadget',
    group,
    method: 'PATCH',
    path: '/own-gadgets/{name}',
    summary: 'Take a gadget of this installation itself out of the directory, or put it back',
    scope: 'write',
    status: 200,
    body: OwnGadgetEdit,
    answer: OwnGadget,
    async run({ gadgets }, { params: { name = '' }, body: { isHidden }, actor }) {
      await setOwnGadgetHidden(gadgets, name, isHidden, actor);
      const all = await listDirectory(gadgets, { locale: 'en', withHidden: true });
      const title = all.find(({ ownName }) => ownName === name)?.title ?? name;
      return { value: { name, title, isHidden } };
    },
  }),
];

/** The facts of a record, its digest under the name that callers send it back by. */
function shown({ sha256: digest, bundles: _texts, ...gadget }: Gadget) {
  return { ...gadget, digest };
}

/** @throws {ApiProblem} when there is no such spec, with the sentence of the console */
async function fetched({ gadgetSources }: RestApiContext, address: string): Promise<FetchedSpec> {
  const specUrl = specAddress(address);
  if (specUrl === null) throw wrongSpec('spec-url-malformed', GADGET_MISTAKES['spec-url-malformed']);
  try {
    return await gadgetSources.fetchSpec(specUrl);
  } catch (error) {
    const sentence = gadgetSources.specTrouble(specUrl, error);
    if (sentence === null) throw error;
    if (error instanceof SpecRefused) throw wrongSpec(error.mistake.code, sentence);
    throw new ApiProblem('fetch-failed', { detail: sentence });
  }
}

function wrongSpec(code: string, message: string): ApiProblem {
  return new ApiProblem('invalid-input', {
    detail: message,
    mistakes: [{ pointer: '/specUrl', code, message }],
  });
}

/** The spec, if it is the one that was looked at. @throws {ApiProblem} changed-meanwhile */
function seen(spec: FetchedSpec, digest: string): FetchedSpec {
  if (specDigest(spec) === digest) return spec;
  throw new ApiProblem('changed-meanwhile', {
    detail: 'The spec changed between the preview and now. Look at it again before you go on.',
  });
}

/** Carries out what the preview said about service providers; gives what somebody has to see to by hand. */
async function enterProviders(
  { administration }: RestApiContext,
  spec: FetchedSpec,
  actor: string,
): Promise<string | null> {
  const { oauthServices } = readPinnedGadget(spec, readXml).spec;
  try {
    await carryOutPlans(administration, await planServices(administration.storage, oauthServices), actor);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

async function previewOf({ gadgets, administration }: RestApiContext, fetchedSpec: FetchedSpec) {
  const { bundles: _texts, ...told } = fetchedSpec;
  const { spec, bundles } = readPinnedGadget(fetchedSpec, readXml);
  const plans = await planServices(administration.storage, spec.oauthServices);
  const { preferences } = gadgetDetails(spec, { bundles, language: 'en' });
  return {
    ...told,
    digest: specDigest(fetchedSpec),
    languages: [...new Set(spec.locales.map(({ language }) => language))],
    features: spec.features.map(({ name }) => name),
    preferences: preferences.map(({ displayName, name }) => displayName || name),
    services: plans.map((plan) => ({
      name: plan.service,
      outcome: plan.kind,
      sentence: servicePlanWords('en', plan),
    })),
    hosts: namedHosts(fetchedSpec, await outboundPlaces(gadgets), plans),
    notes: spec.notes.map((note) => specNoteWords('en', note)),
  };
}
