/**
 * Scheme, host and port: what a reverse proxy hides from the server behind it, and the most frequent reason of all.
 * Candidates come from the request's own surroundings (Host as sent, forwarded headers, the listening port).
 */
import type { Address, Attempt } from './attempt.ts';
import { readAddress } from './attempt.ts';
import type { Scene } from './scene.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

/** Changes some parts of the address. */
export function withAddress(changes: Partial<Address>, signed: string, ours: string): Variant {
  return {
    values: { signed, ours },
    apply: (attempt: Attempt) => ({ ...attempt, address: { ...attempt.address, ...changes } }),
  };
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export const SCHEME_MISTAKES: readonly MistakeToTry[] = [
  {
    code: 'signed-http-for-https',
    layer: 'scheme',
    rank: 1,
    variants: ({ baseUri }) =>
      readAddress(baseUri).scheme === 'https' ? [withAddress({ scheme: 'http' }, 'http', 'https')] : [],
  },
  {
    code: 'signed-https-for-http',
    layer: 'scheme',
    rank: 1,
    variants: ({ baseUri }) =>
      readAddress(baseUri).scheme === 'http' ? [withAddress({ scheme: 'https' }, 'https', 'http')] : [],
  },
];

export const HOST_MISTAKES: readonly MistakeToTry[] = [
  { code: 'signed-seen-host', layer: 'host', rank: 1, variants: seenHosts },
  { code: 'signed-other-loopback-name', layer: 'host', rank: 2, variants: loopbackNames },
  {
    code: 'signed-other-www',
    layer: 'host',
    rank: 2,
    variants: ({ baseUri }) => {
      const { host } = readAddress(baseUri);
      const other = host.startsWith('www.') ? host.slice(4) : `www.${host}`;
      return /^[\d.[]/.test(host) ? [] : [withAddress({ host: other }, other, host)];
    },
  },
  {
    code: 'host-not-lower-case',
    layer: 'host',
    rank: 3,
    variants: ({ baseUri, arrival }) => {
      const { host } = readAddress(baseUri);
      const sent = hostsSeen(arrival).map((seen) => seen.host);
      const candidates = [...sent, host.toUpperCase(), capitalised(host)];
      return candidates
        .filter((other) => other !== host && other.toLowerCase() === host)
        .map((other) => withAddress({ host: other }, other, host));
    },
  },
];

export const PORT_MISTAKES: readonly MistakeToTry[] = [
  {
    code: 'default-port-signed',
    layer: 'port',
    rank: 1,
    variants: ({ baseUri }) =>
      readAddress(baseUri).port === ''
        ? [':443', ':80'].map((port) => withAddress({ port }, port.slice(1), '–'))
        : [],
  },
  {
    code: 'port-not-signed',
    layer: 'port',
    rank: 1,
    variants: ({ baseUri }) => {
      const { port } = readAddress(baseUri);
      return port === '' ? [] : [withAddress({ port: '' }, '–', port.slice(1))];
    },
  },
  { code: 'other-port-signed', layer: 'port', rank: 2, variants: otherPorts },
];

/** Hosts and ports that the request was seen under. */
function hostsSeen(arrival: Scene['arrival']): { host: string; port: string }[] {
  if (arrival === null) return [];
  const texts = [arrival.host ?? '', ...(arrival.forwarded['x-forwarded-host'] ?? '').split(',')];
  const standard = /host="?([^";,\s]+)/i.exec(arrival.forwarded.forwarded ?? '')?.[1];
  if (standard !== undefined) texts.push(standard);
  return texts.flatMap((text) => {
    const parts = /^(\[[0-9a-fA-F:.]{2,45}\]|[^\s:/?#@[\]]{1,253})(:\d{1,5})?$/.exec(text.trim());
    return parts === null ? [] : [{ host: parts[1]!, port: parts[2] ?? '' }];
  });
}

function seenHosts({ baseUri, arrival }: Scene): Variant[] {
  const own = readAddress(baseUri);
  return hostsSeen(arrival)
    .map(({ host, port }) => ({ host: host.toLowerCase(), port }))
    .filter(({ host }) => host !== own.host)
    .flatMap(({ host, port }) =>
      [...new Set([port, own.port, ''])].map((one) =>
        withAddress({ host, port: one }, host + one, own.host + own.port),
      ),
    );
}

function loopbackNames({ baseUri }: Scene): Variant[] {
  const { host } = readAddress(baseUri);
  if (!LOOPBACK_NAMES.includes(host)) return [];
  return LOOPBACK_NAMES.filter((name) => name !== host).map((name) =>
    withAddress({ host: name }, name, host),
  );
}

function otherPorts({ baseUri, arrival }: Scene): Variant[] {
  const own = readAddress(baseUri);
  const ports = hostsSeen(arrival).map((seen) => seen.port);
  const stated = arrival?.forwarded['x-forwarded-port'] ?? '';
  if (/^\d{1,5}$/.test(stated)) ports.push(`:${stated}`);
  if (arrival?.listenPort != null) ports.push(`:${arrival.listenPort}`);
  ports.push(':8080', ':8443', ':8000', ':3000');
  return [...new Set(ports)]
    .filter((port) => port !== '' && port !== own.port && port !== ':443' && port !== ':80')
    .map((port) => withAddress({ port }, port.slice(1), own.port.slice(1) || '–'));
}

function capitalised(host: string): string {
  return host.slice(0, 1).toUpperCase() + host.slice(1);
}
