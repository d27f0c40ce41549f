/**
 * Which Host a request may carry. An unlisted one is refused: it is either a proxy that was set up wrongly, and
 * a plain word now saves days of failing signatures, or DNS rebinding, a stranger's name that points at this
 * machine. Allowed are the public URL's host and the address the connection was really made to, which proxies
 * send that do not forward Host. No answer is ever built from what this header says.
 */
import type { Socket } from 'node:net';
import { isLoopback, plainAddress } from './proxy-trust.ts';
import { WireRefused } from './wire-refused.ts';

/** Decides about one Host value. */
export interface HostPolicy {
  /** Whether the public URL names this machine itself. */
  readonly isPublicHostLoopback: boolean;
  /**
   * @param isForwarded the value is X-Forwarded-Host of a listed proxy: then only the public host counts
   * @throws {WireRefused} 400 when it is absent, 421 when it is none of ours
   */
  check(host: string | undefined, socket: Socket, isForwarded: boolean): void;
}

/** Prepares the check. A port is optional exactly where it is the public scheme's own (RFC 9110 s7.2). */
export function createHostPolicy(
  publicUrl: URL,
  listenAddress: () => { readonly address: string; readonly port: number } | null,
): HostPolicy {
  const publicHosts = new Set([publicUrl.host]);
  if (publicUrl.port === '')
    publicHosts.add(`${publicUrl.host}:${publicUrl.protocol === 'https:' ? 443 : 80}`);

  function isListening(host: string, socket: Socket): boolean {
    const listening = listenAddress();
    if (listening !== null && host === hostAndPort(listening.address, listening.port)) return true;
    const local = plainAddress(socket.localAddress ?? '');
    const port = socket.localPort ?? 0;
    return host === hostAndPort(local, port) || (isLoopback(local) && host === `localhost:${port}`);
  }

  return {
    isPublicHostLoopback: isLoopbackName(publicUrl.hostname),
    check(host, socket, isForwarded) {
      if (host === undefined || host === '') throw new WireRefused(400, 'The header field Host is missing.');
      if (publicHosts.has(host)) return;
      const lowerCase = host.toLowerCase();
      if (publicHosts.has(lowerCase)) return;
      if (!isForwarded && isListening(lowerCase, socket)) return;
      throw new WireRefused(421, misdirected(publicUrl));
    },
  };
}

/** Whether a host name of a URL is the machine itself. */
function isLoopbackName(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    hostname.startsWith('127.')
  );
}

function hostAndPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function misdirected(publicUrl: URL): string {
  return (
    `This server answers for ${publicUrl.href} only. Use that address; behind a proxy, let it forward the Host ` +
    'header unchanged, or set the public URL to the address that users see.'
  );
}
