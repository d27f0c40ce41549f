/**
 * Feeds of other installations: subscribing with a preview of what they publish, reading again, unsubscribing. A feed
 * is read when an administrator says so, and at no other moment. It is read once more when a subscription is confirmed,
 * and subscribed to only if it still says what was shown.
 */
import {
  type FeedReading,
  findFeed,
  type GadgetsRefused,
  noteFeedTrouble,
  readFeedBaseUrl,
  readingDigest,
  refreshFeed,
  subscribeToFeed,
  unsubscribeFromFeed,
} from '../../gadgets/index.ts';
import type { GadgetFeed } from '../../model/index.ts';
import {
  badge,
  buttonRow,
  type Column,
  type Content,
  confirmation,
  count,
  emptyState,
  errorSummary,
  type FieldError,
  fill,
  hiddenField,
  html,
  linkButton,
  moment,
  number,
  ownLine,
  type PageRoute,
  postForm,
  type SignedInContext,
  submitButton,
  table,
  textField,
} from '../../web/index.ts';
import { feedTroubleWords, fetchFeed } from '../fetch-feed.ts';
import { mistakeWords } from '../mistake-words.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { attempt, change, view } from './route.ts';
import { FEEDS_PATH, frame, messages, partsNavigation } from './words.ts';

const ADD_PATH = `${FEEDS_PATH}/add`;
const SUBSCRIBE_PATH = `${ADD_PATH}/confirm`;
const REFRESH_PATH = `${FEEDS_PATH}/refresh`;
const REMOVE_PATH = `${FEEDS_PATH}/remove`;

/** The routes of feeds. */
export function feedRoutes(deps: GadgetAdministrationDependencies): readonly PageRoute[] {
  return [
    view(FEEDS_PATH, (c) => feedsPage(deps, c)),
    view(ADD_PATH, (c) => addPage(c, [])),
    change(ADD_PATH, (c) => entered(deps, c, (url, reading) => previewPage(c, url, reading, []))),
    change(SUBSCRIBE_PATH, (c) => entered(deps, c, (url, reading) => subscribe(deps, c, url, reading))),
    change(REFRESH_PATH, (c) => refresh(deps, c)),
    view(REMOVE_PATH, (c) => ask(deps, c)),
    change(REMOVE_PATH, (c) => unsubscribe(deps, c)),
  ];
}

async function feedsPage(
  { gadgets }: GadgetAdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(messages);
  const [feeds, all] = await Promise.all([
    gadgets.storage.gadgetFeeds.list(),
    gadgets.storage.gadgets.list(),
  ]);
  const brought = (feed: GadgetFeed) => all.filter(({ feedId }) => feedId === feed.id).length;
  const add = linkButton(c, ADD_PATH, t.feedAdd, 'primary');
  return c.page({
    ...frame(c),
    title: t.feeds,
    lead: t.feedsLead,
    ...(feeds.length > 0 && { action: add }),
    body: html`${partsNavigation(c, 'feeds')}${
      feeds.length === 0
        ? emptyState(t.feedsEmptyTitle, t.feedsEmptyText, add)
        : table(c, { caption: t.feedsCaption, columns: columns(c, brought), rows: feeds })
    }`,
  });
}

function columns(c: SignedInContext, brought: (feed: GadgetFeed) => number): Column<GadgetFeed>[] {
  const t = c.messages(messages);
  return [
    {
      header: t.columnFeed,
      isName: true,
      cell: ({ name, baseUrl }) =>
        html`<strong>${name}</strong><span class="meta"><code>${baseUrl}</code></span>`,
    },
    { header: t.columnGadgets, isNumber: true, cell: (feed) => number(c, brought(feed)) },
    {
      header: t.columnRead,
      cell: ({ fetchedAt, trouble }) =>
        html`${moment(c, fetchedAt)}${trouble === null ? '' : html` ${badge('warning', t.feedTrouble)}<p class="meta">${trouble}</p>`}`,
    },
    { header: t.columnActions, isActions: true, cell: (feed) => actions(c, feed) },
  ];
}

function actions(c: SignedInContext, { id, name }: GadgetFeed): Content {
  const t = c.messages(messages);
  const again = html`${hiddenField('id', id)}<button class="as-link row-action" aria-label="${fill(t.refreshNamed, { name })}">${t.refresh}</button>`;
  return html`${postForm(c, REFRESH_PATH, again, 'form is-button')} <a class="row-action is-danger" href="${c.url(`${REMOVE_PATH}?id=${id}`)}" aria-label="${fill(t.unsubscribeNamed, { name })}">${t.unsubscribe}</a>`;
}

function addPage(c: SignedInContext, errors: readonly FieldError[]): Promise<Response> {
  const t = c.messages(messages);
  const value = c.form.get('baseUrl') ?? '';
  const form = html`${textField(c, { name: 'baseUrl', label: t.baseUrl, help: t.baseUrlHelp, value, errors, type: 'url', isMonospaced: true })}
${buttonRow(submitButton(t.fetch), linkButton(c, FEEDS_PATH, t.cancel))}`;
  return c.page({
    ...frame(c, { label: t.feeds, path: FEEDS_PATH }),
    title: t.feedAdd,
    lead: t.feedAddLead,
    status: errors.length > 0 ? 422 : 200,
    body: html`${errorSummary(c, errors)}${postForm(c, ADD_PATH, form)}`,
  });
}

/** What a feed says now, or why it cannot be read. */
type Reading = { readonly reading: FeedReading } | { readonly trouble: string };

/** What the feed at the base URL that was entered says, or a page that says what was wrong. */
async function entered(
  deps: GadgetAdministrationDependencies,
  c: SignedInContext,
  go: (baseUrl: string, reading: FeedReading) => Promise<Response>,
): Promise<Response> {
  const base = await attempt(c, async () => readFeedBaseUrl(deps.gadgets, c.field('baseUrl')));
  if ('errors' in base) return addPage(c, base.errors);
  const result = await read(deps, c, base.done);
  if ('trouble' in result) return addPage(c, [{ field: 'baseUrl', message: result.trouble }]);
  return go(base.done, result.reading);
}

async function read(
  { outbound }: GadgetAdministrationDependencies,
  c: SignedInContext,
  baseUrl: string,
): Promise<Reading> {
  try {
    return { reading: await fetchFeed(outbound, baseUrl, c.locale) };
  } catch (error) {
    const trouble = feedTroubleWords(c.locale, baseUrl, error);
    if (trouble === null) throw error;
    return { trouble };
  }
}

function previewPage(
  c: SignedInContext,
  baseUrl: string,
  reading: FeedReading,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const { name, specs, failures } = reading;
  const form = html`${hiddenField('baseUrl', baseUrl)}${hiddenField('digest', readingDigest(reading))}${buttonRow(submitButton(t.subscribe), linkButton(c, FEEDS_PATH, t.cancel))}`;
  return c.page({
    ...frame(c, { label: t.feeds, path: FEEDS_PATH }),
    title: fill(t.feedPreviewTitle, { name }),
    lead: fill(t.feedPreviewLead, { url: baseUrl }),
    status: errors.length > 0 ? 409 : 200,
    body: html`${errorSummary(c, errors)}${specs.length === 0 ? html`<p>${t.feedPreviewNone}</p>` : published(c, specs)}${
      failures.length === 0
        ? ''
        : html`<section><h2>${t.failures}</h2><ul>${failures.map(({ specUrl, sentence }) => html`<li><code class="breakable">${specUrl}</code>: ${sentence}</li>`)}</ul></section>`
    }${postForm(c, SUBSCRIBE_PATH, form)}`,
  });
}

function published(c: SignedInContext, specs: FeedReading['specs']): Content {
  const t = c.messages(messages);
  return table(c, {
    caption: t.caption,
    columns: [
      {
        header: t.columnGadget,
        isName: true,
        cell: ({ title, description }) => html`<strong>${title}</strong>${ownLine(description)}`,
      },
      { header: t.columnAddress, cell: ({ specUrl }) => html`<code class="breakable">${specUrl}</code>` },
    ],
    rows: specs,
  });
}

async function subscribe(
  { gadgets }: GadgetAdministrationDependencies,
  c: SignedInContext,
  baseUrl: string,
  reading: FeedReading,
): Promise<Response> {
  const t = c.messages(messages);
  if (readingDigest(reading) !== c.field('digest')) {
    return previewPage(c, baseUrl, reading, [{ field: '', message: t.feedChangedSince }]);
  }
  const outcome = await attempt(c, () =>
    subscribeToFeed(gadgets, baseUrl, reading, c.viewer.user.name, wordsFor(c)),
  );
  if ('errors' in outcome) return addPage(c, outcome.errors);
  const { feed, added } = outcome.done;
  return c.redirect(FEEDS_PATH, fill(count(c, t.subscribed, added.length), { name: feed.name }));
}

/** Why a gadget could not be kept, in the language of the page. */
function wordsFor({ locale }: SignedInContext) {
  return ({ mistakes }: GadgetsRefused) => mistakes.map((one) => mistakeWords(locale, one)).join(' ');
}

async function refresh(deps: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const actor = c.viewer.user.name;
  const { id, name, baseUrl } = await findFeed(deps.gadgets, c.field('id'));
  const result = await read(deps, c, baseUrl);
  if ('trouble' in result) {
    await noteFeedTrouble(deps.gadgets, id, result.trouble, actor);
    return c.redirect(FEEDS_PATH, fill(t.refreshFailed, { name, reason: result.trouble }));
  }
  const report = await refreshFeed(deps.gadgets, id, result.reading, actor, wordsFor(c));
  const values = {
    name: report.feed.name,
    added: report.added.length,
    updated: report.updated.length,
    removed: report.removed.length,
  };
  return c.redirect(FEEDS_PATH, fill(report.failures.length === 0 ? t.refreshed : t.refreshedBadly, values));
}

async function ask({ gadgets }: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const { id, name, baseUrl } = await findFeed(gadgets, c.query.get('id') ?? '');
  const brought = (await gadgets.storage.gadgets.list()).filter(({ feedId }) => feedId === id).length;
  return c.page({
    ...frame(c, { label: t.feeds, path: FEEDS_PATH }),
    title: fill(t.unsubscribeTitle, { name }),
    body: confirmation(c, {
      consequences: html`<p>${brought === 0 ? '' : count(c, t.unsubscribeText, brought)}</p><p class="meta"><code>${baseUrl}</code></p>`,
      action: REMOVE_PATH,
      fields: hiddenField('id', id),
      confirmLabel: t.unsubscribe,
      cancelPath: FEEDS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

async function unsubscribe(
  { gadgets }: GadgetAdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const { name } = await unsubscribeFromFeed(gadgets, c.field('id'), c.viewer.user.name);
  return c.redirect(FEEDS_PATH, fill(c.messages(messages).unsubscribed, { name }));
}
