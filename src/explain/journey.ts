/** What the chain of proxies made of scheme, host, port and path: as signed, as seen, as forwarded, as it is here. */
import type { JourneyRow } from './explanation.ts';
import type { ArrivalFacts } from './knowledge.ts';
import { type Address, readAddress } from './near-miss/attempt.ts';

type Part = JourneyRow['part'];
type Parts = Readonly<Record<Part, string | null>>;

const NOTHING: Parts = { scheme: null, host: null, port: null, path: null };

/** What forwarded headers say of each part. */
interface Forwarded {
  readonly parts: Parts;
  /** Parts of which a header says something that this server reads at all. */
  readonly read: ReadonlySet<Part>;
}

/**
 * One row for each part of the address.
 * @param baseUri the address that a client has to sign
 * @param signed the address that the client did sign, where that is known
 */
export function describeJourney(
  baseUri: string,
  signed: string | null,
  arrival: ArrivalFacts | null,
): JourneyRow[] {
  const ours = partsOf(readAddress(baseUri));
  const theirs = signed === null || !/^https?:\/\//i.test(signed) ? NOTHING : partsOf(readAddress(signed));
  const seen = arrival === null ? NOTHING : seenParts(arrival);
  const forwarded = readForwarded(arrival?.forwarded ?? {});
  return (['scheme', 'host', 'port', 'path'] as const).map((part) => ({
    part,
    signed: theirs[part],
    seen: seen[part],
    forwarded: forwarded.parts[part],
    isForwardedTrusted: arrival?.isTrustedProxy === true && forwarded.read.has(part),
    ours: ours[part] ?? '',
  }));
}

function partsOf({ scheme, host, port, path, tail }: Address): Parts {
  const usual = scheme.toLowerCase() === 'https' ? '443' : '80';
  return { scheme: scheme.toLowerCase(), host, port: port === '' ? usual : port.slice(1), path: path + tail };
}

function seenParts({ scheme, host, listenPort, target }: ArrivalFacts): Parts {
  const [name, port] = hostAndPort(host ?? '');
  return {
    scheme,
    host: name,
    port: port ?? (listenPort === null ? null : String(listenPort)),
    path: target.split('?', 1)[0] ?? null,
  };
}

function readForwarded(headers: Readonly<Record<string, string>>): Forwarded {
  const standard = headers.forwarded ?? '';
  const inStandard = (name: 'proto' | 'host') =>
    new RegExp(`\\b${name}="?([^";,\\s]{1,300})`, 'i').exec(standard)?.[1];
  const scheme = headers['x-forwarded-proto'];
  const asked = headers['x-forwarded-host'];
  const [host, port] = hostAndPort(asked ?? inStandard('host') ?? '');
  const parts = {
    scheme: scheme ?? inStandard('proto') ?? null,
    host,
    port: headers['x-forwarded-port'] ?? port,
    path: headers['x-original-uri'] ?? headers['x-forwarded-uri'] ?? headers['x-forwarded-prefix'] ?? null,
  };
  const read = new Set<Part>();
  if (scheme !== undefined) read.add('scheme');
  if (asked !== undefined) read.add('host');
  if (asked !== undefined && headers['x-forwarded-port'] === undefined) read.add('port');
  return { parts, read };
}

function hostAndPort(text: string): [host: string | null, port: string | null] {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text.trim());
  return parts === null || text === '' ? [text === '' ? null : text, null] : [parts[1]!, parts[2] ?? null];
}
