/**
 * A page as a face declares it. `access` is not optional: a route that does not say who may use it is not a
 * `PageRoute`, and does not compile. The pages' front door enforces it before `handle` runs, and the handler of a
 * restricted route gets a context in which somebody is known to be signed in.
 */
import type { SignedIn } from '../../accounts/index.ts';
import type { Answer } from '../answers.ts';
import type { ConnectionFacts } from '../connection-facts.ts';
import type { UserHeaderWord } from '../user-header.ts';
import type { BrowserScript } from './browser-script.ts';
import type { Content, Html } from './html.ts';
import type { Catalogue, Messages } from './i18n.ts';
import type { Locale } from './reader.ts';

/** Who may use a route. An administrator is a user, too. */
export type Access = 'anyone' | 'user' | 'administrator';

interface RouteBase {
  readonly method: 'GET' | 'POST';
  /** Below the public URL's path; segments may be parameters (`/oauth/admin/consumers/:key/edit`). */
  readonly path: string;
  /** The page may live in a pop-up window of somebody else's page; see `SecurityChoices.inPopup`. */
  readonly inPopup?: boolean;
  /** See `SecurityChoices.opensPopups`. */
  readonly opensPopups?: boolean;
  /** Open to users who need a second factor and have none: they get no other page than these. */
  readonly withoutSecondFactor?: boolean;
  /** Takes the ticket of a login under way: whatever the answer is, the browser has none afterwards. */
  readonly takesLoginTicket?: boolean;
}

/** What a route gives: a `Response`, or where nothing but a text is answered and time counts, its parts. */
export type PageAnswer = Response | Answer;

/** One method of one address. POST handlers run only after the anti-forgery checks. */
export type PageRoute =
  | (RouteBase & {
      readonly access: 'anyone';
      handle(c: PageContext): PageAnswer | Promise<PageAnswer>;
    })
  | (RouteBase & {
      readonly access: 'user' | 'administrator';
      handle(c: SignedInContext): PageAnswer | Promise<PageAnswer>;
    });

/** Something that people look for by name: a page, or the page where they begin to do something. */
export interface PageAction {
  readonly path: string;
  readonly label: Readonly<Record<Locale, string>>;
  readonly access: Exclude<Access, 'anyone'>;
  /** Other words that people look for it by. */
  readonly also?: Readonly<Record<Locale, string>>;
}

/** An entry of the header's navigation. */
export interface NavigationItem extends PageAction {
  /** What pages under it give as `section`. */
  readonly section: string;
  /** The letter that leads there after `g`. */
  readonly jump?: string;
  /** How many things there wait for whoever looks; shown beside the label unless it is 0. */
  count?(viewer: SignedIn, now: number): Promise<number>;
}

/** What a face contributes to the pages. */
export interface PageSet {
  readonly routes: readonly PageRoute[];
  readonly navigation: readonly NavigationItem[];
  /** What people set out to do, found in the search over everything. */
  readonly actions?: readonly PageAction[];
  /** Scripts of its own pages, which they name in `script`. */
  readonly scripts?: readonly BrowserScript[];
}

/** A page to be laid out. */
export interface Page {
  /** Says where one is; becomes the heading and the browser's title. */
  readonly title: string;
  readonly body: Content;
  /** The navigation entry it belongs to. */
  readonly section?: string;
  /** The way back up, outermost first. */
  readonly breadcrumbs?: readonly { readonly label: string; readonly path: string }[];
  /** The page's one primary action, beside its title. */
  readonly action?: Content;
  /** A sentence under the title. */
  readonly lead?: Content;
  /** `card`: one narrow card in the middle, no navigation (login, consent). `plain`: the card brings its own h1. */
  readonly shape?: 'page' | 'card' | 'plain-card';
  /** Scripts of this page's own, beside the one that all have. */
  readonly scripts?: readonly string[];
  /** Stylesheets of this page's own, after the one that all have. */
  readonly styles?: readonly string[];
  /** HTTP status; 200 by default. */
  readonly status?: number;
  /** See `SecurityChoices.formLeadsAway`. */
  readonly formLeadsAway?: boolean;
  /** See `SecurityChoices.frames`. */
  readonly frames?: readonly string[];
  /** See `SecurityChoices.fetches`. */
  readonly fetches?: boolean;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request to a page, and the answers that can be made to it. */
export interface PageContext {
  readonly method: 'GET' | 'POST';
  /** Path below the public URL's path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The POSTed form; empty for GET. Never trimmed: see `field`. */
  readonly form: URLSearchParams;
  readonly viewer: SignedIn | null;
  readonly locale: Locale;
  /** Where the viewer is, as `GB`, for writing dates and numbers; null when nothing tells. */
  readonly region: string | null;
  /** The moment of the request, seconds since 1970. */
  readonly now: number;
  readonly publicUrl: URL;
  readonly installationName: string;
  readonly clientAddress: string;
  /** How the request came here; null where no listener received it. */
  readonly connection: ConnectionFacts | null;
  /** Whom a trusted proxy in front names. It is nobody's session: only logging in makes one of it. */
  readonly word: UserHeaderWord;
  /** It shows somebody a page; false for what a page of another site loads (see `anti-forgery.ts`). */
  readonly isVisit: boolean;
  readonly requestId: string;
  /** A parameter of the route's path, decoded. */
  param(name: string): string;
  /** A field of the form, trimmed; '' when absent. For passwords read `form` instead. */
  field(name: string): string;
  /** The address of a local path, for links and form actions: puts the public URL's path before it. */
  url(localPath: string): string;
  /** The address of a static file of the kit. */
  asset(name: string): string;
  /** A face's sentences in the language of the request. */
  messages<T extends Messages>(catalogue: Catalogue<T>): T;
  /** A sentence that the previous page left to be shown once. */
  readonly notice: string | null;
  /** Answers with a page. */
  page(page: Page): Promise<Response>;
  /** Answers with a redirect (303) to a local path, and leaves a sentence to be shown there. */
  redirect(localPath: string, notice?: string): Response;
  /** Answers with a redirect (303) away from here: to a consumer's callback that was validated before. */
  leaveFor(location: string): Response;
  /** Answers with a redirect (303) to the provider that has to answer a login, and leaves its ticket here meanwhile. */
  leaveToLogIn(location: string, ticket: string): Response;
  /** Answers with the redirect of a login: the new session's cookie, then a local path. */
  signIn(cookie: string, localPath: string, notice?: string): Response;
  /** Answers with the redirect of a logout: the cookie is deleted. */
  signOut(localPath: string, notice?: string): Response;
  /** The present value of the session cookie, for ending the session it names. */
  readonly sessionCookie: string | undefined;
  /** The ticket of the login that this browser began. */
  readonly loginTicket: string | undefined;
}

/** A request of somebody who is signed in. */
export interface SignedInContext extends PageContext {
  readonly viewer: SignedIn;
}

export type { Html };
