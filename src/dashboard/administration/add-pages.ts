/**
 * Adding a gadget: its address, what its spec asks for, the confirmation. The spec is fetched once more when it is
 * confirmed, and stored only if it is still the one that was shown.
 */
import { Refused } from '../../administration/index.ts';
import {
  addGadget,
  carryOutPlans,
  type NamedHost,
  namedHosts,
  outboundPlaces,
  planServices,
  type ReadGadget,
  type ServicePlan,
  servicePlanWords,
  specDigest,
  specNoteWords,
} from '../../gadgets/index.ts';
import {
  badge,
  buttonRow,
  type Content,
  errorSummary,
  type FieldError,
  facts,
  fill,
  hiddenField,
  html,
  identifier,
  linkButton,
  mistakeWords,
  notice,
  type PageRoute,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../web/index.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { type FetchedGadget, fetchedSpec } from './fetched.ts';
import { attempt, change, view } from './route.ts';
import { specFacts } from './spec-summary.ts';
import { frame, GADGETS_PATH, HOSTS_PATH, messages } from './words.ts';

const ADD_PATH = `${GADGETS_PATH}/add`;
const CONFIRM_PATH = `${ADD_PATH}/confirm`;

/** The routes of adding. */
export function addRoutes(deps: GadgetAdministrationDependencies): readonly PageRoute[] {
  return [
    view(ADD_PATH, (c) => addPage(c, [])),
    change(ADD_PATH, (c) => preview(deps, c)),
    change(CONFIRM_PATH, (c) => confirm(deps, c)),
  ];
}

function addPage(c: SignedInContext, errors: readonly FieldError[]): Promise<Response> {
  const t = c.messages(messages);
  const value = c.form.get('specUrl') ?? c.query.get('url') ?? '';
  const form = html`${textField(c, { name: 'specUrl', label: t.specUrl, help: t.specUrlHelp, value, errors, type: 'url', isMonospaced: true })}
${buttonRow(submitButton(t.fetch), linkButton(c, GADGETS_PATH, t.cancel))}`;
  return c.page({
    ...frame(c, { label: t.title, path: GADGETS_PATH }),
    title: t.addTitle,
    lead: t.addLead,
    status: errors.length > 0 ? 422 : 200,
    body: html`${errorSummary(c, errors)}${postForm(c, ADD_PATH, form)}`,
  });
}

async function preview(deps: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const result = await fetchedSpec(deps, c, c.field('specUrl'));
  if ('trouble' in result) return addPage(c, [{ field: 'specUrl', message: result.trouble }]);
  return previewPage(deps, c, result, []);
}

async function confirm(deps: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const result = await fetchedSpec(deps, c, c.field('specUrl'));
  if ('trouble' in result) return addPage(c, [{ field: 'specUrl', message: result.trouble }]);
  const { fetched, read } = result;
  if (specDigest(fetched) !== c.field('digest')) {
    return previewPage(deps, c, result, [{ field: '', message: t.changedSince }]);
  }
  const actor = c.viewer.user.name;
  const outcome = await attempt(c, () => addGadget(deps.gadgets, fetched, actor));
  if ('errors' in outcome) return addPage(c, outcome.errors);
  const trouble = await providersFor(deps, c, read);
  const words = fill(t.added, { title: fetched.title });
  return c.redirect(GADGETS_PATH, trouble === null ? words : `${words} ${trouble}`);
}

/** Carries out what was shown about service providers; gives what somebody has to see to by hand. */
async function providersFor(
  deps: GadgetAdministrationDependencies,
  c: SignedInContext,
  { spec }: ReadGadget,
): Promise<string | null> {
  try {
    const plans = await planServices(deps.administration.storage, spec.oauthServices);
    await carryOutPlans(deps.administration, plans, c.viewer.user.name);
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.mistakes.map((mistake) => mistakeWords(c.locale, mistake)).join(' ');
  }
}

async function previewPage(
  deps: GadgetAdministrationDependencies,
  c: SignedInContext,
  { fetched, read }: FetchedGadget,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const plans = await planServices(deps.administration.storage, read.spec.oauthServices);
  const hosts = namedHosts(fetched, await outboundPlaces(deps.gadgets), plans);
  const digest = specDigest(fetched);
  const shown = specFacts(c, fetched, read).filter(({ label }) => label !== t.services && label !== t.reach);
  const pairs = shown.map(({ label, values }) => [label, values.join(', ') || noneWords(c)] as const);
  const form = html`${hiddenField('specUrl', fetched.specUrl)}${hiddenField('digest', digest)}
${buttonRow(submitButton(t.previewSubmit), linkButton(c, GADGETS_PATH, t.cancel))}`;
  return c.page({
    ...frame(c, { label: t.title, path: GADGETS_PATH }),
    title: fill(t.previewTitle, { title: fetched.title }),
    lead: t.previewLead,
    status: errors.length > 0 ? 409 : 200,
    body: html`${errorSummary(c, errors)}
${facts([t.address, html`<code class="breakable">${fetched.specUrl}</code>`], ...pairs, [t.digest, identifier(c, digest, { label: t.digest })])}
${servicesSection(c, plans)}${hostsSection(c, hosts)}${notesSection(c, read)}${postForm(c, CONFIRM_PATH, form)}`,
  });
}

function noneWords(c: SignedInContext): Content {
  return html`<span class="never">${c.messages(messages).none}</span>`;
}

function servicesSection(c: SignedInContext, plans: readonly ServicePlan[]): Content {
  if (plans.length === 0) return '';
  const t = c.messages(messages);
  return html`<section><h2>${t.services}</h2><p>${t.servicesText}</p>${plans.map((plan) =>
    notice(plan.kind === 'refused' ? 'warning' : 'info', html`<p>${servicePlanWords(c.locale, plan)}</p>`),
  )}</section>`;
}

function hostsSection(c: SignedInContext, hosts: readonly NamedHost[]): Content {
  if (hosts.length === 0) return '';
  const t = c.messages(messages);
  const isSomeClosed = hosts.some(({ isAllowed }) => !isAllowed);
  return html`<section><h2>${t.reach}</h2><p>${t.reachText}</p><ul class="choices">${hosts.map(
    ({ origin, isAllowed }) =>
      html`<li><code>${origin}</code> ${isAllowed ? badge('good', t.reachAllowed) : badge('off', t.reachClosed)}</li>`,
  )}</ul>${isSomeClosed ? html`<p><a href="${c.url(HOSTS_PATH)}">${t.reachLink}</a></p>` : ''}</section>`;
}

function notesSection(c: SignedInContext, { spec }: ReadGadget): Content {
  if (spec.notes.length === 0) return '';
  return html`<section><h2>${c.messages(messages).notes}</h2><ul>${spec.notes.map((one) => html`<li>${specNoteWords(c.locale, one)}</li>`)}</ul></section>`;
}
