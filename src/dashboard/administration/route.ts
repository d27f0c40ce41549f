/** Routes of the administration of gadgets: for administrators; what is gone meanwhile becomes a page that says so. */
import { type GadgetMistake, GadgetsRefused } from '../../gadgets/index.ts';
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
import { frame, GADGETS_PATH, messages } from './words.ts';

type Handle = (c: SignedInContext) => Response | Promise<Response>;

/** A page to look at. */
export function view(path: string, handle: Handle): PageRoute {
  return { method: 'GET', path, access: 'administrator', handle: orRefused(handle) };
}

/** A form that was sent. */
export function change(path: string, handle: Handle): PageRoute {
  return { method: 'POST', path, access: 'administrator', handle: orRefused(handle) };
}

/** Runs a change; gives the mistakes of its form if it was refused. Other errors go on, and so does what is gone. */
export async function attempt<T>(
  c: PageContext,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly errors: readonly FieldError[] }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (!(error instanceof GadgetsRefused) || error.mistakes.some(isGone)) throw error;
    return {
      errors: error.mistakes.map((one) => ({ field: one.field, message: mistakeWords(c.locale, one) })),
    };
  }
}

const GONE: readonly GadgetMistake['code'][] = ['gadget-unknown', 'feed-unknown', 'rule-unknown'];

function isGone({ code }: GadgetMistake): boolean {
  return GONE.includes(code);
}

function orRefused(handle: Handle): Handle {
  return async (c) => {
    try {
      return await handle(c);
    } catch (error) {
      if (error instanceof GadgetsRefused) return refusedPage(c, error.mistakes);
      throw error;
    }
  };
}

function refusedPage(c: SignedInContext, mistakes: readonly GadgetMistake[]): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    ...frame(c, { label: t.title, path: GADGETS_PATH }),
    title: t.missingTitle,
    status: mistakes.some(isGone) ? 404 : 409,
    body: html`<p>${mistakes.map((one) => mistakeWords(c.locale, one)).join(' ')}</p>${buttonRow(linkButton(c, GADGETS_PATH, t.back, 'primary'))}`,
  });
}
