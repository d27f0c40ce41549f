/**
 * The search over everything: pages and actions for everybody, records for administrators. Where scripts run, the same
 * is asked for by `palette.js` as one types: places once, records at an address of their own, which only
 * administrators may use.
 */
import type { AdministrationContext } from '../../administration/index.ts';
import {
  count,
  fill,
  type Html,
  html,
  type NavigationItem,
  type PageRoute,
  type PageSet,
  SEARCH_PATH,
  SEARCH_PLACES_PATH,
  SEARCH_RECORDS_PATH,
  type SignedInContext,
  submitButton,
  textField,
} from '../../web/index.ts';
import { searchMessages } from './messages.ts';
import { type Found, matchingPlaces, placesFor } from './places.ts';
import { findRecords } from './records.ts';

/** The search over what these sets have. */
export function searchPages(administration: AdministrationContext, sets: readonly PageSet[]): PageSet {
  const routes: readonly PageRoute[] = [
    { method: 'GET', path: SEARCH_PATH, access: 'user', handle: (c) => searchPage(administration, sets, c) },
    { method: 'GET', path: SEARCH_PLACES_PATH, access: 'user', handle: (c) => placesAnswer(sets, c) },
    {
      method: 'GET',
      path: SEARCH_RECORDS_PATH,
      access: 'administrator',
      handle: async (c) => json(await findRecords(administration, c, wanted(c))),
    },
  ];
  return { routes, navigation: [] };
}

async function searchPage(
  administration: AdministrationContext,
  sets: readonly PageSet[],
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(searchMessages);
  const search = wanted(c);
  const { isAdministrator } = c.viewer.user;
  const records = isAdministrator ? await findRecords(administration, c, search) : [];
  const found = [...records, ...matchingPlaces(placesFor(c, sets), search)];
  const form = html`<form method="get" action="${c.url(SEARCH_PATH)}" role="search" class="form is-inline">
${textField(c, { name: 'q', label: t.label, value: search, type: 'search', isConditional: true })}
${submitButton(t.button, 'primary')}</form>`;
  const told = found.length === 0 ? fill(t.nothing, { search }) : count(c, t.foundCount, found.length);
  return c.page({
    title: t.title,
    section: 'search',
    lead: isAdministrator ? t.leadAdministrator : t.lead,
    body: html`${form}${search === '' ? '' : html`<p role="status">${told}</p>`}${groups(found)}`,
  });
}

function groups(found: readonly Found[]): Html {
  const byGroup = Map.groupBy(found, ({ group }) => group);
  return html`${[...byGroup].map(
    ([group, ones]) =>
      html`<section><h2>${group}</h2><ul class="found">${ones.map(
        ({ href, label, detail }) =>
          html`<li><a href="${href}">${label}</a>${detail === '' ? '' : html` <span class="meta">${detail}</span>`}</li>`,
      )}</ul></section>`,
  )}`;
}

/** Everything that the script shows without asking again: places, the keys that jump, and its words. */
function placesAnswer(sets: readonly PageSet[], c: SignedInContext): Response {
  const isAdministrator = c.viewer.user.isAdministrator;
  const jumps = sets
    .flatMap(({ navigation }) => navigation)
    .filter((item): item is NavigationItem & { jump: string } => item.jump !== undefined)
    .filter(({ access }) => access === 'user' || isAdministrator)
    .map(({ jump, label }) => ({ key: jump, label: label[c.locale] }));
  return json({ places: placesFor(c, sets), jumps, words: c.messages(searchMessages) });
}

function wanted(c: SignedInContext): string {
  return (c.query.get('q') ?? '').trim().slice(0, 200);
}

function json(value: unknown): Response {
  return Response.json(value, {
    headers: {
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
    },
  });
}
