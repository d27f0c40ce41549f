/**
 * Which URLs and addresses an outgoing request may have. An address is judged as bytes, after every spelling
 * of it was undone by the URL parser: `0x7f.1`, `[::ffff:127.0.0.1]`, NAT64 and 6to4 forms all reach what they
 * stand for. Only globally routed unicast is open; anything else must be listed by the administrator as
 * `host:port`. Each address of a host is judged, not only the first: a name may carry one good and one bad.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { OutboundRefused } from './refused.ts';

/** The rules of one installation. */
export interface AddressRules {
  /** Reads a URL, against a base when it is a redirect's. @throws {OutboundRefused} invalid-url, port-not-allowed */
  readUrl(text: string, base?: URL): URL;
  /** All addresses of the URL's host. @throws {OutboundRefused} host-unknown, or address-forbidden when one is */
  checkedAddresses(url: URL): Promise<readonly string[]>;
}

/** Ports that web servers use; others must be listed with their host. */
const OPEN_PORTS = new Set(['80', '443', '8080', '8443']);

/** Publicly routed, and yet a cloud's own metadata service (Azure's wire server). */
const METADATA = new Set(['168.63.129.16']);

/** @throws {TypeError} when an entry of `allowHosts` is not `host:port` */
export function createAddressRules(
  allowHosts: readonly string[],
  resolve: (hostname: string) => Promise<readonly string[]> = resolveByDns,
): AddressRules {
  const listed = new Set(allowHosts.map(readAllowedHost));
  const isListed = (url: URL) => listed.has(`${url.hostname}:${portOf(url)}`);

  return {
    readUrl(text, base) {
      const url = parseUrl(text, base);
      if (!OPEN_PORTS.has(portOf(url)) && !isListed(url)) {
        throw new OutboundRefused(
          'port-not-allowed',
          `${url.host} uses a port that is not open to outgoing requests. An administrator can allow it with --allow-host ${url.hostname}:${portOf(url)}.`,
        );
      }
      return url;
    },
    async checkedAddresses(url) {
      const addresses = await addressesOf(url, resolve);
      if (!isListed(url) && addresses.some((address) => !isPublicAddress(address))) {
        throw new OutboundRefused(
          'address-forbidden',
          `${url.hostname} leads to a private or reserved address. An administrator can allow it with --allow-host ${url.hostname}:${portOf(url)}.`,
        );
      }
      return addresses;
    },
  };
}

/** Whether an IP address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || METADATA.has(address)) return false;
  // Of IPv6 only 2000::/3 is handed out; what lies outside is some translation or not assigned (RFC 4291 s2.4).
  return parsed.kind() === 'ipv4' || (parsed.toByteArray()[0]! & 0xe0) === 0x20;
}

function parseUrl(text: string, base: URL | undefined): URL {
  const refuse = (why: string) =>
    new OutboundRefused('invalid-url', `That address cannot be fetched: ${why}.`);
  if (/[\u0000-\u0020\u007f\\]/.test(text))
    throw refuse('it holds a blank, a control character or a backslash');
  const url = URL.parse(text, base);
  if (url === null) throw refuse('it is not a URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse('it must begin with https:// or http://');
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?#]*@/i.test(text)) {
    throw refuse('it must not hold a user name or password');
  }
  if (text.includes('#')) throw refuse('it must not have a fragment');
  return url;
}

async function addressesOf(
  url: URL,
  resolve: (hostname: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) return [literal];
  const found = await resolve(url.hostname).catch(() => []);
  const addresses = found.filter((address) => isIP(address) !== 0);
  if (addresses.length > 0 && addresses.length === found.length) return addresses;
  throw new OutboundRefused('host-unknown', `No address is known for ${url.hostname}: check the name.`);
}

function portOf(url: URL): string {
  return url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80';
}

/** `Host:port` in the form that URLs have: lower case, IPv6 in brackets. */
function readAllowedHost(entry: string): string {
  const port = /:(\d{1,5})$/.exec(entry)?.[1];
  const url = port === undefined ? null : URL.parse(`http://${entry}/`);
  if (url === null || url.href !== `http://${url.host}/` || url.username !== '') {
    throw new TypeError(`'${entry}' is not HOST:PORT.`);
  }
  return `${url.hostname}:${Number(port)}`;
}

async function resolveByDns(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}
