/** What the chain of proxies made of scheme, host, port and path: as signed, as seen, as forwarded, as it is here. */
import type { JourneyRow } from './explanation.ts';
import type { ArrivalFacts } from './knowledge.ts';
import { type Address, readAddress } from './near-miss/attempt.ts';

type Parts = Readonly<Record<JourneyRow['part'], string | null>>;

const NOTHING: Parts = { scheme: null, host: null, port: null, path: null };

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
  const forwarded = arrival === null ? NOTHING : forwardedParts(arrival.forwarded);
  return (['scheme', 'host', 'port', 'path'] as const).map((part) => ({
    part,
    signed: theirs[part],
    seen: seen[part],
    forwarded: forwarded[part],
    isForwardedTrusted: arrival?.isTrustedProxy ?? false,
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

function forwardedParts(headers: Readonly<Record<string, string>>): Parts {
  const standard = headers.forwarded ?? '';
  const inStandard = (name: 'proto' | 'host') =>
    new RegExp(`\\b${name}="?([^";,\\s]{1,300})`, 'i').exec(standard)?.[1];
  const [host, port] = hostAndPort(headers['x-forwarded-host'] ?? inStandard('host') ?? '');
  return {
    scheme: headers['x-forwarded-proto'] ?? inStandard('proto') ?? null,
    host,
    port: headers['x-forwarded-port'] ?? port,
    path: headers['x-original-uri'] ?? headers['x-forwarded-uri'] ?? headers['x-forwarded-prefix'] ?? null,
  };
}

function hostAndPort(text: string): [host: string | null, port: string | null] {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text.trim());
  return parts === null || text === '' ? [text === '' ? null : text, null] : [parts[1]!, parts[2] ?? null];
}
