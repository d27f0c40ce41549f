/** Builds the context that page handlers get: what is known about the request, and the answers that can be made. */
import type { SignedIn } from '../../accounts/index.ts';
import { SESSION_ABSOLUTE_SECONDS } from '../../accounts/index.ts';
import type { ConnectionFacts } from '../connection-facts.ts';
import type { UserHeaderWord } from '../user-header.ts';
import type { Assets } from './assets.ts';
import type { CookieJar } from './cookies.ts';
import type { Catalogue, Messages } from './i18n.ts';
import { layout } from './layout.ts';
import { isLocalPath } from './local-path.ts';
import type { NavigationItem, Page, PageContext } from './page-route.ts';
import type { Locale } from './reader.ts';
import { securityHeaders } from './security-headers.ts';

/** What is the same for every request. */
export interface Site {
  readonly publicUrl: URL;
  readonly cookies: CookieJar;
  readonly assets: Assets;
  readonly navigation: readonly NavigationItem[];
  /** Whether there is a search over everything. */
  readonly hasSearch: boolean;
}

/** What is known about one request. */
export interface RequestFacts {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly parameters: Readonly<Record<string, string>>;
  readonly viewer: SignedIn | null;
  readonly locale: Locale;
  readonly region: string | null;
  readonly now: number;
  readonly installationName: string;
  readonly clientAddress: string;
  readonly connection: ConnectionFacts | null;
  readonly word: UserHeaderWord;
  readonly isVisit: boolean;
  readonly requestId: string;
  readonly notice: string | null;
  readonly sessionCookie: string | undefined;
  readonly loginTicket: string | undefined;
  readonly inPopup: boolean;
  readonly opensPopups: boolean;
  /** Cookies to set with whatever the answer is. */
  readonly cookies: readonly string[];
}

/** A notice that nobody came to read is forgotten after this. */
const NOTICE_SECONDS = 60;

/** Longer than a ticket is good for: how long that is stands in the ticket itself. */
const LOGIN_SECONDS = 900;

/** Makes the context of one request. */
export function createPageContext(site: Site, facts: RequestFacts): PageContext {
  const prefix = site.publicUrl.pathname.replace(/\/+$/, '');
  const isHttps = site.publicUrl.protocol === 'https:';
  const { parameters, inPopup, opensPopups, cookies, ...known } = facts;

  function redirect(localPath: string, ...setCookies: readonly string[]): Response {
    if (!isLocalPath(localPath))
      throw new Error(`A page redirects to ${localPath}, which is not a local path.`);
    return seeOther(prefix + localPath, [...cookies, ...setCookies]);
  }

  const noticeCookie = (notice: string | undefined): string[] =>
    notice === undefined ? [] : [site.cookies.write('notice', notice.slice(0, 300), NOTICE_SECONDS)];

  const c: PageContext = {
    ...known,
    publicUrl: site.publicUrl,
    param: (name) => parameters[name] ?? '',
    field: (name) => (facts.form.get(name) ?? '').trim(),
    url: (localPath) => prefix + localPath,
    asset: (name) => prefix + site.assets.path(name),
    messages: <T extends Messages>(catalogue: Catalogue<T>) => catalogue[facts.locale],
    async page(page: Page) {
      const headers = new Headers({
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Language': facts.locale,
        Vary: 'Accept-Language, Cookie',
        ...securityHeaders({ fetches: hasPalette(site, c, page), ...page, isHttps, inPopup, opensPopups }),
        ...page.headers,
      });
      for (const cookie of cookies) headers.append('Set-Cookie', cookie);
      if (facts.notice !== null) headers.append('Set-Cookie', site.cookies.write('notice', '', 0));
      const document = await layout(c, page, { ...site, hasPalette: hasPalette(site, c, page) });
      return new Response(String(document), { status: page.status ?? 200, headers });
    },
    redirect: (localPath, notice) => redirect(localPath, ...noticeCookie(notice)),
    leaveFor: (location) => seeOther(location, cookies),
    leaveToLogIn: (location, ticket) =>
      seeOther(location, [...cookies, site.cookies.write('login', ticket, LOGIN_SECONDS)]),
    signIn: (cookie, localPath, notice) =>
      redirect(
        localPath,
        site.cookies.write('session', cookie, SESSION_ABSOLUTE_SECONDS),
        ...noticeCookie(notice),
      ),
    signOut: (localPath, notice) =>
      redirect(localPath, site.cookies.write('session', '', 0), ...noticeCookie(notice)),
  };
  return c;
}

/** Whether the search over everything opens on the page itself. A page that may fetch nothing has a link to it. */
function hasPalette(site: Site, c: PageContext, page: Page): boolean {
  return site.hasSearch && c.viewer !== null && (page.shape ?? 'page') === 'page' && page.fetches !== false;
}

/** 303: the browser goes on with GET, and a reload does not send the form again. */
function seeOther(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({
    Location: location,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}
