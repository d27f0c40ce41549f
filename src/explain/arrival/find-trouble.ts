/**
 * What is amiss between the way a request came and the settings: each finding names the setting to change. Most
 * signatures that never fit come from here.
 */
import type { ReceivedArrival } from './received-arrival.ts';

/** Kinds of findings. */
export const ARRIVAL_TROUBLES = [
  'untrusted-forwarding',
  'scheme-differs',
  'host-differs',
  'no-scheme-header',
  'no-proxy-listed',
] as const;

/** A kind of finding. */
export type ArrivalTrouble = (typeof ARRIVAL_TROUBLES)[number];

/** One finding, with the values of its sentence. */
interface ArrivalFinding {
  readonly code: ArrivalTrouble;
  readonly values: Readonly<Record<'peer' | 'seen' | 'ours', string>>;
}

/** Looks for what is amiss, most telling first. */
export function findTrouble(arrival: ReceivedArrival, publicUrl: URL): ArrivalFinding[] {
  const { forwarded, isTrustedProxy, isSecureTransport } = arrival;
  const peer = arrival.peerAddress ?? '';
  const scheme = lastOf(forwarded['x-forwarded-proto']);
  const host = seenHost(arrival);
  const ours = publicUrl.protocol.slice(0, -1);
  const isForwarded = Object.keys(forwarded).length > 0;
  const findings: ArrivalFinding[] = [];
  const find = (code: ArrivalTrouble, seen = '', wanted = '') =>
    findings.push({ code, values: { peer, seen, ours: wanted } });

  if (scheme !== null && scheme !== ours) find('scheme-differs', scheme, ours);
  if (host !== null && host !== publicUrl.host) find('host-differs', host, publicUrl.host);
  if (isForwarded && !isTrustedProxy) find('untrusted-forwarding');
  if (isTrustedProxy && scheme === null && ours === 'https') find('no-scheme-header');
  if (!isForwarded && !isTrustedProxy && ours === 'https' && !isSecureTransport) find('no-proxy-listed');
  return findings;
}

/** The host that the client asked for, as far as anybody says, without the port of its scheme. */
function seenHost({ forwarded, host }: ReceivedArrival): string | null {
  const asked = lastOf(forwarded['x-forwarded-host']) ?? host;
  return asked === null ? null : asked.toLowerCase().replace(/:(?:80|443)$/, '');
}

/** What the nearest proxy wrote. */
function lastOf(list: string | undefined): string | null {
  const last = list?.split(',').at(-1)?.trim().toLowerCase() ?? '';
  return last === '' ? null : last;
}
