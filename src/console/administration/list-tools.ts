/** What stands above a list: its search, and the same list as CSV. */
import type { ListQuery } from '../../model/index.ts';
import { type Html, html, type PageContext, searchBox } from '../../web/index.ts';
import { csvLink } from './csv.ts';

export function listTools(c: PageContext, list: ListQuery<string>, label: string, csvPath: string): Html {
  return html`<div class="list-tools">${searchBox(c, list, label)}${csvLink(c, csvPath)}</div>`;
}
