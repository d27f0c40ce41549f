/** What would break: for each old way, who used it, how often and when last, and what they can change to. */
import { type Dependant, MOST_CONSUMERS_COUNTED, type UsageReport } from '../../../administration/index.ts';
import { OLD_WAYS, type OldWay, USAGE_DAYS_KEPT } from '../../../model/index.ts';
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

/** So many are named for each way. */
export const MOST_DEPENDANTS = 25;

/** The report as a section. */
export function breakageSection(c: PageContext, { dependants, consumers }: UsageReport): Html {
  const t = c.messages(usageMessages);
  return html`<section><h2>${t.breakTitle}</h2><p>${t.breakLead}</p>
${OLD_WAYS.map((way) => wayPart(c, way, dependants[way], consumers[way]))}</section>`;
}

function wayPart(c: PageContext, way: OldWay, dependants: readonly Dependant[], inAll: number): Html {
  const t = c.messages(usageMessages);
  if (dependants.length === 0) {
    return html`<div class="old-way"><h3>${t.ways[way]}</h3><p>${badge('good', t.waySafe[way])}</p></div>`;
  }
  return html`<div class="old-way"><h3>${t.ways[way]} ${badge('warning', counted(c, inAll))}</h3>
<p>${t.wayTexts[way]}</p>
${table(c, {
  caption: fill(t.dependantsCaption, { way: t.ways[way] }),
  rows: dependants,
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
${inAll > dependants.length ? html`<p>${moreWords(c, inAll, dependants.length)}</p>` : ''}</div>`;
}

function counted(c: PageContext, consumers: number): string {
  if (consumers <= MOST_CONSUMERS_COUNTED) return number(c, consumers);
  return fill(c.messages(usageMessages).moreThan, { n: number(c, MOST_CONSUMERS_COUNTED) });
}

/** How many there are besides those that are shown, and which these are. */
function moreWords(c: PageContext, inAll: number, shown: number): string {
  const t = c.messages(usageMessages);
  const others =
    inAll > MOST_CONSUMERS_COUNTED
      ? fill(t.manyMore, { n: number(c, MOST_CONSUMERS_COUNTED) })
      : count(c, t.more, inAll - shown);
  return `${others} ${fill(t.shown, { days: number(c, USAGE_DAYS_KEPT) })}`;
}
