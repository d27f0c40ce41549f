/**
 * Sends finished spans to a collector, in batches and in its own time: a request never waits for it. What does not
 * fit the queue, and what the collector does not take, is dropped; traces are a courtesy, not a record.
 */
import { otlpBody, type Resource } from './otlp.ts';
import type { Span } from './span.ts';

/** Where spans go. */
export interface SpanExporterOptions {
  /** Base address of the collector: `/v1/traces` is added. */
  readonly endpoint: URL;
  readonly resource: Resource;
  /** Told when a collector begins to fail, not of each failure. */
  onTrouble(error: unknown): void;
}

const LONGEST_QUEUE = 4096;
const BATCH = 512;
const EXPORT_AFTER_MS = 2_000;
const TIMEOUT_MS = 5_000;

/** Collects spans and sends them. */
export class SpanExporter {
  readonly #options: SpanExporterOptions;
  readonly #url: string;
  #queue: Span[] = [];
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(options: SpanExporterOptions) {
    this.#options = options;
    this.#url = `${options.endpoint.href.replace(/\/$/, '')}/v1/traces`;
  }

  /** Takes a span that has ended. */
  add(span: Span): void {
    if (this.#queue.length >= LONGEST_QUEUE) return;
    this.#queue.push(span);
    if (this.#queue.length % BATCH === 0) this.#send();
    this.#timer ??= setTimeout(() => this.#send(), EXPORT_AFTER_MS).unref();
  }

  /** Sends what is left, for as long as one export may take. */
  async stop(): Promise<void> {
    this.#send();
    await this.#sending;
  }

  #send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#sending = this.#sending.then(() => this.#sendAll());
  }

  async #sendAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, BATCH);
      this.#queue = this.#queue.slice(BATCH);
      try {
        await this.#post(batch);
        this.#isFailing = false;
      } catch (error) {
        if (!this.#isFailing) this.#options.onTrouble(error);
        this.#isFailing = true;
        this.#queue = [];
      }
    }
  }

  async #post(batch: readonly Span[]): Promise<void> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: otlpBody(batch, this.#options.resource),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the collector answered ${response.status}`);
  }
}
