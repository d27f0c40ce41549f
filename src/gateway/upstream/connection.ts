/**
 * One kept connection to the upstream: carries one request at a time, and its answer back. It is used again only if
 * both were complete and nothing else had come; whatever is in doubt ends it.
 */
import { connect, type Socket } from 'node:net';
import type { FramedHead } from './answer-head.ts';
import { AnswerReader, type AnswerSink } from './answer-reader.ts';
import { type AnswerReceiver, type Flow, UpstreamFailed, type UpstreamRequest } from './exchange.ts';

/** What a connection tells whoever keeps it. */
export interface ConnectionKeeper {
  /** Counts up at an even pace: the only clock of the hot path, since asking the real one costs more. */
  readonly ticks: number;
  /** It is ready for another request. */
  onFree(connection: Connection): void;
  /** It is gone. */
  onGone(connection: Connection): void;
}

/** A request with whom its answer is for. */
export class Exchange implements Flow {
  readonly request: UpstreamRequest;
  /** Request line and fields. */
  readonly head: string;
  readonly receiver: AnswerReceiver;
  /** When it was asked for, in ticks. */
  readonly since: number;
  /** What carries it; null while it waits and after it ended. */
  connection: Connection | null = null;
  isAborted = false;

  constructor(request: UpstreamRequest, head: string, receiver: AnswerReceiver, since: number) {
    this.request = request;
    this.head = head;
    this.receiver = receiver;
    this.since = since;
  }

  abort(): void {
    this.isAborted = true;
    this.connection?.cut();
  }

  pause(): void {
    this.connection?.pause();
  }

  resume(): void {
    this.connection?.resume();
  }
}

/** Bytes read at once. The memory belongs to the connection and is used again for every read. */
const READ_BYTES = 32_768;

const LOST = new Set(['ECONNRESET', 'EPIPE']);

/** One connection. */
export class Connection implements AnswerSink {
  readonly #keeper: ConnectionKeeper;
  readonly #socket: Socket;
  readonly #reader = new AnswerReader(this);
  #exchange: Exchange | null = null;
  #isPaused = false;
  /** When something last happened, in ticks. */
  #since: number;
  /** For how long the upstream keeps it idle; null when it did not say. */
  #keptSeconds: number | null = null;

  constructor(host: string, port: number, keeper: ConnectionKeeper) {
    this.#keeper = keeper;
    this.#since = keeper.ticks;
    const onread = {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback: (length: number, bytes: Uint8Array) => this.#read((bytes as Buffer).subarray(0, length)),
    };
    this.#socket = connect({ host, port, noDelay: true, keepAlive: true, onread });
    this.#socket.on('error', (error) => this.fail(this.#lossOf(error)));
    this.#socket.on('end', () => this.#end());
    this.#socket.on('close', () => this.fail(this.#lossOf(null)));
  }

  get isConnecting(): boolean {
    return this.#socket.connecting;
  }

  get isIdle(): boolean {
    return this.#exchange === null;
  }

  get keptSeconds(): number | null {
    return this.#keptSeconds;
  }

  /** Ticks since something last happened; none while the client is what the answer waits for. */
  get quietTicks(): number {
    return this.#isPaused ? 0 : this.#keeper.ticks - this.#since;
  }

  /** Sends a request. Only while idle. */
  begin(exchange: Exchange): void {
    const { head, request } = exchange;
    const body = request.body as Uint8Array | null;
    this.#exchange = exchange;
    exchange.connection = this;
    this.#since = this.#keeper.ticks;
    this.#reader.expect(request.method);
    if (body === null) {
      this.#socket.write(head, 'latin1');
      return;
    }
    this.#socket.cork();
    this.#socket.write(head, 'latin1');
    this.#socket.write(body);
    this.#socket.uncork();
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#since = this.#keeper.ticks;
    this.#socket.resume();
  }

  /** Ends it at once, without a word to the receiver. */
  cut(): void {
    if (this.#exchange !== null) this.#exchange.connection = null;
    this.#exchange = null;
    this.#socket.destroy();
    this.#keeper.onGone(this);
  }

  /** Ends it, and tells the receiver why. */
  fail(failure: UpstreamFailed): void {
    const exchange = this.#exchange;
    this.cut();
    exchange?.receiver.onFailure(failure);
  }

  onHead(head: FramedHead): void {
    this.#keptSeconds = head.keptSeconds;
    this.#exchange?.receiver.onHead(head);
  }

  onBody(part: Buffer): void {
    this.#exchange?.receiver.onBody(part);
  }

  onEnd(isReusable: boolean): void {
    const exchange = this.#exchange;
    if (exchange === null) return;
    this.#exchange = null;
    exchange.connection = null;
    // Its client may be slow to take the end of the answer; the next one has nothing to do with that.
    if (this.#isPaused) this.resume();
    // A body that is still on its way, or one that few upstreams read, would be taken for the next request.
    const isAllSent = this.#socket.writableLength === 0 && hasOrdinaryBody(exchange.request);
    if (isReusable && isAllSent) this.#keeper.onFree(this);
    else this.cut();
    exchange.receiver.onEnd();
  }

  #read(bytes: Buffer): boolean {
    this.#since = this.#keeper.ticks;
    this.#guarded(() => this.#reader.read(bytes));
    return true;
  }

  #end(): void {
    if (this.#exchange === null) this.cut();
    else this.#guarded(() => this.#reader.end());
  }

  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.fail(error instanceof UpstreamFailed ? error : new UpstreamFailed('broken', String(error), error));
    }
  }

  #lossOf(error: (Error & { code?: string }) | null): UpstreamFailed {
    const isLost = !this.#reader.isTouched && (error === null || LOST.has(error.code ?? ''));
    return new UpstreamFailed(isLost ? 'lost' : 'broken', 'The connection to the upstream ended.', error);
  }
}

function hasOrdinaryBody({ method, body }: UpstreamRequest): boolean {
  return body === null || (method !== 'GET' && method !== 'HEAD');
}
