/**
 * The front door of all HTML pages. For each request, in this order: find the route; refuse a POST that another
 * site started; load the session; enforce the route's access; check the form's token; run the handler; turn
 * whatever it throws into a page. A face writes routes and bodies, and cannot forget any of it.
 *
 *   const routes: PageRoute[] = [
 *     { method: 'GET', path: '/oauth/admin/things', access: 'administrator', handle: listThings },
 *     { method: 'POST', path: '/oauth/admin/things/:key/remove', access: 'administrator', handle: removeThing },
 *   ];
 *   function listThings(c: SignedInContext) {
 *     const t = c.messages({ en, ja });                             // the face's own sentences
 *     const list = readList(c, { sorts: ['name'], sort: 'name' });  // q, sort, order, page of the address
 *     return c.page({ title: t.things, section: 'things', body: html`${searchBox(c, list, t.search)} …` });
 *   }
 *   // POST: wrong input → c.page({ status: 422, … errorSummary(c, errors), textField(c, { …, errors }) });
 *   //       done        → c.redirect('/oauth/admin/things', fill(t.removed, { name }));
 */
import { TrieRouter } from 'hono/router/trie-router';
import {
  type AccountsContext,
  findSession,
  isBoundToProxy,
  logOut,
  PasswordsBusy,
} from '../../accounts/index.ts';
import { nowSeconds } from '../../base/index.ts';
import { StorageUnavailable, type User } from '../../model/index.ts';
import type { ConnectionFacts } from '../connection-facts.ts';
import { nameIn, type UserHeaderWord } from '../user-header.ts';
import { carriesToken, isFromOwnPage, isVisit } from './anti-forgery.ts';
import { ASSETS_PATH, loadAssets } from './assets.ts';
import { createCookieJar } from './cookies.ts';
import {
  brokenPage,
  forbiddenPage,
  forgedPage,
  formTypePage,
  methodPage,
  notFoundPage,
  stalePage,
  type Trouble,
  troublePage,
  unavailablePage,
  unusableNamePage,
} from './error-pages.ts';
import { type FindViewer, viewerFinder } from './find-viewer.ts';
import { kitMessages } from './kit-messages.ts';
import { DRAFT_MARK, loginPath } from './login-path.ts';
import { createPageContext, type RequestFacts, type Site } from './page-context.ts';
import type {
  NavigationItem,
  PageAnswer,
  PageContext,
  PageRoute,
  PageSet,
  SignedInContext,
} from './page-route.ts';
import { chooseLocale, chooseRegion, isLocale } from './reader.ts';
import { SEARCH_PATH } from './search-paths.ts';

/** What the pages need. */
export interface PagesOptions {
  readonly publicUrl: URL;
  readonly accounts: AccountsContext;
  /** The name people know this installation by; asked for with each page, since it can be edited. */
  installationName(): string | Promise<string>;
  readonly sets: readonly PageSet[];
  /** Where users are sent who have to turn on a second factor first; null, or not given: nobody has to. */
  readonly secondFactorFor?: (user: User) => Promise<string | null>;
  /** Told about mistakes of ours, with the request id; for the log. */
  onError(error: unknown, requestId: string): void;
}

/** What only the connection can tell about a request. */
export interface Arrival {
  readonly clientAddress: string;
  readonly requestId: string;
  /** For pages that show it. */
  readonly connection?: ConnectionFacts;
  /** Whom a trusted proxy names; nobody unless given. */
  readonly word?: UserHeaderWord;
}

/** What pages look at of a request. A `Request` is one. */
export interface PageRequest extends Pick<Request, 'method' | 'url' | 'text'> {
  readonly headers: Pick<Headers, 'get'>;
}

/** All pages of an installation. */
export interface Pages {
  /** Whether a page or static file stands at a local path, whatever the method. */
  has(localPath: string): boolean;
  /** Answers a request whose URL carries the local path; the origin in it does not count. */
  respond(request: PageRequest, arrival: Arrival): Promise<PageAnswer>;
  /** Tells a person of something that went wrong before, or instead of, a page. */
  explain(request: PageRequest, arrival: Arrival, trouble: Trouble): Promise<Response>;
  /** Who is at a browser. */
  readonly findViewer: FindViewer;
}

const METHODS = ['GET', 'POST'] as const;

const SILENT: UserHeaderWord = { kind: 'silent' };

/** Largest form, in bytes: a certificate fits many times. */
const FORM_BYTES = 262_144;

/** A language is remembered for a year. */
const LANGUAGE_SECONDS = 365 * 24 * 3600;

/** Puts the faces' pages behind one front door. */
export function createPages(options: PagesOptions): Pages {
  const site: Site = {
    publicUrl: options.publicUrl,
    cookies: createCookieJar(options.publicUrl),
    assets: loadAssets(options.sets.flatMap(({ scripts }) => scripts ?? [])),
    navigation: inOrder(options.sets.flatMap(({ navigation }) => navigation)),
    hasSearch: options.sets.some(({ routes }) => routes.some(({ path }) => path === SEARCH_PATH)),
  };
  // Pages about trouble with storage cannot ask it for the name.
  let nameSeen = 'Countersign';
  async function installationName(): Promise<string> {
    nameSeen = await options.installationName();
    return nameSeen;
  }
  const known: PagesOptions = { ...options, installationName };
  const router = new TrieRouter<PageRoute>();
  for (const route of options.sets.flatMap(({ routes }) => routes))
    router.add(route.method, route.path, route);

  /** The route of a method at a path, with the parameters that its path has there. */
  function find(method: string, path: string): FoundRoute | null {
    const match = router.match(method === 'HEAD' ? 'GET' : method, path)[0][0];
    return match === undefined ? null : { route: match[0], parameters: match[1] as Record<string, string> };
  }

  async function respond(request: PageRequest, arrival: Arrival): Promise<PageAnswer> {
    const url = new URL(request.url);
    const path = url.pathname;
    const asset = isReading(request.method) ? site.assets.respond(path) : null;
    if (asset !== null) return asset;
    const found = find(request.method, path);
    const facts = plainFacts(site, known, { request, url, found, nameSeen }, arrival);
    try {
      if (facts.word.kind === 'unusable') return await unusableNamePage(createPageContext(site, facts));
      if (found !== null) return await enter(site, known, found.route, request, facts);
      const allowed = METHODS.filter((method) => find(method, path) !== null);
      const c = createPageContext(site, await withPeople(site, known, request, facts));
      return await (allowed.length === 0 ? notFoundPage(c) : methodPage(c, request.method, allowed));
    } catch (error) {
      const c = createPageContext(site, facts);
      if (error instanceof StorageUnavailable || error instanceof PasswordsBusy) return unavailablePage(c);
      options.onError(error, arrival.requestId);
      return brokenPage(c);
    }
  }

  async function explain(request: PageRequest, arrival: Arrival, trouble: Trouble): Promise<Response> {
    const url = new URL(request.url);
    const facts = plainFacts(site, known, { request, url, found: null, nameSeen }, arrival);
    const isOurs = trouble.status === 500 || trouble.status === 503;
    // Where it is not storage that fails, they keep the navigation.
    const all = isOurs ? facts : await withPeople(site, known, request, facts).catch(() => facts);
    return troublePage(createPageContext(site, all), trouble);
  }

  return {
    has: (path) => path.startsWith(ASSETS_PATH) || METHODS.some((method) => find(method, path) !== null),
    respond,
    explain,
    findViewer: viewerFinder({
      ...options,
      isHeld: async (user) => ((await options.secondFactorFor?.(user)) ?? null) !== null,
    }),
  };
}

/** Administration first: for an administrator it is what the pages are for. */
function inOrder(items: readonly NavigationItem[]): readonly NavigationItem[] {
  const rank = ({ access }: NavigationItem) => (access === 'administrator' ? 0 : 1);
  return items.toSorted((a, b) => rank(a) - rank(b));
}

/** A request, where it goes, and who answers it there. */
interface Addressed {
  readonly request: PageRequest;
  readonly url: URL;
  readonly found: FoundRoute | null;
  /** What the installation was called when that was asked for last. */
  readonly nameSeen: string;
}

interface FoundRoute {
  readonly route: PageRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Enforces what the route declares, then lets its handler answer. */
async function enter(
  site: Site,
  options: PagesOptions,
  route: PageRoute,
  request: PageRequest,
  facts: RequestFacts,
): Promise<PageAnswer> {
  const isPost = route.method === 'POST';
  if (isPost && !isFromOwnPage(request.headers, site.publicUrl.origin)) {
    return forgedPage(createPageContext(site, facts));
  }
  const form = isPost ? await readForm(request) : facts.form;
  if (form === null) return formTypePage(createPageContext(site, facts));
  if (form === 'too-large') return troublePage(createPageContext(site, facts), TOO_LARGE);
  const c = createPageContext(site, await withPeople(site, options, request, { ...facts, form }));
  if (route.access === 'anyone') return route.handle(c);
  if (!isSignedIn(c)) return isPost ? logInAnew(c) : c.redirect(loginPath(c));
  if (route.access === 'administrator' && !c.viewer.user.isAdministrator) return forbiddenPage(c);
  if (!route.withoutSecondFactor) {
    const first = (await options.secondFactorFor?.(c.viewer.user)) ?? null;
    if (first !== null) return c.redirect(first, c.messages(kitMessages).secondFactorNeeded);
  }
  if (isPost && !carriesToken(form, c.viewer.session.csrfToken)) return stalePage(c);
  return route.handle(c);
}

function isSignedIn(c: PageContext): c is SignedInContext {
  return c.viewer !== null;
}

/** A form that came after the session's end. What was typed waits in the browser, for the page with this mark. */
function logInAnew(c: PageContext): Response {
  return c.redirect(loginPath(c, DRAFT_MARK), c.messages(kitMessages).sessionEnded);
}

const TOO_LARGE: Trouble = {
  status: 413,
  headers: {},
  reason: `The request body is larger than ${FORM_BYTES} bytes.`,
};

/** The fields of a form; null when the body is not one. */
async function readForm(request: PageRequest): Promise<URLSearchParams | 'too-large' | null> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' && type !== '') return null;
  if (Number(request.headers.get('content-length') ?? 0) > FORM_BYTES) return 'too-large';
  const text = await request.text();
  return text.length > FORM_BYTES ? 'too-large' : new URLSearchParams(text);
}

/** What can be known without asking storage, so that a page about its trouble can still be made. */
function plainFacts(
  site: Site,
  options: PagesOptions,
  { request, url, found, nameSeen }: Addressed,
  arrival: Arrival,
): RequestFacts {
  const cookies = request.headers.get('cookie');
  const wished = url.searchParams.get('lang') ?? undefined;
  const acceptLanguage = request.headers.get('accept-language') ?? undefined;
  const chosen = isLocale(wished) ? wished : site.cookies.read('language', cookies);
  return {
    method: isReading(request.method) ? 'GET' : 'POST',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(),
    parameters: decodeAll(found?.parameters ?? {}),
    viewer: null,
    locale: chooseLocale(chosen, acceptLanguage),
    region: chooseRegion(acceptLanguage),
    now: nowSeconds(options.accounts.clock),
    installationName: nameSeen,
    clientAddress: arrival.clientAddress,
    connection: arrival.connection ?? null,
    word: arrival.word ?? SILENT,
    isVisit: isVisit(request.headers),
    requestId: arrival.requestId,
    notice: null,
    sessionCookie: site.cookies.read('session', cookies),
    loginTicket: site.cookies.read('login', cookies),
    inPopup: found?.route.inPopup ?? false,
    opensPopups: found?.route.opensPopups ?? false,
    cookies: [
      ...(isLocale(wished) ? [site.cookies.write('language', wished, LANGUAGE_SECONDS)] : []),
      ...(found?.route.takesLoginTicket ? [site.cookies.write('login', '', 0)] : []),
    ],
  };
}

/** Adds what storage knows: who is at the browser, and what this installation is called. */
async function withPeople(
  site: Site,
  options: PagesOptions,
  request: PageRequest,
  facts: RequestFacts,
): Promise<RequestFacts> {
  const [viewer, installationName] = await Promise.all([
    findSession(options.accounts, facts.sessionCookie, nameIn(facts.word)),
    options.installationName(),
  ]);
  // The proxy names somebody else by now, or nobody: the session of before is over, and does not come back with its name.
  if (viewer === null && isBoundToProxy(facts.sessionCookie))
    await logOut(options.accounts, facts.sessionCookie);
  const notice = site.cookies.read('notice', request.headers.get('cookie'));
  return {
    ...facts,
    viewer,
    installationName,
    notice: notice === undefined || notice === '' ? null : notice,
  };
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function decodeAll(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
