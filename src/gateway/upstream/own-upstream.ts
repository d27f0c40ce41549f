/**
 * The upstream over connections of our own: plain HTTP, bodies at hand. That is nearly every request of a gateway on
 * the application's machine or network, and there a client for all cases costs as much as everything else the
 * gateway does. This one writes a head in one piece, reads it back without copies, asks no clock and sets no timers for
 * single requests. No pipelining: a response that got out of step would reach the wrong user.
 */
import { Connection, type ConnectionKeeper, Exchange } from './connection.ts';
import { type AnswerReceiver, type Upstream, UpstreamFailed, type UpstreamRequest } from './exchange.ts';
import { CONNECT_TIMEOUT_MS, MAX_CONNECTIONS } from './limits.ts';
import { requestHead } from './request-head.ts';

/** How often the times are looked after: a timeout may come later than asked by this much. */
const TICK_MS = 1_000;
const TICKS_OF_A_TIMEOUT = 8;

/** For how long an idle connection is kept when the upstream says nothing. */
const KEPT_SECONDS = 4;
/** An upstream that says when it will close is asked nothing more shortly before. */
const MARGIN_SECONDS = 2;
const LONGEST_KEPT_SECONDS = 600;

/** @param timeoutMs until an answer begins, and between two parts of it */
export function createOwnUpstream(url: URL, timeoutMs: number): Upstream {
  return new Connections(url, timeoutMs);
}

class Connections implements Upstream, ConnectionKeeper {
  ticks = 0;
  readonly #host: string;
  readonly #port: number;
  readonly #tickMs: number;
  readonly #timeoutTicks: number;
  readonly #connectTicks: number;
  readonly #open = new Set<Connection>();
  /** Used last, used next: what is not needed falls idle and is let go. */
  readonly #idle: Connection[] = [];
  readonly #waiting: Exchange[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(url: URL, timeoutMs: number) {
    this.#host = url.hostname.replace(/^\[|\]$/g, '');
    this.#port = Number(url.port || 80);
    this.#tickMs = Math.max(10, Math.min(TICK_MS, Math.ceil(timeoutMs / TICKS_OF_A_TIMEOUT)));
    this.#timeoutTicks = Math.ceil(timeoutMs / this.#tickMs);
    this.#connectTicks = Math.ceil(CONNECT_TIMEOUT_MS / this.#tickMs);
    this.#timer = setInterval(() => this.#tick(), this.#tickMs).unref();
  }

  send(request: UpstreamRequest, receiver: AnswerReceiver): Exchange {
    const exchange = new Exchange(request, requestHead(request), receiver, this.ticks);
    const connection = this.#idle.pop() ?? this.#connect();
    if (connection === null) this.#waiting.push(exchange);
    else connection.begin(exchange);
    return exchange;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const reason = new UpstreamFailed('broken', 'The server is stopping.');
    for (const { isAborted, receiver } of this.#waiting.splice(0)) if (!isAborted) receiver.onFailure(reason);
    for (const connection of this.#open) connection.fail(reason);
  }

  onFree(connection: Connection): void {
    const next = this.#nextWaiting();
    if (next === null) this.#idle.push(connection);
    else connection.begin(next);
  }

  onGone(connection: Connection): void {
    if (!this.#open.delete(connection)) return;
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    const next = this.#nextWaiting();
    if (next !== null) this.#connect()?.begin(next);
  }

  #connect(): Connection | null {
    if (this.#open.size >= MAX_CONNECTIONS) return null;
    const connection = new Connection(this.#host, this.#port, this);
    this.#open.add(connection);
    return connection;
  }

  #nextWaiting(): Exchange | null {
    let next = this.#waiting.shift();
    while (next?.isAborted) next = this.#waiting.shift();
    return next ?? null;
  }

  #tick(): void {
    this.ticks += 1;
    for (const connection of this.#open) this.#lookAfter(connection);
    while (this.#waiting.length > 0 && this.ticks - this.#waiting[0]!.since > this.#timeoutTicks) {
      this.#nextWaiting()?.receiver.onFailure(tooSlow());
    }
  }

  #lookAfter(connection: Connection): void {
    const quiet = connection.quietTicks;
    if (connection.isIdle) {
      if (quiet * this.#tickMs > keptMilliseconds(connection)) connection.cut();
    } else if (quiet > (connection.isConnecting ? this.#connectTicks : this.#timeoutTicks)) {
      connection.fail(tooSlow());
    }
  }
}

function keptMilliseconds({ keptSeconds }: Connection): number {
  if (keptSeconds === null) return KEPT_SECONDS * 1000;
  return Math.min(keptSeconds - MARGIN_SECONDS, LONGEST_KEPT_SECONDS) * 1000;
}

function tooSlow(): UpstreamFailed {
  return new UpstreamFailed('slow', 'The upstream did not answer in time.');
}
