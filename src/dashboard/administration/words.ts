/** The administration's sentences by language, its addresses, and the navigation among its parts. */
import { SYSTEM_DASHBOARD_ID } from '../../model/index.ts';
import { type Catalogue, type Html, html, type PageContext } from '../../web/index.ts';
import { dashboardPath } from '../pages/index.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const messages: Catalogue<typeof en> = { en, ja };

/** The directory, and what is below it. */
export const GADGETS_PATH = '/oauth/admin/gadgets';
export const FEEDS_PATH = `${GADGETS_PATH}/feeds`;
export const HOSTS_PATH = `${GADGETS_PATH}/hosts`;

/** The parts of the administration, the present one marked. */
export function partsNavigation(c: PageContext, present: 'directory' | 'feeds' | 'hosts'): Html {
  const t = c.messages(messages);
  const parts = [
    ['directory', GADGETS_PATH],
    ['feeds', FEEDS_PATH],
    ['hosts', HOSTS_PATH],
    ['defaultDashboard', dashboardPath(SYSTEM_DASHBOARD_ID)],
  ] as const;
  return html`<nav aria-label="${t.parts}"><ul class="choices">${parts.map(
    ([part, path]) =>
      html`<li><a href="${c.url(path)}"${part === present ? html` aria-current="page"` : ''}>${t[part]}</a></li>`,
  )}</ul></nav>`;
}

/** What all pages of it have in common. @param up the part that the page is below */
export function frame(c: PageContext, up?: { readonly label: string; readonly path: string }) {
  const { title } = c.messages(messages);
  const top = { label: title, path: GADGETS_PATH };
  return {
    section: 'gadgets',
    ...(up !== undefined && { breadcrumbs: up.path === GADGETS_PATH ? [top] : [top, up] }),
  };
}
