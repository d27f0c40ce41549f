/** The few drawn signs of a dashboard: a handle, a menu, the plan of a layout. Each stands beside words. */
import type { Layout } from '../../model/index.ts';
import { type Html, html } from '../../web/index.ts';

/** Six dots to take hold of. */
export function gripMark(): Html {
  return html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" fill="currentColor">${[4, 8, 12].map((y) => html`<circle cx="5.5" cy="${y}" r="1.3"/><circle cx="10.5" cy="${y}" r="1.3"/>`)}</svg>`;
}

/** Three dots that open a menu. */
export function menuMark(): Html {
  return html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" fill="currentColor">${[3, 8, 13].map((x) => html`<circle cx="${x}" cy="8" r="1.4"/>`)}</svg>`;
}

/** The columns of a layout, wide and narrow. */
export function layoutMark(layout: Layout): Html {
  return html`${[...layout].map((width) => html`<i${layout.includes('B') && width === 'A' ? html` class="is-wide"` : ''}></i>`)}`;
}
