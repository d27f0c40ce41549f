/** The rows of a list of which several can be chosen, what can be done with them, and the way to the other rows. */
import type { ListQuery } from '../../../model/index.ts';
import {
  type Column,
  type Html,
  html,
  placedPager,
  type SignedInContext,
  selectionForm,
  table,
} from '../../../web/index.ts';
import type { PlacedRows } from '../placed-list.ts';
import { type Kind, offered } from './kinds.ts';
import { selectedPath } from './pages.ts';

export function selectableTable<Row>(
  c: SignedInContext,
  kind: Kind,
  list: ListQuery<string>,
  found: PlacedRows<Row> & { readonly caption: string; readonly columns: readonly Column<Row>[] },
): Html {
  const form = selectionForm(c, selectedPath(c, kind), offered(c, kind));
  return html`${table(c, { ...found, list })}${form}${placedPager(c, found)}`;
}
