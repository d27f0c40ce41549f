/**
 * The guarded client for bodies of any length: an answer is handed on as it comes, undecoded. Addresses are checked
 * for every request as in `outbound.ts`; connections are kept for a few seconds, each to addresses that were checked,
 * so a name that has moved meanwhile gets a connection of its own. No redirect is followed: what was signed for one
 * address says nothing to another. Time is bounded, size is not: nothing is collected here.
 */
import type { Readable } from 'node:stream';
import { createAddressRules } from './address.ts';
import { asRefusal, untilAborted } from './failure.ts';
import { KeptConnections } from './kept-connections.ts';
import type { OutboundSettings } from './outbound.ts';

/** One outgoing request. */
export interface StreamedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | Readable | null;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** What came back, as far as its head. */
export interface StreamedAnswer {
  readonly status: number;
  /** Names and values alternating, as they came. */
  readonly headers: readonly string[];
  /** The body as it came, its encoding not undone. Has to be read to its end, or destroyed. */
  readonly body: Readable;
}

/** Sends requests whose answers are streamed. */
export interface OutboundStreams {
  /** @throws {OutboundRefused} when the address may not be reached, or gives no answer in time */
  send(url: string, request: StreamedRequest): Promise<StreamedAnswer>;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/** How streams are bounded. */
export interface StreamSettings extends OutboundSettings {
  /** Milliseconds until an answer must begin, and between two parts of it; 30 000 unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

/** The guarded client for streams. @throws {TypeError} when an entry of `allowHosts` is not `host:port` */
export function createOutboundStreams(settings: StreamSettings): OutboundStreams {
  const rules = createAddressRules(settings.allowHosts, settings.resolve);
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS;
  const pools = new KeptConnections(timeoutMs);
  return {
    async send(text, { method, headers, body, signal }) {
      const url = rules.readUrl(text);
      const addresses = await untilAborted(rules.checkedAddresses(url), signal, url, timeoutMs);
      try {
        const pool = await pools.to(url, addresses);
        const answer = await pool.request({
          path: url.pathname + url.search,
          method: method as 'GET',
          headers: { ...headers },
          body,
          signal,
          responseHeaders: 'raw',
        });
        return {
          status: answer.statusCode,
          headers: answer.headers as unknown as readonly string[],
          body: answer.body,
        };
      } catch (error) {
        throw asRefusal(error, url, signal, timeoutMs);
      }
    },
    close: () => pools.close(),
  };
}
