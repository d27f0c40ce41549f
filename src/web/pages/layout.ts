/**
 * The frame of every page: title, skip link, header with navigation, breadcrumbs, heading with its one primary
 * action, footer with the languages. No inline script or style anywhere: the policy in `security-headers.ts`
 * would not run them.
 */

import { CSRF_FIELD } from './anti-forgery.ts';
import { type Content, type Html, html } from './html.ts';
import { fill } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';
import { isLocalPath } from './local-path.ts';
import type { NavigationItem, Page, PageContext } from './page-route.ts';
import { number } from './parts.ts';
import { LOCALES, type Locale } from './reader.ts';
import { SEARCH_PATH, SEARCH_PLACES_PATH, SEARCH_RECORDS_PATH } from './search-paths.ts';

/** What stands around a page. */
export interface Around {
  readonly navigation: readonly NavigationItem[];
  readonly hasSearch: boolean;
  /** Whether that search opens on the page itself. */
  readonly hasPalette: boolean;
}

/** The whole document of a page. */
export async function layout(c: PageContext, page: Page, around: Around): Promise<Html> {
  const isCard = page.shape === 'card' || page.shape === 'plain-card';
  const navigation = isCard ? [] : await counted(c, around.navigation);
  const t = c.messages(kitMessages);
  const isError = (page.status ?? 200) >= 400;
  const area = areaOf(c, page, around.navigation);
  return html`<!doctype html>
<html lang="${c.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isError ? t.errorTitlePrefix : ''}${page.title}${area === '' ? '' : ` · ${area}`} · ${c.installationName}</title>
<link rel="icon" href="${c.asset('mark.svg')}" type="image/svg+xml">
${['pages.css', ...(isCard ? ['card.css'] : []), ...(page.styles ?? [])].map(
  (name) => html`<link rel="stylesheet" href="${c.asset(name)}">\n`,
)}${['pages.js', ...(page.scripts ?? [])].map(
  (name) => html`<script type="module" src="${c.asset(name)}"></script>\n`,
)}</head>
<body class="${isCard ? 'is-card' : 'is-page'}">
<a class="skip" href="#content">${t.skipToContent}</a>
${header(c, page, { ...around, navigation, hasSearch: around.hasSearch && !isCard })}
<main id="content" tabindex="-1">
${isCard ? cardBody(c, page) : pageBody(c, page, area)}
</main>
${footer(c)}
<p class="sr-only" role="status" aria-live="polite" data-live data-copied="${t.copied}"${isCard ? '' : html` data-draft="${t.draftBack}"`}></p>
</body>
</html>`;
}

interface CountedItem extends NavigationItem {
  readonly waiting: number;
}

type CountedAround = Omit<Around, 'navigation'> & { readonly navigation: readonly CountedItem[] };

/** The entries with their numbers. One that cannot be had is left out: a page about trouble has to come all the same. */
function counted(c: PageContext, items: readonly NavigationItem[]): Promise<CountedItem[]> {
  const { viewer, now } = c;
  return Promise.all(
    items.map(async (item) => {
      const isSeen = viewer !== null && (item.access === 'user' || viewer.user.isAdministrator);
      const waiting = isSeen ? await item.count?.(viewer, now).catch(() => 0) : 0;
      return { ...item, waiting: waiting ?? 0 };
    }),
  );
}

function header(c: PageContext, page: Page, { navigation, ...search }: CountedAround): Html {
  const t = c.messages(kitMessages);
  const of = (access: NavigationItem['access']) => navigation.filter((item) => item.access === access);
  const isAdministrator = c.viewer?.user.isAdministrator ?? false;
  return html`<header class="masthead">
<a class="brand" href="${c.url('/')}">${mark()}<span>${c.installationName}</span></a>
${c.viewer === null ? '' : tabs(c, page, of('user'), t.navigation, 'is-own')}
${viewerMenu(c, page, search)}
${isAdministrator ? tabs(c, page, of('administrator'), t.administration, 'is-administration') : ''}
</header>`;
}

/** One group of the navigation: one's own pages beside the name, those for administrators in a line of their own. */
function tabs(
  c: PageContext,
  page: Page,
  items: readonly CountedItem[],
  label: string,
  group: string,
): Content {
  if (items.length === 0) return '';
  return html`<nav class="tabs ${group}" aria-label="${label}"><ul>${items.map(
    (item) =>
      html`<li><a href="${c.url(item.path)}"${
        item.section === page.section ? html` aria-current="page"` : ''
      }${item.jump === undefined ? '' : html` data-jump="${item.jump}"`}>${item.label[c.locale]}${
        item.waiting === 0 ? '' : html` <span class="waiting">${number(c, item.waiting)}</span>`
      }</a></li>`,
  )}</ul></nav>`;
}

function viewerMenu(c: PageContext, page: Page, search: Omit<Around, 'navigation'>): Content {
  if (c.viewer === null) return '';
  const t = c.messages(kitMessages);
  const isCard = page.shape === 'card' || page.shape === 'plain-card';
  const current = (section: string) => (section === page.section ? html` aria-current="page"` : '');
  return html`<nav class="viewer" aria-label="${t.you}">
${search.hasSearch ? finder(c, page, search.hasPalette) : ''}
${isCard ? html`<span>${c.viewer.user.displayName}</span>` : html`<a href="${c.url('/oauth/account')}"${current('account')} title="${t.account}" data-user="${c.viewer.user.name}">${c.viewer.user.displayName}</a>`}
<form method="post" action="${c.url('/oauth/logout')}">
<input type="hidden" name="${CSRF_FIELD}" value="${c.viewer.session.csrfToken}">
<button class="as-link">${t.logOut}</button>
</form>
</nav>`;
}

/** Leads to the search over everything; where the script may, it opens that on the page, and shows the key for it. */
function finder(c: PageContext, page: Page, hasPalette: boolean): Html {
  const t = c.messages(kitMessages);
  const addresses = html` data-palette="${c.url(SEARCH_PLACES_PATH)}" data-style="${c.asset('palette.css')}"${
    c.viewer?.user.isAdministrator ? html` data-records="${c.url(SEARCH_RECORDS_PATH)}"` : ''
  }`;
  const current = page.section === 'search' ? html` aria-current="page"` : '';
  return html`<a class="finder" href="${c.url(SEARCH_PATH)}"${current}${hasPalette ? addresses : ''}>${t.search}<kbd hidden></kbd></a>`;
}

/** What the page is a part of, when its section is one that only administrators have. */
function areaOf(c: PageContext, page: Page, navigation: readonly NavigationItem[]): string {
  const item = navigation.find(({ section }) => section === page.section);
  return item?.access === 'administrator' ? c.messages(kitMessages).administration : '';
}

function pageBody(c: PageContext, page: Page, area: string): Html {
  return html`${page.breadcrumbs?.length ? breadcrumbs(c, page) : area === '' ? '' : html`<p class="area">${area}</p>`}
<div class="heading"><h1>${page.title}</h1>${page.lead ? html`<div class="lead">${page.lead}</div>` : ''}${page.action ? html`<div class="heading-action">${page.action}</div>` : ''}</div>
${noticeOf(c)}
${page.body}`;
}

function cardBody(c: PageContext, page: Page): Html {
  if (page.shape === 'plain-card') return html`<div class="card">${noticeOf(c)}${page.body}</div>`;
  return html`<div class="card">
<h1>${page.title}</h1>
${page.lead ? html`<p class="lead">${page.lead}</p>` : ''}
${noticeOf(c)}
${page.body}
</div>`;
}

function noticeOf(c: PageContext): Content {
  // Who is not signed in has done nothing here: they are told why they have to log in, or that they are out.
  const kind = c.viewer === null ? 'info' : 'done';
  return c.notice === null ? '' : html`<p class="notice is-${kind}" role="status">${c.notice}</p>`;
}

function breadcrumbs(c: PageContext, page: Page): Content {
  if (page.breadcrumbs === undefined || page.breadcrumbs.length === 0) return '';
  const t = c.messages(kitMessages);
  return html`<nav class="breadcrumbs" aria-label="${t.breadcrumbs}"><ol>${page.breadcrumbs.map(
    ({ label, path }) => html`<li><a href="${c.url(path)}">${label}</a></li>`,
  )}</ol></nav>`;
}

function footer(c: PageContext): Html {
  const t = c.messages(kitMessages);
  return html`<footer class="colophon">
<p>${t.poweredBy}</p>
<nav aria-label="${t.language}"><ul>${(Object.keys(LOCALES) as Locale[]).map((locale) =>
    locale === c.locale
      ? html`<li><span aria-current="true" lang="${locale}">${LOCALES[locale]}</span></li>`
      : html`<li><a href="${languageLink(c, locale)}" lang="${locale}" hreflang="${locale}">${LOCALES[locale]}</a></li>`,
  )}</ul></nav>
</footer>`;
}

/** The same page in another language. A page that a POST gave is asked for again by GET. */
function languageLink(c: PageContext, locale: Locale): string {
  const query = new URLSearchParams(c.query);
  query.set('lang', locale);
  // A form that leads somewhere, as the login does, still leads there afterwards.
  const next = c.form.get('next') ?? '';
  if (next !== '') query.set('next', next);
  return samePage(c, query);
}

/** The address of the same page, with this query. A path that browsers take for another host is none of ours to lead to. */
export function samePage(c: PageContext, query: URLSearchParams): string {
  const path = isLocalPath(c.path) ? c.path : '/';
  return c.url(query.size === 0 ? path : `${path}?${query}`);
}

/** Two strokes that cross: one signs, the other countersigns. */
function mark(): Html {
  return html`<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><path class="mark-first" d="M5 24C10 8 15 6 15.5 11S11 25 15 25s6-6 11-7" fill="none" stroke-width="2.6" stroke-linecap="round"/><path class="mark-second" d="M8 9c6 2 12 8 17 15" fill="none" stroke-width="2.6" stroke-linecap="round"/></svg>`;
}

/** The title and text of a page about something that went wrong, with the request id to quote. */
export function errorBody(c: PageContext, text: string, more: Content = ''): Html {
  const t = c.messages(kitMessages);
  return html`<p>${text}</p>
${more}
<p class="meta">${fill('{label}:', { label: t.requestId })} <code>${c.requestId}</code></p>`;
}
