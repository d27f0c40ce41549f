/** Consumer Info: who this installation is to others, where that is published, and the three things to edit. */
import { editInstallation, installationKeyFacts } from '../../../administration/index.ts';
import type { Installation } from '../../../model/index.ts';
import {
  absoluteMoment,
  buttonRow,
  copyBlock,
  errorSummary,
  type FieldError,
  facts,
  fill,
  type Html,
  html,
  identifier,
  linkButton,
  notice,
  type PageRoute,
  postForm,
  type SignedInContext,
  submitButton,
  textArea,
  textField,
} from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt, NO_REFUSAL } from '../form-errors.ts';
import { change, view } from '../route.ts';
import { typedText } from '../typed-text.ts';
import { identityMessages } from './messages.ts';
import { IDENTITY_PATH, readIdentity } from './read-identity.ts';
import { ROTATE_PATH, rotate, rotatePage } from './rotate-page.ts';

const PUBLISHED_PATH = '/plugins/servlet/oauth/consumer-info';

interface Typed {
  readonly name: string;
  readonly description: string;
  readonly callback: string;
}

export function identityRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(IDENTITY_PATH, (c) => showPage(deps, c)),
    view(`${IDENTITY_PATH}/edit`, (c) => editPage(deps, c)),
    change(`${IDENTITY_PATH}/edit`, (c) => edit(deps, c)),
    view(ROTATE_PATH, (c) => rotatePage(deps, c)),
    change(ROTATE_PATH, (c) => rotate(deps, c)),
  ];
}

async function showPage(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(identityMessages);
  const installation = await readIdentity(deps);
  const { consumerKey, name, description, callback } = installation;
  const base = c.publicUrl.href.replace(/\/+$/u, '');
  return c.page({
    title: t.title,
    section: 'consumer-info',
    lead: t.lead,
    action: linkButton(c, `${IDENTITY_PATH}/edit`, t.edit, 'primary'),
    body: html`${facts(
      [t.key, identifier(c, consumerKey, { label: t.key })],
      [t.name, name],
      [t.description, description || t.none],
      [t.callback, callback ?? t.none],
    )}
<section><h2>${t.publishedTitle}</h2><p>${t.publishedText}</p>
${facts(
  [t.baseUrl, identifier(c, base, { label: t.baseUrl })],
  [t.publishedAt, html`<a href="${c.url(PUBLISHED_PATH)}">${base}${PUBLISHED_PATH}</a>`],
)}
</section>
<section><h2>${t.publicKey}</h2>${keysSection(c, installation)}
<p class="meta">${t.privateNote}</p></section>`,
  });
}

/** The key that signs; and the one that takes over, which is what others are told from its first moment on. */
function keysSection(c: SignedInContext, installation: Installation): Html {
  const t = c.messages(identityMessages);
  const { present, next } = installationKeyFacts(installation, c.now);
  return html`${facts(
    [t.type, fill(t.rsaKey, { bits: present.bits })],
    [t.fingerprint, identifier(c, present.fingerprint, { label: t.fingerprint })],
    ...(next === null
      ? []
      : [
          [t.nextFingerprint, identifier(c, next.fingerprint, { label: t.nextFingerprint })] as const,
          [t.takesOver, absoluteMoment(c, next.activatesAt)] as const,
        ]),
  )}
${next === null ? '' : notice('info', t.underWay)}
${copyBlock(c, (next ?? present).pem, next === null ? t.pem : t.nextPem)}
${buttonRow(linkButton(c, ROTATE_PATH, next === null ? t.rotate : t.takeOver))}`;
}

async function editPage(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { name, description, callback } = await readIdentity(deps);
  return formPage(deps, c, { name, description, callback: callback ?? '' }, []);
}

async function edit(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const text = (name: string) => c.form.get(name) ?? '';
  const changes = { name: text('name'), description: text('description'), callback: text('callback') };
  const { done, errors } = await attempt(c, () =>
    editInstallation(deps.administration, changes, c.viewer.user.name),
  );
  if (done !== null) return c.redirect(IDENTITY_PATH, c.messages(identityMessages).saved);
  const typed = {
    name: typedText(c, 'name'),
    description: typedText(c, 'description'),
    callback: typedText(c, 'callback'),
  };
  return formPage(deps, c, typed, (errors ?? NO_REFUSAL).list);
}

async function formPage(
  deps: AdministrationDependencies,
  c: SignedInContext,
  typed: Typed,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(identityMessages);
  const { consumerKey } = await readIdentity(deps);
  const form = html`${textField(c, { name: 'key', label: t.key, help: t.keyHelp, value: consumerKey, isReadOnly: true, isMonospaced: true })}
${textField(c, { name: 'name', label: t.name, help: t.nameHelp, value: typed.name, errors })}
${textArea(c, { name: 'description', label: t.description, value: typed.description, errors, isOptional: true, rows: 2 })}
${textField(c, { name: 'callback', label: t.callback, help: t.callbackHelp, value: typed.callback, errors, isOptional: true, isMonospaced: true })}
${buttonRow(submitButton(c.messages(commonMessages).save), linkButton(c, IDENTITY_PATH, t.cancel))}`;
  return c.page({
    title: t.editTitle,
    section: 'consumer-info',
    breadcrumbs: [{ label: t.title, path: IDENTITY_PATH }],
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${postForm(c, `${IDENTITY_PATH}/edit`, form)}`,
  });
}
