/**
 * Keeps refused requests, so that somebody who may know can ask why. Keeping is a courtesy that must cost nothing:
 * noting a refusal only puts it in a short queue; what comes while the queue is full, or too often from one address,
 * is dropped. So a flood of wrong signatures can neither slow the server nor push everybody else's refusals out.
 * Accepted requests never come here.
 */
import { networkOf } from '../accounts/index.ts';
import { type Clock, nowSeconds } from '../base/index.ts';
import {
  packRefusal,
  type Refusal,
  type RefusalBounds,
  type RefusedRequest,
  type Storage,
} from '../model/index.ts';
import type { Problem } from '../oauth/index.ts';
import { signedRequestKind } from '../provider/index.ts';
import { connectionFacts, rememberedBody, type WireRequest } from '../web/index.ts';
import { claimedConsumer } from './claimed-consumer.ts';

/** What a recorder is given. */
export interface RefusalRecorderOptions {
  readonly storage: Pick<Storage, 'consumers' | 'refusals'>;
  readonly clock: Clock;
  readonly publicUrl: URL;
  /** Told of trouble; the recorder goes on. */
  onTrouble(error: unknown): void;
}

/** What is kept at most. */
const BOUNDS: RefusalBounds = { perConsumer: 50, inAll: 1_000 };

const FLUSH_AFTER_MS = 250;
const LONGEST_QUEUE = 50;

/** Refusals that one client address may add in a minute, and addresses that are told apart. */
const PER_ADDRESS = 20;
const MOST_ADDRESSES = 1_000;
const MINUTE = 60;

const LONGEST_PATH = 1_000;

interface Noted {
  readonly requestId: string;
  readonly at: number;
  readonly problem: Problem;
  readonly request: RefusedRequest;
  readonly path: string;
}

/** What has become of refusals since the start. */
export interface RefusalCounts {
  readonly recorded: number;
  readonly dropped: number;
}

/** Notes refusals, and writes them in batches. */
export class RefusalRecorder implements RefusalCounts {
  #recorded = 0;
  #dropped = 0;
  readonly #options: RefusalRecorderOptions;
  #queue: Noted[] = [];
  #flushing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #minute = 0;
  readonly #ofAddress = new Map<string, number>();

  constructor(options: RefusalRecorderOptions) {
    this.#options = options;
  }

  get recorded(): number {
    return this.#recorded;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Notes a refusal. Returns at once, and never fails. */
  note(wire: WireRequest, problem: Problem): void {
    const at = nowSeconds(this.#options.clock);
    if (this.#queue.length >= LONGEST_QUEUE || !this.#mayAdd(networkOf(wire.clientAddress), at)) {
      this.#dropped += 1;
      return;
    }
    const { requestId, path } = wire;
    this.#queue.push({ requestId, at, problem, path, request: this.#describe(wire) });
    this.#timer ??= setTimeout(() => this.#flushSoon(), FLUSH_AFTER_MS).unref();
  }

  /** Writes what was noted. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#flushSoon();
    await this.#flushing;
  }

  #mayAdd(address: string, now: number): boolean {
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#ofAddress.clear();
    }
    const added = this.#ofAddress.get(address) ?? 0;
    if (added >= PER_ADDRESS || (added === 0 && this.#ofAddress.size >= MOST_ADDRESSES)) return false;
    this.#ofAddress.set(address, added + 1);
    return true;
  }

  #describe(wire: WireRequest): RefusedRequest {
    const { method, baseUri, query, authorization, contentType, localPath } = wire;
    const body = wire.hasBody ? rememberedBody(wire.incoming) : new Uint8Array();
    return {
      ...connectionFacts(wire),
      kind: signedRequestKind(localPath),
      method,
      baseUri,
      publicUrl: this.#options.publicUrl.href,
      query,
      authorization,
      contentType,
      body: body ?? new Uint8Array(),
      isBodyWhole: body !== null,
      localPath,
    };
  }

  #flushSoon(): void {
    this.#timer = null;
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    this.#flushing = this.#flushing.then(() => this.#write(batch)).catch(this.#options.onTrouble);
  }

  async #write(batch: readonly Noted[]): Promise<void> {
    const { consumers, refusals } = this.#options.storage;
    const keys = new Map(batch.map((noted) => [noted, claimedConsumer(noted.request)]));
    const known = new Map<string, boolean>();
    for (const key of new Set(keys.values()))
      if (key !== null) known.set(key, (await consumers.find(key)) !== null);
    const rows = batch.map((noted): Refusal => {
      const key = keys.get(noted) ?? null;
      const isKnownConsumer = key !== null && known.get(key) === true;
      return refusalOf(noted, key, isKnownConsumer);
    });
    await refusals.add(rows, BOUNDS);
    this.#recorded += rows.length;
  }
}

function refusalOf(noted: Noted, consumerKey: string | null, isKnownConsumer: boolean): Refusal {
  const { requestId, at, problem, request, path } = noted;
  return {
    requestId,
    at,
    consumerKey,
    isKnownConsumer,
    problem: problem.code,
    method: request.method,
    path: path.slice(0, LONGEST_PATH),
    request: packRefusal(request),
  };
}
