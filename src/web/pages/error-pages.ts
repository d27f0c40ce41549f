/** Pages about what went wrong before, or instead of, the page that was asked for. */

import { type Content, type Html, html } from './html.ts';
import { fill } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';
import { errorBody, samePage } from './layout.ts';
import { DRAFT_MARK, loginPath } from './login-path.ts';
import type { Page, PageContext } from './page-route.ts';

/** Nothing stands at this address. */
export function notFoundPage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({
    title: t.notFoundTitle,
    status: 404,
    ...shapeFor(c),
    body: errorBody(c, t.notFoundText, homeLink(c)),
  });
}

/** Whoever is signed in keeps the navigation: the way on is a page of it. */
function shapeFor({ viewer }: PageContext): Pick<Page, 'shape'> {
  return { shape: viewer === null ? 'card' : 'page' };
}

function homeLink(c: PageContext): Html {
  return html`<p><a href="${c.url('/')}">${c.messages(kitMessages).goHome}</a></p>`;
}

/** To the same page once more. A form that was sent is not sent again by a link: that is what its own page is for. */
function againLink(c: PageContext): Content {
  if (c.method === 'POST') return '';
  return html`<p><a href="${samePage(c, c.query)}">${c.messages(kitMessages).tryAgain}</a></p>`;
}

/** The address is known, but not with this method. */
export function methodPage(c: PageContext, method: string, allowed: readonly string[]): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({
    title: t.methodTitle,
    status: 405,
    ...shapeFor(c),
    body: errorBody(c, fill(t.methodText, { method }), homeLink(c)),
    headers: { Allow: allowed.join(', ') },
  });
}

/** Somebody is signed in, but is no administrator. */
export function forbiddenPage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  const text = fill(t.forbiddenText, { name: c.viewer?.user.displayName ?? '' });
  return c.page({ title: t.forbiddenTitle, status: 403, body: errorBody(c, text, homeLink(c)) });
}

/** The form was on another site's page. */
export function forgedPage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({
    title: t.forgedTitle,
    status: 403,
    shape: 'card',
    body: errorBody(c, t.forgedText, homeLink(c)),
  });
}

/** The form is of another session: opened before the last login. */
export function stalePage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  const again = html`<p><a href="${c.url(loginPath(c, DRAFT_MARK))}">${t.openAgain}</a></p>`;
  return c.page({ title: t.staleTitle, status: 403, shape: 'card', body: errorBody(c, t.staleText, again) });
}

/** The proxy in front names somebody in a way that has two readings, or none. */
export function unusableNamePage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  const fault = c.word.kind === 'unusable' ? t.userHeaderFaults[c.word.fault] : '';
  const text = fill(t.unusableNameText, { fault });
  return c.page({ title: t.unusableNameTitle, status: 400, shape: 'card', body: errorBody(c, text) });
}

/** The body is not what a form sends. */
export function formTypePage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({
    title: t.formTypeTitle,
    status: 415,
    shape: 'card',
    body: errorBody(c, t.formTypeText, homeLink(c)),
  });
}

/** Storage did not do, or did not confirm, what was asked. Never a success. */
export function unavailablePage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({
    title: t.unavailableTitle,
    status: 503,
    shape: 'card',
    body: errorBody(c, t.unavailableText, againLink(c)),
    headers: { 'Retry-After': '5' },
  });
}

/** A mistake of ours. The page tells nothing about it but the request id. */
export function brokenPage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({
    title: t.errorTitle,
    status: 500,
    shape: 'card',
    body: errorBody(c, t.errorText, againLink(c)),
  });
}

/** What went wrong outside the pages, where a person reads of it. */
export interface Trouble {
  readonly status: number;
  /** Header fields that go with the status. */
  readonly headers: Readonly<Record<string, string>>;
  /** What a program is told of it, in English; null where the status says it all. */
  readonly reason: string | null;
}

/** A page that says what a program would be told in a line of text. */
export function troublePage(c: PageContext, { status, headers, reason }: Trouble): Promise<Response> {
  if (status === 500) return brokenPage(c);
  if (status === 503 && reason === null) return unavailablePage(c);
  const { title, text } = c.messages(kitMessages).troubles[TROUBLES[status] ?? 'refused'];
  const words = html`${reason === null ? '' : html`<p lang="en">${reason}</p>`}`;
  // Who was at another application's page is offered that, and not the pages here.
  const isElsewhere = status === 502 || status === 504;
  return c.page({
    title,
    status,
    headers,
    ...(isElsewhere ? { shape: 'card' } : shapeFor(c)),
    body: errorBody(
      c,
      fill(text, { methods: headers.Allow ?? '' }),
      html`${words}${isElsewhere ? againLink(c) : homeLink(c)}`,
    ),
  });
}

/** What a status is to a person. */
const TROUBLES: Readonly<Record<number, 'program' | 'forged' | 'tooLarge' | 'unreachable' | 'slow'>> = {
  403: 'forged',
  405: 'program',
  413: 'tooLarge',
  502: 'unreachable',
  504: 'slow',
};
