/** The addresses of the token pages, and revoking: one token, or all of a consumer or user, after a question. */
import { listTokens, Refused, revokeToken, revokeTokens } from '../../../administration/index.ts';
import type { TokenFilter } from '../../../model/index.ts';
import { confirmation, count, fill, html, type PageRoute, type SignedInContext } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, pathWith, view } from '../route.ts';
import { tokensCsv } from './csv.ts';
import { filterQuery, listPage } from './list-page.ts';
import { REVOKE_PATH, TOKENS_PATH, tokenFilter, tokenMessages } from './words.ts';

export function tokenRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(TOKENS_PATH, (c) => listPage(deps, c)),
    view(`${TOKENS_PATH}/tokens.csv`, (c) => tokensCsv(deps, c)),
    view(REVOKE_PATH, (c) => (c.query.has('id') ? askOne(deps, c) : askAll(deps, c))),
    change(REVOKE_PATH, (c) => revoke(deps, c)),
  ];
}

async function askOne({ administration }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(tokenMessages);
  const id = c.query.get('id') ?? '';
  const token = await administration.storage.accessTokens.findById(id);
  if (token === null || token.revokedAt !== null) throw missing(id);
  const consumer = await administration.storage.consumers.find(token.consumerKey);
  const names = { consumer: consumer?.name ?? token.consumerKey, user: token.userName };
  const from = c.query.get('from');
  const action = pathWith(REVOKE_PATH, { id, ...(from !== null && { from }) });
  return question(c, t.oneTitle, fill(t.oneText, names), action);
}

async function askAll({ administration }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(tokenMessages);
  const filter = tokenFilter(c);
  if (Object.keys(filter).length === 0) return c.redirect(TOKENS_PATH);
  const total = await countTokens({ administration }, filter);
  const { consumerKey, userName } = filter;
  const plural = consumerKey === undefined ? t.allOfUser : t.allOfConsumer;
  const owner = [consumerKey, userName].filter((name) => name !== undefined).join(' / ');
  const text = fill(count(c, plural, total), { consumer: owner, user: owner });
  return question(c, t.allTitle, text, `${REVOKE_PATH}?${filterQuery(c)}`);
}

async function revoke({ administration }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(tokenMessages);
  const actor = c.viewer.user.name;
  const id = c.query.get('id');
  const filter = tokenFilter(c);
  if (id === null && Object.keys(filter).length === 0) return c.redirect(TOKENS_PATH);
  const revoked =
    id === null
      ? await revokeTokens(administration, filter, actor)
      : await revokeToken(administration, id, actor).then(() => 1);
  return c.redirect(wayBack(c), count(c, t.revoked, revoked));
}

/** The page of the consumer where the question began; else the list. */
function wayBack(c: SignedInContext): string {
  const key = c.query.get('from');
  return key === null ? TOKENS_PATH : pathWith('/oauth/admin/consumers/view', { key });
}

function question(c: SignedInContext, title: string, text: string, action: string): Promise<Response> {
  const t = c.messages(tokenMessages);
  return c.page({
    title,
    section: 'tokens',
    breadcrumbs: [{ label: t.title, path: TOKENS_PATH }],
    body: confirmation(c, {
      consequences: html`<p><strong>${text}</strong></p><p>${t.again}</p>`,
      action,
      confirmLabel: t.submit,
      cancelPath: wayBack(c),
      cancelLabel: t.keep,
    }),
  });
}

async function countTokens(
  { administration }: Pick<AdministrationDependencies, 'administration'>,
  filter: TokenFilter,
): Promise<number> {
  const query = { search: '', sort: 'created', descending: true, offset: 0, limit: 1 } as const;
  return (await listTokens(administration, filter, query)).total;
}

function missing(id: string): Refused {
  return new Refused([{ field: 'token', code: 'not-found', params: { text: id } }]);
}
