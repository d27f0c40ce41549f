/**
 * The keys of one's own programs: list, make, revoke. A key is part of the answer to the form that made it, and of
 * nothing that could be opened again; a form that is sent twice is refused. Users see and revoke only their own: the
 * name in every query comes from the session.
 */
import {
  AccountRefused,
  type ApiKeysContext,
  createApiKey,
  isEnded,
  type MadeApiKey,
  revokeApiKey,
  type SecondFactorContext,
} from '../../../accounts/index.ts';
import type { ApiKey, ServiceProvider } from '../../../model/index.ts';
import {
  badge,
  buttonRow,
  type Column,
  type Content,
  confirmation,
  copyBlock,
  emptyState,
  type FieldError,
  fill,
  hiddenField,
  html,
  linkButton,
  moment,
  notice,
  type PageRoute,
  type SignedInContext,
  table,
} from '../../../web/index.ts';
import { endsSoon } from '../../ends-soon.ts';
import { proofErrors } from '../../proof.ts';
import { accountErrors, messages } from '../messages.ts';
import { ACCOUNT_PATH, KEYS_PATH, REVOKE_KEY_PATH } from '../paths.ts';
import { chosenScope, keyForm, offeredProviders } from './key-form.ts';
import { apiKeyMessages } from './messages.ts';

/** Where keys are, and the people who make them. */
export type KeysContext = ApiKeysContext & SecondFactorContext;

/** The routes of the keys. */
export function apiKeyRoutes(keys: KeysContext): readonly PageRoute[] {
  return [
    { method: 'GET', path: KEYS_PATH, access: 'user', handle: (c) => listPage(keys, c, []) },
    { method: 'POST', path: KEYS_PATH, access: 'user', handle: (c) => make(keys, c) },
    { method: 'GET', path: REVOKE_KEY_PATH, access: 'user', handle: (c) => ask(keys, c) },
    { method: 'POST', path: REVOKE_KEY_PATH, access: 'user', handle: (c) => revoke(keys, c) },
  ];
}

async function listPage(
  keys: KeysContext,
  c: SignedInContext,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(apiKeyMessages);
  const rows = await keys.storage.apiKeys.listOfUser(c.viewer.user.name);
  const providers = await offeredProviders(keys);
  const form = keyForm(keys, c, providers, errors);
  return c.page({
    title: t.title,
    section: 'account',
    breadcrumbs: [toAccount(c)],
    status: errors.length > 0 ? 422 : 200,
    lead: t.lead,
    body: html`${
      rows.length === 0
        ? emptyState(t.emptyTitle, t.emptyText)
        : table(c, { caption: t.caption, columns: columns(c, namesOf(providers)), rows })
    }
<section aria-labelledby="make-key"><h2 id="make-key">${t.makeTitle}</h2>${form}</section>`,
  });
}

function columns(c: SignedInContext, names: ReadonlyMap<string, string>): readonly Column<ApiKey>[] {
  const t = c.messages(apiKeyMessages);
  return [
    { header: t.columnLabel, isName: true, cell: ({ label }) => html`<strong>${label}</strong>` },
    { header: t.columnPurpose, cell: (key) => purposeWords(c, key, names) },
    { header: t.columnCreated, cell: ({ createdAt }) => moment(c, createdAt) },
    { header: t.columnEnds, cell: (key) => endCell(c, key) },
    { header: t.columnUsed, cell: ({ lastUsedAt }) => moment(c, lastUsedAt) },
    {
      header: t.columnActions,
      isActions: true,
      cell: ({ id, label }) =>
        html`<a class="row-action is-danger" href="${c.url(`${REVOKE_KEY_PATH}?id=${id}`)}" aria-label="${fill(t.revokeNamed, { label })}">${t.revoke}</a>`,
    },
  ];
}

function purposeWords(c: SignedInContext, key: ApiKey, names: ReadonlyMap<string, string>): Content {
  const t = c.messages(apiKeyMessages);
  if (key.scope !== 'providers') return t.purposes[key.scope];
  return html`${t.columnProviders}: ${reachWords(c, key.providers, names)}`;
}

/** What a key reaches; a provider that was removed does not come back with its name. */
function reachWords(
  c: SignedInContext,
  ids: readonly string[] | null,
  names: ReadonlyMap<string, string>,
): Content {
  const t = c.messages(apiKeyMessages);
  if (ids === null) return t.all;
  const known = ids.flatMap((id) => names.get(id) ?? []);
  return known.length === 0 ? html`<span class="never">${t.nothingLeft}</span>` : known.join(', ');
}

function namesOf(providers: readonly ServiceProvider[]): ReadonlyMap<string, string> {
  return new Map(providers.map(({ id, name }) => [id, name]));
}

function endCell(c: SignedInContext, key: ApiKey) {
  const t = c.messages(apiKeyMessages);
  if (key.expiresAt === null) return t.noEnd;
  return html`${moment(c, key.expiresAt)}${endBadge(c, key, key.expiresAt)}`;
}

function endBadge(c: SignedInContext, key: ApiKey, end: number): Content {
  const t = c.messages(apiKeyMessages);
  if (isEnded(key, c.now)) return html` ${badge('off', t.ended)}`;
  return endsSoon({ from: key.createdAt, end }, c.now) ? html` ${badge('warning', t.endsSoon)}` : '';
}

/** A key of the administration lets a program in for good: whoever makes it proves anew who they are. */
async function make(keys: KeysContext, c: SignedInContext): Promise<Response> {
  const unproven = chosenScope(c) === 'providers' ? [] : await proofErrors(keys, c);
  if (unproven.length > 0) return listPage(keys, c, unproven);
  try {
    const made = await createApiKey(keys, {
      userName: c.viewer.user.name,
      label: c.field('label'),
      lastDay: c.field('lastDay'),
      scope: chosenScope(c),
      providers: c.field('scope') === 'some' ? c.form.getAll('providers') : null,
    });
    return madePage(c, made);
  } catch (error) {
    if (error instanceof AccountRefused) return listPage(keys, c, accountErrors(c, error));
    throw error;
  }
}

function madePage(c: SignedInContext, { record, key }: MadeApiKey): Promise<Response> {
  const t = c.messages(apiKeyMessages);
  const isForProviders = record.scope === 'providers';
  const provider = encodeURIComponent((record.providers && c.form.get('providers')) ?? 'PROVIDER');
  const path = isForProviders ? `/oauth/out/${provider}/PATH` : '/oauth/api/v1/consumers';
  const address = c.publicUrl.origin + c.url(path);
  return c.page({
    title: fill(t.madeTitle, { label: record.label }),
    section: 'account',
    breadcrumbs: [toAccount(c), { label: t.title, path: KEYS_PATH }],
    body: html`${notice('warning', html`<strong>${t.madeLead}</strong> ${t.madeLost}`)}
<h2>${t.key}</h2>${copyBlock(c, key.reveal(), t.key)}
<h2>${t.use}</h2><p>${
      isForProviders
        ? t.useText
        : html`${t.useApiText} <a href="${c.url('/oauth/api')}">${t.apiReference}</a>`
    }</p>${copyBlock(c, `curl -H 'Authorization: Bearer ${key.reveal()}' ${address}`, t.use)}
<p>${linkButton(c, KEYS_PATH, t.done, 'primary')}</p>`,
  });
}

async function ask(keys: ApiKeysContext, c: SignedInContext): Promise<Response> {
  const t = c.messages(apiKeyMessages);
  const own = await keys.storage.apiKeys.listOfUser(c.viewer.user.name);
  const key = own.find(({ id }) => id === c.query.get('id'));
  if (key === undefined) return gonePage(c);
  return c.page({
    title: fill(t.revokeTitle, { label: key.label }),
    section: 'account',
    breadcrumbs: [toAccount(c), { label: t.title, path: KEYS_PATH }],
    body: confirmation(c, {
      consequences: html`<p>${t.revokeText}</p>`,
      action: REVOKE_KEY_PATH,
      fields: hiddenField('id', key.id),
      confirmLabel: t.revokeSubmit,
      cancelPath: KEYS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

async function revoke(keys: ApiKeysContext, c: SignedInContext): Promise<Response> {
  const isDone = await revokeApiKey(keys, c.viewer.user.name, c.field('id'));
  return isDone ? c.redirect(KEYS_PATH, c.messages(apiKeyMessages).revoked) : gonePage(c);
}

function gonePage(c: SignedInContext): Promise<Response> {
  const t = c.messages(apiKeyMessages);
  return c.page({
    title: t.goneTitle,
    section: 'account',
    status: 404,
    breadcrumbs: [toAccount(c), { label: t.title, path: KEYS_PATH }],
    body: html`<p>${t.goneText}</p>${buttonRow(linkButton(c, KEYS_PATH, t.back))}`,
  });
}

function toAccount(c: SignedInContext) {
  return { label: c.messages(messages).accountTitle, path: ACCOUNT_PATH };
}
