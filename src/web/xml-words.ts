/**
 * What is wrong with a document that is no well-formed XML, as people read it in both languages. The parser's own words
 * are English and repeat what strangers wrote: they are sorted into a closed list of faults here, and remain as a cause, for logs.
 */
import type { Locale } from './pages/reader.ts';

/** The same in each language. */
export type Words = Readonly<Record<Locale, string>>;

const FAULTS = {
  empty: { en: 'it has no element.', ja: '要素がありません。' },
  'outside-root': {
    en: 'something stands before or behind its outermost element.',
    ja: '一番外側の要素の前か後に余分なものがあります。',
  },
  unclosed: {
    en: 'it ends before everything in it is closed.',
    ja: '閉じられていないものを残したまま終わっています。',
  },
  'closing-tag': {
    en: 'a closing tag does not belong to the element that is open.',
    ja: '終了タグが、開いている要素のものではありません。',
  },
  reference: {
    en: 'a “&” begins no reference that XML knows.',
    ja: '「&」の後が XML の参照になっていません。',
  },
  attribute: {
    en: 'an attribute is written wrongly or stands there twice.',
    ja: '属性の書き方が誤っているか、同じ属性が二つあります。',
  },
  declaration: {
    en: 'its XML declaration is written wrongly or stands at the wrong place.',
    ja: 'XML 宣言の書き方か位置が誤っています。',
  },
  character: {
    en: 'a character stands where XML does not allow it.',
    ja: 'XML で許されない場所に文字があります。',
  },
} satisfies Readonly<Record<string, Words>>;

/** How the parser's sentences begin; whatever else it says is about a character. */
const BEGINNINGS: readonly (readonly [RegExp, keyof typeof FAULTS])[] = [
  [/^document must contain a root/, 'empty'],
  [/^text data outside of root|^documents may contain only one root/, 'outside-root'],
  [/^unclosed tag|^unexpected end\./, 'unclosed'],
  [
    /^unmatched closing tag|^unexpected close tag|^weird empty close|^disallowed character in closing/,
    'closing-tag',
  ],
  [
    /^undefined entity|^empty entity|^malformed character entity|^disallowed character in entity/,
    'reference',
  ],
  [
    /^(?:duplicate |unquoted )?attribute|^no whitespace between attr|^disallowed character in attr/,
    'attribute',
  ],
  [
    /^(?:an|the) XML declaration|^XML declaration|^(?:version|encoding|standalone|value) |^expected /,
    'declaration',
  ],
];

/** The fault that a sentence of the parser means, in words that follow a colon. */
export function faultWords(said: string): Words {
  const known = BEGINNINGS.find(([beginning]) => beginning.test(said));
  return FAULTS[known?.[1] ?? 'character'];
}
