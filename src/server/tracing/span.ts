/** A span: one piece of work in a trace, from its beginning to its end. Its attributes come from a closed list, with no secret among them. */
import { newContext, type TraceContext } from './trace-context.ts';

/** As OTLP numbers them. */
export const SPAN_KINDS = { internal: 1, server: 2, client: 3 } as const;

export type SpanKind = keyof typeof SPAN_KINDS;

/** Names after the conventions of OpenTelemetry, where there is one. */
export type AttributeName =
  | 'http.request.method'
  | 'http.response.status_code'
  | 'url.scheme'
  | 'url.path'
  | 'client.address'
  | 'server.address'
  | 'server.port'
  | 'error.type'
  | 'countersign.face'
  | 'countersign.request_id'
  | 'countersign.consumer'
  | 'countersign.problem';

/** One piece of work. */
export class Span {
  readonly context: TraceContext;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: [AttributeName, string | number][] = [];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly #begunAt = performance.now();
  #tookMs = 0;
  #hasFailed = false;

  /** Begins now. @param share of traces that begin here, how many of one are kept */
  constructor(name: string, kind: SpanKind, parent: TraceContext | null, share = 0) {
    this.name = name;
    this.kind = kind;
    this.parentSpanId = parent?.spanId ?? null;
    this.context = newContext(parent, share);
    this.startedAt = Date.now();
  }

  get tookMs(): number {
    return this.#tookMs;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  set(name: AttributeName, value: string | number): this {
    this.attributes.push([name, value]);
    return this;
  }

  /** Marks it as failed, and why, in a word of a closed list. */
  fail(errorType: string): this {
    this.#hasFailed = true;
    return this.set('error.type', errorType);
  }

  end(): void {
    this.#tookMs = performance.now() - this.#begunAt;
  }
}
