/** Both base strings part by part, the first difference marked; and the address on its way through proxies. */
import { printable } from '../../../base/index.ts';
import type { BaseStringComparison, BaseStringRow, JourneyRow } from '../../../explain/index.ts';
import { badge, type Content, copyBlock, html, type PageContext } from '../../../web/index.ts';
import { diagnosisMessages } from './words.ts';

/** The comparison; ours alone while nothing is known of theirs. */
export function baseStringView(c: PageContext, comparison: BaseStringComparison): Content {
  const t = c.messages(diagnosisMessages);
  const { ours, yours, source, rows, firstDifference } = comparison;
  if (ours === null) return '';
  const lead =
    yours === null ? t.baseOursOnly : source === 'printed' ? t.baseLeadPrinted : t.baseLeadReconstructed;
  return html`<section aria-labelledby="base-string"><h2 id="base-string">${t.baseTitle}</h2><p>${lead}</p>
${rows.length === 0 ? '' : rowTable(c, rows, firstDifference)}
${
  yours === null
    ? copyBlock(c, ours, t.rawOurs)
    : html`<details class="more"><summary>${t.rawOurs}</summary>${copyBlock(c, ours, t.rawOurs)}</details>
<details class="more"><summary>${t.rawYours}</summary>${copyBlock(c, yours, t.rawYours)}</details>`
}</section>`;
}

function rowTable(c: PageContext, rows: readonly BaseStringRow[], firstDifference: number): Content {
  const t = c.messages(diagnosisMessages);
  const header = (text: string) => html`<th role="columnheader" scope="col">${text}</th>`;
  const line = (row: BaseStringRow, index: number) => {
    const name =
      row.part === 'parameter'
        ? html`<code class="breakable">${printable(row.name)}</code>`
        : t.parts[row.part];
    const sign =
      row.state === 'equal'
        ? html`<span class="meta">${t.states.equal}</span>`
        : badge('warning', t.states[row.state]);
    return html`<tr role="row" class="${row.state === 'equal' ? '' : 'is-different'}"${index === firstDifference ? html` id="first-difference"` : ''}>
<th role="rowheader" scope="row" class="is-name" data-label="${t.part}"><div>${name}</div></th>
<td role="cell" data-label="${t.yours}"><div>${value(c, row.yours)}</div></td>
<td role="cell" data-label="${t.ours}"><div>${value(c, row.ours)}</div></td>
<td role="cell" data-label="${t.state}"><div>${sign}${index === firstDifference ? html` <strong class="meta">${t.firstDifference}</strong>` : ''}</div></td></tr>`;
  };
  return html`<div class="table-frame"><table role="table" class="comparison"><caption class="sr-only">${t.baseCaption}</caption>
<thead role="rowgroup"><tr role="row">${[t.part, t.yours, t.ours, t.state].map(header)}</tr></thead>
<tbody role="rowgroup">${rows.map(line)}</tbody></table></div>`;
}

/** Scheme, host, port and path: as signed, as arrived, as forwarded, as they have to be signed. */
export function journeyView(c: PageContext, journey: readonly JourneyRow[]): Content {
  const t = c.messages(diagnosisMessages);
  if (journey.every(({ signed, seen, forwarded }) => signed === null && seen === null && forwarded === null))
    return '';
  return html`<section aria-labelledby="journey"><h2 id="journey">${t.journeyTitle}</h2><p>${t.journeyLead}</p>
${journeyTable(c, journey)}</section>`;
}

/** The table alone. */
export function journeyTable(c: PageContext, journey: readonly JourneyRow[]): Content {
  const t = c.messages(diagnosisMessages);
  const columns: { readonly header: string; cell(row: JourneyRow): Content }[] = [
    { header: t.seen, cell: (row) => value(c, row.seen) },
    { header: t.forwarded, cell: (row) => forwarded(c, row) },
    { header: t.mustSign, cell: (row) => html`<strong>${value(c, row.ours)}</strong>` },
  ];
  if (journey.some(({ signed }) => signed !== null))
    columns.unshift({ header: t.signed, cell: (row) => compared(c, row.signed, row.ours) });
  return html`<div class="table-frame"><table role="table" class="comparison"><caption class="sr-only">${t.journeyCaption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${t.part}</th>${columns.map(
    ({ header }) => html`<th role="columnheader" scope="col">${header}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${journey.map(
    (row) =>
      html`<tr role="row"><th role="rowheader" scope="row" class="is-name" data-label="${t.part}"><div>${t.journeyParts[row.part]}</div></th>${columns.map(
        ({ header, cell }) => html`<td role="cell" data-label="${header}"><div>${cell(row)}</div></td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

function forwarded(c: PageContext, row: JourneyRow): Content {
  const t = c.messages(diagnosisMessages);
  if (row.forwarded === null) return t.absent;
  return html`${value(c, row.forwarded)} ${badge(row.isForwardedTrusted ? 'good' : 'off', row.isForwardedTrusted ? t.believed : t.ignored)}`;
}

function compared(c: PageContext, signed: string | null, ours: string): Content {
  const shown = value(c, signed);
  if (signed === null || signed === ours) return shown;
  return html`${shown} ${badge('warning', c.messages(diagnosisMessages).states.different)}`;
}

/** A value, with what cannot be seen in it as escapes; a dash for none. */
function value(c: PageContext, text: string | null): Content {
  return text === null
    ? html`<span class="meta">${c.messages(diagnosisMessages).absent}</span>`
    : html`<code class="breakable">${printable(text)}</code>`;
}
