/**
 * What is amiss between the way a request came and the settings: each finding names the setting to change. Most
 * signatures that never fit come from here.
 */
import type { ConnectionFacts } from '../../../web/index.ts';

/** Kinds of findings. */
export type ServerFindingCode =
  | 'untrusted-forwarding'
  | 'scheme-differs'
  | 'host-differs'
  | 'no-scheme-header'
  | 'no-proxy-listed';

/** One finding, with the values of its sentence. */
export interface ServerFinding {
  readonly code: ServerFindingCode;
  readonly values: Readonly<Record<'peer' | 'seen' | 'ours', string>>;
}

/** Looks for what is amiss, most telling first. */
export function findServerTrouble(connection: ConnectionFacts, publicUrl: URL): ServerFinding[] {
  const { forwarded, isTrustedProxy, isSecureTransport } = connection;
  const peer = connection.peerAddress ?? '';
  const scheme = lastOf(forwarded['x-forwarded-proto']);
  const host = seenHost(connection);
  const ours = publicUrl.protocol.slice(0, -1);
  const isForwarded = Object.keys(forwarded).length > 0;
  const findings: ServerFinding[] = [];
  const find = (code: ServerFindingCode, seen = '', wanted = '') =>
    findings.push({ code, values: { peer, seen, ours: wanted } });

  if (scheme !== null && scheme !== ours) find('scheme-differs', scheme, ours);
  if (host !== null && host !== publicUrl.host) find('host-differs', host, publicUrl.host);
  if (isForwarded && !isTrustedProxy) find('untrusted-forwarding');
  if (isTrustedProxy && scheme === null && ours === 'https') find('no-scheme-header');
  if (!isForwarded && !isTrustedProxy && ours === 'https' && !isSecureTransport) find('no-proxy-listed');
  return findings;
}

/** The host that the client asked for, as far as anybody says, without the port of its scheme. */
function seenHost({ forwarded, host }: ConnectionFacts): string | null {
  const asked = lastOf(forwarded['x-forwarded-host']) ?? host;
  return asked === null ? null : asked.toLowerCase().replace(/:(?:80|443)$/, '');
}

/** What the nearest proxy wrote. */
function lastOf(list: string | undefined): string | null {
  const last = list?.split(',').at(-1)?.trim().toLowerCase() ?? '';
  return last === '' ? null : last;
}
