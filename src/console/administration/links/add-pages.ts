/**
 * Linking an installation: its address, what it says about itself, the confirmation. What was shown travels in the
 * form, so exactly that is stored; it is read again like anything typed, and never fetched behind anybody's back.
 */
import {
  type ConsumerInformation,
  findLink,
  LINK_DIRECTIONS,
  type LinkDirection,
  linkInstallation,
} from '../../../administration/index.ts';
import {
  buttonRow,
  errorSummary,
  type FieldError,
  fill,
  html,
  linkButton,
  type PageContext,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { fetchInformation } from '../consumers/fetch-information.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath } from '../consumers/words.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt, fieldError, NO_REFUSAL } from '../form-errors.ts';
import { providerPath } from '../service-providers/words.ts';
import { isTicked } from '../typed-text.ts';
import { type Preview, previewForm, readKeyFacts } from './preview-form.ts';
import { LINKS_PATH, linkMessages } from './words.ts';

/** Answers with the field for the address. */
export function addPage(c: SignedInContext, errors: readonly FieldError[] = []): Promise<Response> {
  const t = c.messages(linkMessages);
  const value = c.form.get('baseUrl') ?? c.query.get('url') ?? '';
  const form = html`${textField(c, { name: 'baseUrl', label: t.baseUrl, help: t.baseUrlHelp, value, errors, isMonospaced: true })}
${buttonRow(submitButton(t.fetch), linkButton(c, CONSUMERS_PATH, t.cancel))}`;
  return c.page({
    ...frame(c, t.addTitle, errors),
    lead: t.addLead,
    body: html`${errorSummary(c, errors)}${postForm(c, `${LINKS_PATH}/add`, form)}`,
  });
}

/** Fetches what it says about itself and shows it for confirmation. */
export async function preview(
  { administration, outbound }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const refuse = (message: string) => addPage(c, [{ field: 'baseUrl', message }]);
  const fetched = await fetchInformation(c, outbound, c.field('baseUrl'));
  if (fetched.information === null) return refuse(fetched.failure);
  const { information, baseUrl } = fetched;
  const facts = readKeyFacts(information.publicKey, c.now);
  if (typeof facts === 'string') {
    return refuse(fieldError(c, { field: 'publicKey', code: facts, params: {} }).message);
  }
  const us = await administration.storage.installation.read();
  if (us?.consumerKey === information.key) {
    return refuse(fieldError(c, { field: 'baseUrl', code: 'own-installation', params: {} }).message);
  }
  const link = await findLink(administration, baseUrl);
  const registered = await administration.storage.consumers.find(information.key);
  const choice = { direction: 'both', providerName: information.name, acceptsNewKey: false } as const;
  return previewPage(c, { information, baseUrl, registered, provider: link.provider, ...choice }, []);
}

/** Stores what was shown. */
export async function confirm(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(linkMessages);
  const shown = shownInformation(c);
  const choice = {
    direction: typedDirection(c),
    providerName: c.field('name'),
    acceptsNewKey: isTicked(c, 'acceptsNewKey'),
  };
  const baseUrl = c.field('baseUrl');
  const { done, errors } = await attempt(c, () =>
    linkInstallation(administration, { baseUrl, information: shown, ...choice }, c.viewer.user.name),
  );
  if (done === null) {
    const { list } = errors ?? NO_REFUSAL;
    if (typeof readKeyFacts(shown.publicKey, c.now) === 'string') return addPage(c, list);
    const link = await findLink(administration, baseUrl);
    const registered = await administration.storage.consumers.find(shown.key);
    return previewPage(
      c,
      { information: shown, baseUrl, registered, provider: link.provider, ...choice },
      list,
    );
  }
  const { consumer, provider } = done;
  const ours = c.publicUrl.href.replace(/\/+$/, '');
  const path = provider === null ? consumerPath('view', consumer!.key) : providerPath('view', provider.name);
  return c.redirect(path, fill(t.done, { name: shown.name, ours }));
}

function previewPage(c: SignedInContext, shown: Preview, errors: readonly FieldError[]): Promise<Response> {
  const t = c.messages(linkMessages);
  return c.page({
    ...frame(c, fill(t.previewTitle, { name: shown.information.name }), errors),
    lead: fill(t.previewLead, { url: shown.baseUrl }),
    body: html`${errorSummary(c, errors)}${previewForm(c, shown, errors)}`,
  });
}

function shownInformation(c: PageContext): ConsumerInformation {
  const text = (name: string) => c.form.get(name) ?? '';
  return {
    key: text('key'),
    name: text('shownName'),
    description: text('description'),
    publicKey: text('publicKey'),
    callback: text('callback') || null,
  };
}

function typedDirection(c: PageContext): LinkDirection {
  return LINK_DIRECTIONS.find((one) => one === c.field('direction')) ?? 'both';
}

function frame(c: PageContext, title: string, errors: readonly FieldError[]) {
  return {
    title,
    section: 'consumers',
    breadcrumbs: [{ label: c.messages(consumerMessages).title, path: CONSUMERS_PATH }],
    status: errors.length === 0 ? 200 : 422,
  };
}
