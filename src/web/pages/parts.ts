/** The small pieces of pages: badges, notices, empty states, facts, identifiers with a copy button, moments. */
import { formatsOf } from './formats.ts';
import { type Content, type Html, html } from './html.ts';
import { kitMessages } from './kit-messages.ts';
import type { PageContext } from './page-route.ts';

/** A state in a word; its kind gives it a shape as well, so that colour is never alone. */
export function badge(kind: 'good' | 'warning' | 'off' | 'neutral', word: string): Html {
  return html`<span class="badge is-${kind}">${word}</span>`;
}

/** A remark that stays on the page. */
export function notice(kind: 'done' | 'info' | 'warning', content: Content): Html {
  return html`<div class="notice is-${kind}">${content}</div>`;
}

/** Says that there is nothing yet, why, and what the next step is. */
export function emptyState(title: string, text: Content, action: Content = ''): Html {
  return html`<div class="empty"><h2>${title}</h2><p>${text}</p>${action}</div>`;
}

/** What somebody says of something: all their lines, quoted, in the direction that they are written in. */
export function ownWords(text: string): Html {
  return html`<blockquote class="own-words" dir="auto">${text}</blockquote>`;
}

/** The same below a name in a list, where the stylesheet shortens it. Nothing when nothing is said. */
export function ownLine(text: string): Content {
  return text === '' ? '' : html`<span class="description" dir="auto">${text}</span>`;
}

/** Facts as pairs of a term and its value. */
export function facts(...pairs: readonly (readonly [term: Content, value: Content])[]): Html {
  return html`<dl class="facts">${pairs.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A key, token id or fingerprint, shortened, with a button to copy it where scripts run. */
export function identifier(c: PageContext, text: string, options: { readonly label?: string } = {}): Html {
  return html`<span class="identifier">${shortened(text)}${copyButton(c, text, options.label)}</span>`;
}

/**
 * A key or another text of one word on one line: monospaced, its middle left out by the stylesheet only, so that all of
 * it stands in the page, is read out, selected and searched.
 */
export function shortened(text: string): Html {
  const tail = text.length > 24 ? text.match(/.{8}$/su)![0] : '';
  const head = text.slice(0, text.length - tail.length);
  return html`<code class="is-short" title="${text}"><span class="id-head">${head}</span>${
    tail === '' ? '' : html`<span class="id-tail">${tail}</span>`
  }</code>`;
}

/** A word of the protocol such as `signature_invalid`: where it does not fit on a line it goes on after an underscore. */
export function protocolWord(word: string): Html {
  return html`<code class="unbroken">${word.split('_').map((part, index) => (index === 0 ? part : html`_<wbr>${part}`))}</code>`;
}

/** A longer text to be copied as a whole: a key, a snippet, a secret shown once. @param step for the script to fill in */
export function copyBlock(c: PageContext, text: string, label: string, step?: string): Html {
  const toFill = step === undefined ? '' : html` data-step="${step}"`;
  return html`<div class="copy-block"><pre tabindex="0" role="region" aria-label="${label}"><code${toFill}>${text}</code></pre>${copyButton(c, text, label)}</div>`;
}

/** Copies a text; shown by the script, since it could do nothing without. */
export function copyButton(c: PageContext, text: string, label?: string): Html {
  const t = c.messages(kitMessages);
  const name = label === undefined ? t.copy : `${t.copy}: ${label}`;
  return html`<button type="button" class="copy" data-copy="${text}" hidden aria-label="${name}">${t.copy}</button>`;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86400],
  ['month', 30 * 86400],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
];

/** A moment as people say it ("3 days ago"), with date, time and zone on hover; `never` for null. */
export function moment(c: PageContext, seconds: number | null): Html {
  if (seconds === null) return html`<span class="never">${c.messages(kitMessages).never}</span>`;
  const title = absoluteMoment(c, seconds);
  return html`<time datetime="${new Date(seconds * 1000).toISOString()}" title="${title}">${relative(c, seconds)}</time>`;
}

/** A moment with its date in full: "29 November 2026, 02:30 UTC". */
export function absoluteMoment(c: PageContext, seconds: number): string {
  return formatsOf(c).absolute.format(seconds * 1000);
}

function relative(c: PageContext, seconds: number): string {
  const format = formatsOf(c).relative;
  const distance = seconds - c.now;
  for (const [unit, length] of STEPS) {
    if (Math.abs(distance) >= length) return format.format(Math.round(distance / length), unit);
  }
  return format.format(0, 'second');
}

/** A day with its date: "22 Nov 2026". */
export function dayOf(c: PageContext, seconds: number): string {
  return formatsOf(c).day.format(seconds * 1000);
}

/** A number as the reader writes it. */
export function number(c: PageContext, n: number): string {
  return formatsOf(c).number.format(n);
}
