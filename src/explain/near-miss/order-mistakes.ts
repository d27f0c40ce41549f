/** The order of the parameters: by encoded name, then by encoded value, byte by byte (RFC 5849 s3.4.1.3.2). */
import type { Carrier } from '../../oauth/index.ts';
import type { SpelledPair } from './attempt.ts';
import { compareTexts, inOrder } from './right-way.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

export const ORDER_MISTAKES: readonly MistakeToTry[] = [
  order('parameters-unsorted', 1, [
    inCarriers('header', 'query', 'body'),
    inCarriers('query', 'header', 'body'),
    inCarriers('query', 'body', 'header'),
    inCarriers('header', 'body', 'query'),
    (pairs) => [...inOrder(pairs.filter(isProtocol)), ...inOrder(pairs.filter((pair) => !isProtocol(pair)))],
    (pairs) => [...inOrder(pairs.filter((pair) => !isProtocol(pair))), ...inOrder(pairs.filter(isProtocol))],
  ]),
  order('sorted-by-decoded-value', 2, [
    (pairs) =>
      sortedBy(
        pairs,
        (a, b) => compareTexts(bytesOf(a[0]), bytesOf(b[0])) || compareTexts(bytesOf(a[1]), bytesOf(b[1])),
      ),
  ]),
  order('sorted-as-pairs', 3, [(pairs) => sortedBy(pairs, (a, b) => compareTexts(joined(a), joined(b)))]),
  order('sorted-ignoring-case', 2, [
    (pairs) =>
      sortedBy(
        pairs,
        (a, b) => compareTexts(lower(a[0]), lower(b[0])) || compareTexts(lower(a[1]), lower(b[1])),
      ),
    (pairs) => sortedBy(pairs, (a, b) => inAlphabet(a[0], b[0]) || inAlphabet(a[1], b[1])),
  ]),
  order('sorted-by-name-only', 2, [(pairs) => sortedBy(pairs, (a, b) => compareTexts(a[0], b[0]))]),
];

type Arrange = (pairs: readonly SpelledPair[]) => readonly SpelledPair[];

function inAlphabet(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}

function order(
  code: MistakeToTry['code'],
  rank: MistakeToTry['rank'],
  orders: readonly Arrange[],
): MistakeToTry {
  const variants: Variant[] = orders.map((arrange) => ({
    apply: (attempt) => ({ ...attempt, writing: { ...attempt.writing, arrange } }),
  }));
  return { code, layer: 'order', rank, variants: () => variants };
}

function sortedBy(pairs: readonly SpelledPair[], compare: (a: SpelledPair, b: SpelledPair) => number) {
  return pairs.toSorted(compare);
}

function inCarriers(...carriers: readonly Carrier[]): Arrange {
  return (pairs) =>
    carriers.flatMap((carrier) => pairs.filter(([, , parameter]) => parameter.carrier === carrier));
}

function isProtocol([name]: SpelledPair): boolean {
  return name.startsWith('oauth_');
}

function joined([name, value]: SpelledPair): string {
  return `${name}=${value}`;
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** Escapes undone, one character for each byte. */
function bytesOf(encoded: string): string {
  return encoded.includes('%')
    ? encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : encoded;
}
