/**
 * Whether a list of proxies holds strangers: ranges that are meant to say "everybody", in one piece or in several
 * (`0.0.0.0/1` and `128.0.0.0/1`). Nobody's own proxies have more than a /8 of the public addresses between them;
 * private ones, which only a network's own machines can have, are not counted.
 */
import ipaddr from 'ipaddr.js';

/** Bits of an address, and the ranges that the public cannot have, in CIDR. */
const FAMILIES = [
  {
    bits: 32,
    own: ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  },
  { bits: 128, own: ['::1/128', 'fc00::/7', 'fe80::/10'] },
] as const;

/** The shortest prefix of public addresses that is nobody's own. */
const MOST_PUBLIC_BITS = 8;

/** First and last address. */
type Span = readonly [first: bigint, last: bigint];

/**
 * The ranges that together hold more public addresses than any network's own proxies; empty where there are none.
 * @param trustedProxies addresses and CIDRs; what is neither is passed over, others complain about it
 */
export function rangesOfStrangers(trustedProxies: readonly string[]): readonly string[] {
  return FAMILIES.flatMap(({ bits, own }) => {
    const named = trustedProxies.map((text) => ({ text, span: spanOf(text, bits) }));
    const ranges = named.filter((one): one is { text: string; span: Span } => one.span !== null);
    const ownSpans = own.map((text) => spanOf(text, bits)!);
    const counted = (spans: readonly Span[]) => publicAddresses(merged(spans), ownSpans);
    const isTooMuch = counted(ranges.map(({ span }) => span)) > 1n << BigInt(bits - MOST_PUBLIC_BITS);
    return isTooMuch ? ranges.filter(({ span }) => counted([span]) > 0n).map(({ text }) => text) : [];
  });
}

/** Null for a range of the other family, and for what is none. */
function spanOf(text: string, bits: number): Span | null {
  const [address = '', prefix] = text.split('/');
  const bytes = ipaddr.isValid(address) ? ipaddr.parse(address).toByteArray() : [];
  if (bytes.length * 8 !== bits || !(Number(prefix ?? bits) <= bits)) return null;
  const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const free = BigInt(bits - Number(prefix ?? bits));
  const first = (value >> free) << free;
  return [first, first + (1n << free) - 1n];
}

/** In order, and without what is said twice. */
function merged(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const last = kept.at(-1);
    if (last === undefined || span[0] > last[1]) kept.push(span);
    else if (span[1] > last[1]) kept[kept.length - 1] = [last[0], span[1]];
  }
  return kept;
}

function publicAddresses(spans: readonly Span[], own: readonly Span[]): bigint {
  return spans.reduce(
    (sum, span) => own.reduce((left, one) => left - shared(span, one), sum + span[1] - span[0] + 1n),
    0n,
  );
}

function shared([firstA, lastA]: Span, [firstB, lastB]: Span): bigint {
  const first = firstA > firstB ? firstA : firstB;
  const last = lastA < lastB ? lastA : lastB;
  return first > last ? 0n : last - first + 1n;
}
