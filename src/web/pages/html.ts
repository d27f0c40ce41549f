/**
 * What every template is made of. `html` escapes each value put into it; nothing else may make markup, and the
 * one exception (`raw`) is deliberately not passed on.
 */
import type { HtmlEscapedString } from 'hono/utils/html';

export { html } from 'hono/html';

/** Markup that is safe to send: made by `html` only. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What may stand in a template: text (escaped), markup, several of them, or nothing. */
export type Content = Html | string | number | null | undefined | readonly Content[];
