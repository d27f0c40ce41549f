/**
 * Which peers are reverse proxies whose forwarded headers count, and who the client behind them is. The list
 * is the administrator's (CIDRs, default none): a header that anybody can write is never evidence by itself.
 * The client is the rightmost address that is not a listed proxy; what stands to the left of it was written
 * by strangers and is not looked at.
 */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What the chain of listed proxies says about the client. */
export interface ForwardedChain {
  /** Address of the nearest peer that is not a listed proxy. */
  readonly clientAddress: string;
  /** How many listed proxies the request passed: 0 when the peer itself is not one. */
  readonly hops: number;
}

/** Knows the listed proxies. */
export interface ProxyTrust {
  trusts(address: string): boolean;
  /** @param forwardedFor the value of X-Forwarded-For, undefined if there is none */
  follow(peerAddress: string, forwardedFor: string | undefined): ForwardedChain;
}

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** Answers remembered at most; peers of a server behind a proxy are few. */
const REMEMBERED = 1_000;

/**
 * Reads the list of proxies: CIDRs or single addresses.
 * @throws {TypeError} when an entry is neither; the message names it.
 */
export function createProxyTrust(trustedProxies: readonly string[]): ProxyTrust {
  const networks = trustedProxies.map(parseNetwork);
  const answers = new Map<string, boolean>();

  function trusts(address: string): boolean {
    if (networks.length === 0) return false;
    const known = answers.get(address);
    if (known !== undefined) return known;
    const answer = isInside(address, networks);
    if (answers.size >= REMEMBERED) answers.clear();
    answers.set(address, answer);
    return answer;
  }

  function follow(peerAddress: string, forwardedFor: string | undefined): ForwardedChain {
    if (!trusts(peerAddress)) return { clientAddress: peerAddress, hops: 0 };
    const chain = forwardedFor === undefined ? [] : forwardedFor.split(',');
    let clientAddress = peerAddress;
    let hops = 0;
    while (trusts(clientAddress)) {
      hops += 1;
      const next = chain.pop();
      const address = next === undefined ? null : readAddress(next);
      if (address === null) break;
      clientAddress = address;
    }
    return { clientAddress, hops };
  }

  return { trusts, follow };
}

/** An address as sockets give it, with IPv4 in its own form when a dual-stack socket wrapped it. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

/** Whether an address is this machine speaking to itself. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** One entry of X-Forwarded-For, with or without a port; null when it is no address. */
function readAddress(entry: string): string | null {
  const text = entry.trim();
  const bracketed = /^\[([0-9A-Fa-f:.]+)\](?::\d+)?$/.exec(text)?.[1];
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(text)?.[1];
  const address = bracketed ?? withPort ?? text;
  return isIP(address) === 0 ? null : plainAddress(address);
}

function parseNetwork(text: string): Network {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128] as Network;
  } catch {
    throw new TypeError(`'${text}' is neither an IP address nor a CIDR such as 10.0.0.0/8.`);
  }
}

function isInside(address: string, networks: readonly Network[]): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  return networks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
}
