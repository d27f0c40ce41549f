/**
 * Routes of this face: all of them for administrators. What somebody else removed meanwhile becomes a readable page
 * here, so that no handler has to think of it. Records are named in the query, because a consumer's key may hold
 * slashes, dots and percent signs, which do not survive in every path.
 */
import { AccountRefused } from '../../accounts/index.ts';
import { Refused } from '../../administration/index.ts';
import { html, linkButton, type PageRoute, type SignedInContext } from '../../web/index.ts';
import { commonMessages } from './common-messages.ts';

type Handle = (c: SignedInContext) => Response | Promise<Response>;

/** A page to look at. */
export function view(path: string, handle: Handle): PageRoute {
  return { method: 'GET', path, access: 'administrator', handle: orMissing(handle) };
}

/** A form that was sent. */
export function change(path: string, handle: Handle): PageRoute {
  return { method: 'POST', path, access: 'administrator', handle: orMissing(handle) };
}

/** A local path with parameters in its query. */
export function pathWith(path: string, parameters: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(parameters)}`;
}

function orMissing(handle: Handle): Handle {
  return async (c) => {
    try {
      return await handle(c);
    } catch (error) {
      if (isMissing(error)) return missingPage(c);
      throw error;
    }
  };
}

function isMissing(error: unknown): boolean {
  if (error instanceof Refused) return error.mistakes.some(({ code }) => code === 'not-found');
  return error instanceof AccountRefused && error.mistakes.some(({ code }) => code === 'username-unknown');
}

function missingPage(c: SignedInContext): Promise<Response> {
  const t = c.messages(commonMessages);
  const list = c.path.slice(0, c.path.lastIndexOf('/'));
  return c.page({
    title: t.missingTitle,
    status: 404,
    body: html`<p>${t.missingText}</p>${linkButton(c, list, t.backToList, 'primary')}`,
  });
}
