/**
 * Routes of these pages: all for somebody who is logged in. What was removed meanwhile, is not shared any more, or was
 * changed by somebody else becomes a page that says so. The script asks with `answer=json` and is told by the status.
 */
import { BUILT_IN_NAME, type ChangeOf, type GadgetMistake, GadgetsRefused } from '../../gadgets/index.ts';
import type { Dashboard } from '../../model/index.ts';
import {
  buttonRow,
  type FieldError,
  html,
  linkButton,
  type PageContext,
  type PageRoute,
  type SignedInContext,
} from '../../web/index.ts';
import { mistakeWords } from '../mistake-words.ts';
import { messages } from './messages.ts';
import { DASHBOARDS_PATH, dashboardPath } from './paths.ts';

/** A page or a form of somebody who is logged in. */
export function personal(
  method: 'GET' | 'POST',
  path: string,
  handle: (c: SignedInContext) => Response | Promise<Response>,
): PageRoute {
  const orRefused = async (c: SignedInContext) => {
    try {
      return await handle(c);
    } catch (error) {
      if (error instanceof GadgetsRefused) return refused(c, error.mistakes);
      throw error;
    }
  };
  return { method, path, access: 'user', opensPopups: true, handle: orRefused };
}

/** Runs a change; gives the mistakes of its form, if these are all that is against it. Other errors go on. */
export async function attempt<T>(
  c: PageContext,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly errors: readonly FieldError[] }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (!(error instanceof GadgetsRefused) || error.mistakes.some((one) => statusOf(one) !== 422))
      throw error;
    return { errors: error.mistakes.map((mistake) => fieldError(c, mistake)) };
  }
}

/** A mistake in the language of the page. */
export function fieldError(c: PageContext, mistake: GadgetMistake): FieldError {
  return { field: mistake.field, message: mistakeWords(c.locale, mistake) };
}

/** Which dashboard a form changes, and which state of it the form was made on, if it says so. */
export function changeOf(c: PageContext): ChangeOf {
  const text = c.field('expected');
  return { id: c.param('id'), expectedUpdatedAt: /^\d{1,15}$/.test(text) ? Number(text) : null };
}

/** What a dashboard is called; the default of all has no name of its own until administrators give it one. */
export function dashboardName(c: PageContext, { name, ownerName }: Dashboard): string {
  return ownerName === null && name === BUILT_IN_NAME ? c.messages(messages).systemDefault : name;
}

/** The answer to a change: for the script the new state, for people the page to go on at. */
export function changed(c: SignedInContext, { updatedAt }: Dashboard, path: string, words: string): Response {
  return isScript(c) ? json({ updatedAt }, 200) : c.redirect(path, words);
}

function isScript(c: PageContext): boolean {
  return c.field('answer') === 'json';
}

function json(body: unknown, status: number): Response {
  const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
  return Response.json(body, { status, headers });
}

function statusOf({ code }: GadgetMistake): 404 | 409 | 422 {
  if (code === 'dashboard-unknown' || code === 'placed-unknown') return 404;
  return code === 'changed-meanwhile' ? 409 : 422;
}

function refused(c: SignedInContext, mistakes: readonly GadgetMistake[]): Response | Promise<Response> {
  const t = c.messages(messages);
  const errors = mistakes.map((mistake) => fieldError(c, mistake).message);
  const status = Math.min(...mistakes.map(statusOf)) as 404 | 409 | 422;
  if (isScript(c)) return json({ errors }, status);
  const id = c.param('id');
  const title = { 404: t.missingTitle, 409: t.conflictTitle, 422: t.refusedTitle }[status];
  const isGone = mistakes.some(({ code }) => code === 'dashboard-unknown') || id === '';
  const back = isGone ? `${DASHBOARDS_PATH}?show=own` : dashboardPath(id);
  return c.page({
    title,
    status,
    section: 'dashboards',
    breadcrumbs: [{ label: t.title, path: DASHBOARDS_PATH }],
    body: html`<p>${errors.join(' ')}</p>${buttonRow(linkButton(c, back, isGone ? t.backToList : t.backToDashboard, 'primary'))}`,
  });
}
