/**
 * The picture of the usage: a bar for each day, stacked by signature method, the old methods lowest. Only the bars are
 * drawn and stretched to the width there is; scale, dates and legend are text around them, so that it can be read on a
 * telephone. Colour is never alone: RSA is hatched, the legend is words, and the page has the same numbers as a table.
 */
import type { UsageReport } from '../../../administration/index.ts';
import type { DayUsage } from '../../../model/index.ts';
import type { SignatureMethod } from '../../../oauth/index.ts';
import { count, fill, type Html, html, number, type PageContext } from '../../../web/index.ts';
import { dayWords, usageMessages } from './words.ts';

const HEIGHT = 200;
/** Width of a day, and of its bar. */
const STEP = 10;
const BAR = 8;

/** A rectangle of the picture. */
export interface Bar {
  readonly method: SignatureMethod;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** The picture with its scale, dates and legend. */
export function usagePicture(c: PageContext, report: UsageReport): Html {
  const t = c.messages(usageMessages);
  const most = Math.max(...dayTotals(report.perDay).values());
  const top = niceTop(most);
  const [from, to] = [dayWords(c, report.fromDay), dayWords(c, report.toDay)];
  const requests = count(c, t.requests, report.requests);
  const text = fill(t.pictureText, { requests, from, to, most: number(c, most) });
  const width = (report.toDay - report.fromDay + 1) * STEP;
  return html`<figure class="usage">
<div class="usage-plot"><div class="usage-scale" aria-hidden="true"><span>${number(c, top)}</span>${
    top % 2 === 0 ? html`<span>${number(c, top / 2)}</span>` : ''
  }<span>0</span></div>
<svg role="img" aria-labelledby="usage-title usage-text" viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none">
<title id="usage-title">${t.pictureTitle}</title><desc id="usage-text">${text}</desc>
<path class="usage-grid" d="M0 0H${width}M0 ${HEIGHT / 2}H${width}M0 ${HEIGHT}H${width}"/>
${barsOf(report, top).map((bar) => drawn(bar, BAR))}
</svg></div>
<div class="usage-dates" aria-hidden="true"><span>${from}</span><span>${to}</span></div>
<ul class="usage-legend" aria-label="${t.legend}">${report.methods.map(
    (method) =>
      html`<li><svg class="usage-swatch" viewBox="0 0 16 16" aria-hidden="true">${drawn({ method, x: 0, y: 0, height: 16 }, 16)}</svg>${method}</li>`,
  )}</ul>
</figure>`;
}

/** The rectangles: every day's methods on top of each other, in the report's order. */
export function barsOf({ perDay, methods, fromDay }: UsageReport, top: number): Bar[] {
  const byDay = Map.groupBy(perDay, ({ day }) => day);
  return [...byDay].flatMap(([day, usages]) => {
    let y = HEIGHT;
    return methods.flatMap((method) => {
      const usage = usages.find((one) => one.method === method);
      if (usage === undefined) return [];
      const height = round((usage.requests / top) * HEIGHT);
      y = round(y - height);
      return [{ method, x: (day - fromDay) * STEP + (STEP - BAR) / 2, y, height }];
    });
  });
}

/** How many requests each day had, of all methods together. */
export function dayTotals(perDay: readonly DayUsage[]): Map<number, number> {
  const totals = new Map<number, number>();
  for (const { day, requests } of perDay) totals.set(day, (totals.get(day) ?? 0) + requests);
  return totals;
}

const ROUND = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8];

/** The end of a scale: the first round whole number that is not below. */
export function niceTop(most: number): number {
  for (let unit = 1; ; unit *= 10) {
    const top = ROUND.map((digit) => digit * unit).find((end) => end >= most && Number.isInteger(end));
    if (top !== undefined) return top;
  }
}

function drawn({ method, x, y, height }: Bar, width: number): Html {
  const place = html`x="${x}" y="${y}" width="${width}" height="${height}"`;
  const name = method.toLowerCase();
  return html`<rect class="usage-bar is-${name}" ${place}/>${
    method.startsWith('RSA') ? html`<path class="usage-hatch" d="${hatch(x, y, width, height)}"/>` : ''
  }`;
}

/** Level lines through a rectangle: they stay what they are when the picture is stretched. */
function hatch(x: number, y: number, width: number, height: number): string {
  const lines = [];
  for (let level = y + 2; level < y + height; level += 4) lines.push(`M${x} ${round(level)}h${width}`);
  return lines.join('');
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}
