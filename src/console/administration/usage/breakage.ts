/** What would break: for each old way, who used it, how often and when last, and what they can change to. */
import { type Dependant, OLD_WAYS, type OldWay, type UsageReport } from '../../../administration/index.ts';
import {
  badge,
  count,
  fill,
  type Html,
  html,
  moment,
  number,
  type PageContext,
  table,
} from '../../../web/index.ts';
import { consumerMention } from '../consumer-mention.ts';
import { usageMessages } from './words.ts';

const SHOWN = 50;

/** The report as a section. */
export function breakageSection(c: PageContext, { dependants }: UsageReport): Html {
  const t = c.messages(usageMessages);
  return html`<section><h2>${t.breakTitle}</h2><p>${t.breakLead}</p>
${OLD_WAYS.map((way) => wayPart(c, way, dependants[way]))}</section>`;
}

function wayPart(c: PageContext, way: OldWay, dependants: readonly Dependant[]): Html {
  const t = c.messages(usageMessages);
  if (dependants.length === 0) {
    return html`<div class="old-way"><h3>${t.ways[way]}</h3><p>${badge('good', t.waySafe[way])}</p></div>`;
  }
  const left = dependants.length - SHOWN;
  return html`<div class="old-way"><h3>${t.ways[way]} ${badge('warning', number(c, dependants.length))}</h3>
<p>${t.wayTexts[way]}</p>
${table(c, {
  caption: fill(t.dependantsCaption, { way: t.ways[way] }),
  rows: dependants.slice(0, SHOWN),
  columns: [
    {
      header: t.columnConsumer,
      isName: true,
      cell: ({ consumerKey, consumerName }) => consumerMention(c, consumerKey, { name: consumerName }),
    },
    { header: t.columnRequests, isNumber: true, cell: ({ requests }) => number(c, requests) },
    { header: t.columnLast, cell: ({ lastAt }) => moment(c, lastAt) },
  ],
})}
${left > 0 ? html`<p>${count(c, t.more, left)}</p>` : ''}</div>`;
}
