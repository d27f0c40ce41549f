/**
 * Choosing several rows of a list. The boxes stand in the table and belong to a form behind it, so that they need no
 * script; where scripts run, one more box in the form ticks all rows of the page, and the form says how many are.
 */
import { postForm, submitButton } from './forms.ts';
import { type Html, html } from './html.ts';
import { fill } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';
import type { Column } from './lists.ts';
import type { PageContext } from './page-route.ts';

const FORM_ID = 'selection';

/** The column of boxes. @param of what a row is called in the form and by people; null: it cannot be chosen */
export function selectionColumn<Row>(
  c: PageContext,
  of: (row: Row) => { readonly value: string; readonly name: string } | null,
): Column<Row> {
  const t = c.messages(kitMessages);
  return {
    header: html`<span class="sr-only">${t.selection}</span>`,
    isSelection: true,
    cell(row) {
      const choice = of(row);
      if (choice === null) return '';
      const label = fill(t.select, { name: choice.name });
      return html`<input type="checkbox" name="selected" value="${choice.value}" form="${FORM_ID}" aria-label="${label}">`;
    },
  };
}

/** What can be done with the chosen rows: a form that leads to the question before it is done. */
export function selectionForm(
  c: PageContext,
  path: string,
  actions: readonly { readonly id: string; readonly label: string; readonly isGrave: boolean }[],
): Html {
  const t = c.messages(kitMessages);
  const body = html`<label data-select-all hidden><input type="checkbox"> ${t.selectAll}</label><p>${t.withSelected} <span data-selected></span></p>${actions.map(
    ({ id, label, isGrave }) => submitButton(label, isGrave ? 'grave' : 'plain', 'action', id),
  )}`;
  return postForm(c, path, body, 'form is-selection', FORM_ID);
}

/** What was chosen, each once, and no more than a page can hold. */
export function readSelection(c: PageContext): readonly string[] {
  return [...new Set(c.form.getAll('selected'))].filter((value) => value !== '').slice(0, 200);
}
