/**
 * The one client for everything that this server fetches at somebody's suggestion: consumer information, gadget
 * specs, other providers. Whoever suggests an address must not reach what only this machine can reach (SSRF;
 * CVE-2017-9506, CVE-2017-18096, CVE-2019-8451). So: one parser for the URL (WHATWG), all addresses of the host
 * resolved once and each of them checked, the connection made to those checked addresses and no others, and the
 * same again for every redirect. Time, size (after decompression) and redirects are bounded. Requests to the
 * upstream do not come here: its address is the administrator's.
 */
import type { Client, Pool } from 'undici';
import { whenCalled } from '../../base/index.ts';
import { type AddressRules, createAddressRules } from './address.ts';
import { readAnswer } from './answer.ts';
import { asRefusal, untilAborted } from './failure.ts';
import { KeptConnections } from './kept-connections.ts';
import { nextHop } from './redirect.ts';
import { OutboundRefused } from './refused.ts';
import type { Hop, OutboundAnswer, OutboundRequest } from './request.ts';

/** What the client may reach, and how it finds it. */
export interface OutboundSettings {
  /** `host:port` entries that may be reached although their addresses are private or their port is unusual. */
  readonly allowHosts: readonly string[];
  /** All addresses of a host name. Asked once for each hop; DNS unless given. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
}

export interface Outbound {
  /**
   * Fetches a URL.
   * @throws {OutboundRefused} when it may not be reached, cannot be reached or does not keep to the bounds
   */
  fetch(url: string, request?: OutboundRequest): Promise<OutboundAnswer>;
}

const MAX_BYTES = 262_144;
const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;

/** Of connections that are kept: a request's own time is what bounds it. */
const LONGEST_MS = 300_000;

const openClient = whenCalled(async () => (await import('./checked-connections.ts')).openClient);

/** The guarded client. @throws {TypeError} when an entry of `allowHosts` is not `host:port` */
export function createOutbound(settings: OutboundSettings): Outbound {
  const rules = createAddressRules(settings.allowHosts, settings.resolve);
  const ways = { rules, kept: new KeptConnections(LONGEST_MS) };
  return {
    async fetch(url, request = {}) {
      const patience = new Patience(request.timeoutMs ?? TIMEOUT_MS);
      try {
        return await follow(ways, url, request, patience);
      } finally {
        patience.end();
      }
    },
  };
}

/** How long a request is waited for. Unlike `AbortSignal.timeout` it leaves nothing behind when it has ended in time. */
class Patience {
  readonly timeoutMs: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
    this.#timer = setTimeout(() => this.#controller.abort(), timeoutMs).unref();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** Takes one hop after the other, until an answer leads no further. */
async function follow(
  ways: Ways,
  address: string,
  { method = 'GET', headers = {}, body = null, ...bounds }: OutboundRequest,
  patience: Patience,
): Promise<OutboundAnswer> {
  let hop: Hop = { url: ways.rules.readUrl(address), method, headers, body };
  for (let redirects = bounds.maxRedirects ?? MAX_REDIRECTS; ; redirects -= 1) {
    const answer = await send(ways, hop, bounds.maxBytes ?? MAX_BYTES, patience);
    const location = redirectTarget(answer);
    if (location === null) return answer;
    if (redirects === 0) {
      throw new OutboundRefused('too-many-redirects', `${address} redirects too often.`);
    }
    const target = ways.rules.readUrl(location, hop.url);
    if (bounds.mayFollow?.(target) === false) {
      const words = `${hop.url.host} redirects to ${target.host}, which is not allowed.`;
      throw new OutboundRefused('redirect-refused', words);
    }
    hop = nextHop(hop, answer.status, target);
  }
}

/** How hops are taken. */
interface Ways {
  readonly rules: AddressRules;
  readonly kept: KeptConnections;
}

/**
 * One hop. What only reads goes over a connection that is there already, and is asked again when that one has just been
 * closed; everything else gets a connection of its own, because nobody could say whether it was done.
 */
async function send(
  { rules, kept }: Ways,
  hop: Hop,
  maxBytes: number,
  { signal, timeoutMs }: Patience,
): Promise<OutboundAnswer> {
  const { url, method } = hop;
  const addresses = await untilAborted(rules.checkedAddresses(url), signal, url, timeoutMs);
  if (method === 'GET' || method === 'HEAD') {
    try {
      return await ask(await kept.to(url, addresses), hop, maxBytes, signal);
    } catch (error) {
      if (!wasClosed(error)) throw asRefusal(error, url, signal, timeoutMs);
    }
  }
  const client = await openClient(url, addresses);
  try {
    return await ask(client, hop, maxBytes, signal);
  } catch (error) {
    throw asRefusal(error, url, signal, timeoutMs);
  } finally {
    client.destroy().catch(() => undefined);
  }
}

async function ask(
  connections: Client | Pool,
  { url, method, headers, body }: Hop,
  maxBytes: number,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const answer = await connections.request({
    path: url.pathname + url.search,
    method: method as 'GET',
    headers: { 'accept-encoding': 'gzip, deflate', ...headers },
    body,
    signal,
  });
  try {
    return { ...(await readAnswer(answer, maxBytes)), finalUrl: url.href };
  } finally {
    answer.body.destroy();
  }
}

function wasClosed(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

function redirectTarget({ status, headers }: OutboundAnswer): string | null {
  const isRedirect = status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
  return isRedirect ? (headers.location ?? null) : null;
}
