/**
 * Records that an administrator may be looking for by a few letters: consumers, service providers, users and refused
 * requests, a few of each. What is named exactly so comes first; the lists have the rest.
 */
import type { AdministrationContext } from '../../administration/index.ts';
import type { SignedInContext } from '../../web/index.ts';
import { consumerPath } from '../administration/consumers/words.ts';
import { refusalPath } from '../administration/diagnosis/words.ts';
import { pathWith } from '../administration/route.ts';
import { providerPath } from '../administration/service-providers/words.ts';
import { TOKENS_PATH } from '../administration/tokens/words.ts';
import { userPath } from '../administration/users/words.ts';
import { searchMessages } from './messages.ts';
import type { Found } from './places.ts';

/** How many of each kind. */
const MOST = 5;

/** Shorter searches would find nearly everything. */
const SHORTEST = 2;

/** What a search finds. */
export async function findRecords(
  { storage }: AdministrationContext,
  c: SignedInContext,
  search: string,
): Promise<readonly Found[]> {
  if (search.length < SHORTEST) return [];
  const t = c.messages(searchMessages);
  const query = { search, offset: 0, limit: MOST, countUpTo: MOST };
  const list = { ...query, sort: 'name', descending: false } as const;
  const [named, consumers, providers, users, refusals] = await Promise.all([
    storage.consumers.find(search),
    storage.consumers.list(list),
    storage.serviceProviders.list(list),
    storage.users.list(list),
    storage.refusals.list({}, query),
  ]);
  const others = consumers.rows.map(({ consumer }) => consumer).filter(({ key }) => key !== named?.key);
  return [
    ...[...(named === null ? [] : [named]), ...others].map(({ key, name }) => ({
      group: t.consumers,
      label: name,
      detail: key,
      href: c.url(consumerPath('view', key)),
    })),
    ...users.rows.flatMap(({ name, displayName }) => [
      { group: t.users, label: displayName, detail: name, href: c.url(userPath('edit', name)) },
      {
        group: t.users,
        label: displayName,
        detail: t.accessOfUser,
        href: c.url(pathWith(TOKENS_PATH, { user: name })),
      },
    ]),
    ...providers.rows.map(({ name, consumerKey }) => ({
      group: t.providers,
      label: name,
      detail: consumerKey,
      href: c.url(providerPath('view', name)),
    })),
    ...refusals.rows.map(({ requestId, method, path, problem }) => ({
      group: t.refusals,
      label: `${method} ${path}`,
      detail: `${problem} · ${requestId}`,
      href: c.url(refusalPath(requestId)),
    })),
  ];
}
