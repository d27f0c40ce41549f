/**
 * A dashboard as it lies before somebody: its tools, and its gadgets in their columns. The scripts find all they need
 * in attributes of the board; without them the same forms and links do the same.
 */
import { columnsOf, type Dashboard, LAYOUTS, SYSTEM_DASHBOARD_ID } from '../../model/index.ts';
import {
  type Content,
  emptyState,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  notice,
  postForm,
  type SignedInContext,
} from '../../web/index.ts';
import { gadgetCard, type ShownGadget } from './gadget-card.ts';
import { layoutMark } from './marks.ts';
import { messages } from './messages.ts';
import { dashboardPath, NEW_PATH } from './paths.ts';

/** What the page shows. */
export interface Board {
  readonly dashboard: Dashboard;
  readonly mayEdit: boolean;
  readonly isFavourite: boolean;
  readonly gadgets: readonly ShownGadget[];
}

/** The whole body of the page. */
export function boardBody(c: SignedInContext, board: Board): Html {
  const { mayEdit, gadgets } = board;
  return html`${boardTools(c, board)}
${mayEdit ? html`${troubles(c)}<p id="move-help" hidden>${c.messages(messages).moveHelp}</p>` : ''}
${gadgets.length === 0 ? nothingYet(c, board) : columns(c, board)}`;
}

function boardTools(c: SignedInContext, { dashboard, mayEdit, isFavourite }: Board): Html {
  const t = c.messages(messages);
  const { id, name, ownerName } = dashboard;
  const copy = html`<a href="${c.url(`${NEW_PATH}?of=${encodeURIComponent(id)}`)}">${t.copy}</a>`;
  return html`<div class="board-tools">${
    mayEdit
      ? html`${layoutChoice(c, dashboard)}<a href="${c.url(dashboardPath(id, 'edit'))}">${t.edit}</a>`
      : html`<span>${ownerName === null ? t.readOnlyDefault : `${fill(t.owner, { owner: ownerName })}. ${t.readOnly}`}</span>`
  }${copy}${id === SYSTEM_DASHBOARD_ID ? '' : favouriteForm(c, { id, name, isFavourite })}</div>`;
}

/** The button that makes it a favourite, or no longer one. @param of `choice`: the list that it stands in */
export function favouriteForm(
  c: SignedInContext,
  of: {
    readonly id: string;
    readonly name: string;
    readonly isFavourite: boolean;
    readonly choice?: string | null;
  },
): Html {
  const { id, name, isFavourite, choice = null } = of;
  const t = c.messages(messages);
  const [label, named] = isFavourite ? [t.unfavourite, t.unfavouriteNamed] : [t.favourite, t.favouriteNamed];
  return postForm(
    c,
    dashboardPath(id, 'favourite'),
    html`${choice === null ? '' : hiddenField('show', choice)}<button class="as-link" name="favourite" value="${isFavourite ? 'no' : 'yes'}" aria-label="${fill(named, { name })}"><span aria-hidden="true">${isFavourite ? '★' : '☆'}</span> ${label}</button>`,
    'form is-button',
  );
}

function layoutChoice(c: SignedInContext, { id, layout, updatedAt }: Dashboard): Html {
  const t = c.messages(messages);
  return postForm(
    c,
    dashboardPath(id, 'layout'),
    html`${hiddenField('expected', String(updatedAt))}<div class="layouts" role="group" aria-label="${t.layout}">${LAYOUTS.map(
      (one) =>
        html`<button class="layout-choice" name="layout" value="${one}" aria-pressed="${String(one === layout)}" aria-label="${t.layouts[one]}" title="${t.layouts[one]}">${layoutMark(one)}</button>`,
    )}</div>`,
    'form is-button',
  );
}

/** Shown by the script when a change was not accepted. */
function troubles(c: SignedInContext): Html {
  const t = c.messages(messages);
  const reload = html`<a href="${c.url(c.path)}">${t.reload}</a>`;
  return html`${(['conflict', 'failed'] as const).map(
    (trouble) =>
      html`<div data-trouble="${trouble}" role="alert" hidden>${notice('warning', html`<p>${t[trouble]} ${reload}</p>`)}</div>`,
  )}`;
}

function nothingYet(c: SignedInContext, { dashboard, mayEdit }: Board): Content {
  const t = c.messages(messages);
  if (!mayEdit) return emptyState(t.emptyTitle, t.emptyReadOnly);
  return emptyState(
    t.emptyTitle,
    t.emptyText,
    linkButton(c, dashboardPath(dashboard.id, 'add'), t.addGadget, 'primary'),
  );
}

function columns(c: SignedInContext, { dashboard, gadgets, mayEdit }: Board): Html {
  const t = c.messages(messages);
  const { id, layout, updatedAt } = dashboard;
  const numbers = Array.from({ length: columnsOf(layout) }, (_, index) => index);
  const forEditing = html` data-move="${c.url(dashboardPath(id, 'move'))}" data-expected="${updatedAt}" data-csrf="${c.viewer.session.csrfToken}"`;
  return html`<div class="board is-${layout}" data-board${mayEdit ? forEditing : ''} data-words="${JSON.stringify(t.script)}">${numbers.map(
    (
      column,
    ) => html`<section class="column" data-column="${column}" data-empty="${t.emptyColumn}" aria-label="${fill(t.column, { n: column + 1 })}">
${gadgets
  .filter(({ placed }) => placed.column === column)
  .map((gadget) => gadgetCard(c, dashboard, gadget, mayEdit))}</section>`,
  )}</div>`;
}
