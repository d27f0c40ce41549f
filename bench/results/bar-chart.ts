/**
 * A bar chart as SVG, made of nothing but the numbers: a bar for each ratio, its value beside it, and a mark where the
 * aim is. Colours are those of the documents; the picture follows the reader's light or dark scheme by itself.
 */
import { type Ratio, shownRatio } from '../finding.ts';

const WIDTH = 760;
const ROW = 40;
const TOP = 44;
const LEFT = 330;
const RIGHT = 80;

/** What a chart shows. */
export interface Chart {
  readonly title: string;
  readonly ratios: readonly Ratio[];
  /** Ratio at which a line is drawn across: as fast as what it is held against. */
  readonly unit?: number;
}

/** Draws it. Its words are in it as text, so it can be read aloud and searched. */
export function barChart({ title, ratios, unit }: Chart): string {
  const height = TOP + ratios.length * ROW + 12;
  const largest = Math.max(...ratios.flatMap(({ value, aim }) => [value, aim ?? 0]), unit ?? 0);
  const x = (value: number) => Math.round(LEFT + (value / largest) * (WIDTH - LEFT - RIGHT));
  const line =
    unit === undefined
      ? ''
      : `<line class="unit" x1="${x(unit)}" x2="${x(unit)}" y1="${TOP - 8}" y2="${height - 8}"/>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<style>${STYLE}</style>
<rect class="sheet" width="${WIDTH}" height="${height}" rx="6"/>
<text class="title" x="16" y="26">${escaped(title)}</text>
${legend(ratios)}${line}${ratios.map((ratio, index) => bar(ratio, TOP + index * ROW, x)).join('\n')}
</svg>
`;
}

function bar({ what, against, value, aim }: Ratio, y: number, x: (value: number) => number): string {
  const end = x(value);
  const mark =
    aim === null
      ? ''
      : `<path class="aim" d="M${x(aim)} ${y + 2}v28"><title>aim ${shownRatio(aim)}</title></path>`;
  return [
    `<text x="16" y="${y + 14}">${escaped(what)}</text>`,
    `<text class="against" x="16" y="${y + 29}">against ${escaped(against)}</text>`,
    `<rect class="bar" x="${LEFT}" y="${y + 6}" width="${end - LEFT}" height="20" rx="2"/>`,
    `${mark}<text class="value" x="${WIDTH - 16}" y="${y + 21}">${shownRatio(value)}</text>`,
  ].join('\n');
}

/** What the marks are, where there are some. */
function legend(ratios: readonly Ratio[]): string {
  if (ratios.every(({ aim }) => aim === null)) return '';
  return `<path class="aim" d="M${WIDTH - 50} 14v16"/><text class="against" x="${WIDTH - 42}" y="26">aim</text>\n`;
}

const STYLE = `
.sheet{fill:#fffdf8}text{font:13px system-ui,"Segoe UI","Noto Sans",sans-serif;fill:#231f1a}
.title{font-size:15px;font-weight:600}.against{font-size:11.5px;fill:#5f584d}
.value{font-variant-numeric:tabular-nums;text-anchor:end}.bar{fill:#1f4a82}.aim{stroke:#9a3b12;stroke-width:3;fill:none}
.unit{stroke:#ddd5c5;stroke-width:1}
@media (prefers-color-scheme:dark){.sheet{fill:#1f1c17}text{fill:#ece5d8}.against{fill:#b4ab9b}
.bar{fill:#a3c1ea}.aim{stroke:#f0a57f}.unit{stroke:#3a352b}}
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
