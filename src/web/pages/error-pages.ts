/** Pages about what went wrong before, or instead of, the page that was asked for. */

import { type Html, html } from './html.ts';
import { fill } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';
import { errorBody } from './layout.ts';
import { DRAFT_MARK, loginPath } from './login-path.ts';
import type { PageContext } from './page-route.ts';

/** Nothing stands at this address. */
export function notFoundPage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({
    title: t.notFoundTitle,
    status: 404,
    shape: 'card',
    body: errorBody(c, t.notFoundText, homeLink(c)),
  });
}

function homeLink(c: PageContext): Html {
  return html`<p><a href="${c.url('/')}">${c.messages(kitMessages).goHome}</a></p>`;
}

/** The address is known, but not with this method. */
export function methodPage(c: PageContext, method: string, allowed: readonly string[]): Promise<Response> {
  const t = c.messages(kitMessages);
  const body = errorBody(c, fill(t.methodText, { method }));
  return c.page({
    title: t.methodTitle,
    status: 405,
    shape: 'card',
    body,
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
  return c.page({ title: t.forgedTitle, status: 403, shape: 'card', body: errorBody(c, t.forgedText) });
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
  return c.page({ title: t.formTypeTitle, status: 415, shape: 'card', body: errorBody(c, t.formTypeText) });
}

/** Storage did not do, or did not confirm, what was asked. Never a success. */
export function unavailablePage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  const body = errorBody(c, t.unavailableText);
  return c.page({
    title: t.unavailableTitle,
    status: 503,
    shape: 'card',
    body,
    headers: { 'Retry-After': '5' },
  });
}

/** A mistake of ours. The page tells nothing about it but the request id. */
export function brokenPage(c: PageContext): Promise<Response> {
  const t = c.messages(kitMessages);
  return c.page({ title: t.errorTitle, status: 500, shape: 'card', body: errorBody(c, t.errorText) });
}
