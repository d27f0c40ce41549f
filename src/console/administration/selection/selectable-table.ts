/** The rows of a list of which several can be chosen, what can be done with them, and the way to the other rows. */
import type { ListQuery, Page } from '../../../model/index.ts';
import {
  type Column,
  type Html,
  html,
  pager,
  type SignedInContext,
  selectionForm,
  table,
} from '../../../web/index.ts';
import { type Kind, offered } from './kinds.ts';
import { selectedPath } from './pages.ts';

export function selectableTable<Row>(
  c: SignedInContext,
  kind: Kind,
  list: ListQuery<string>,
  found: Page<Row> & { readonly caption: string; readonly columns: readonly Column<Row>[] },
): Html {
  const form = selectionForm(c, selectedPath(c, kind), offered(c, kind));
  return html`${table(c, { ...found, list })}${form}${pager(c, list, found.total)}`;
}
