/**
 * One trace for each request: the request itself, judging its signature, and the application behind, which is told of
 * its place so that its own spans continue the trace. Nothing that could give access goes into a span: no query, no
 * header, no token; the path is there, as in the log.
 */
import type { IncomingMessage } from 'node:http';
import type { GatewaySettings, TraceFields, UpstreamObserver } from '../../gateway/index.ts';
import { StorageUnavailable } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import { WireRefused, type WireRequest } from '../../web/index.ts';
import type { EndedRequest, Face, RequestObserver } from '../request-observer.ts';
import { Span } from './span.ts';
import { receivedContext, traceFields } from './trace-context.ts';

/** What a tracer works with. */
export interface RequestTracerOptions {
  /** Of the requests that no proxy decided about, so many of one are kept: 0 to 1. */
  readonly share: number;
  /** The application behind; null for none. */
  readonly upstream: URL | null;
  /** Takes each span that is kept, once it has ended. */
  readonly exporter: { add(span: Span): void };
}

/** The spans of a request that is under way. */
interface OpenTrace {
  readonly request: Span;
  upstream: Span | null;
}

/** Follows requests, all of them, and hands on the spans of those whose trace is kept. */
export class RequestTracer implements RequestObserver, UpstreamObserver {
  readonly #options: RequestTracerOptions;
  /** By the message, which a request that is asked about shares with the one that asks. */
  readonly #open = new WeakMap<IncomingMessage, OpenTrace>();

  constructor(options: RequestTracerOptions) {
    this.#options = options;
  }

  onBegin(wire: WireRequest, face: Face): void {
    const name = face === 'endpoint' ? `${wire.method} ${wire.localPath}` : wire.method;
    const request = new Span(name, 'server', receivedContext(wire), this.#options.share);
    if (request.context.isSampled) {
      request.set('http.request.method', wire.method).set('url.path', wire.path);
      request.set('url.scheme', wire.policy.isPublicHttps ? 'https' : 'http');
      request.set('client.address', wire.clientAddress);
      request.set('countersign.face', face).set('countersign.request_id', wire.requestId);
    }
    this.#open.set(wire.incoming, { request, upstream: null });
  }

  onEnd({ wire, status, refusal, isWhole }: EndedRequest): void {
    const trace = wire === null ? undefined : this.#open.get(wire.incoming);
    if (trace === undefined || !trace.request.context.isSampled) return;
    const { request, upstream } = trace;
    if (upstream !== null) this.#finish(upstream.fail('aborted'));
    if (status > 0) request.set('http.response.status_code', status);
    if (refusal instanceof Problem) request.set('countersign.problem', refusal.code);
    if (!isWhole) request.fail('aborted');
    else if (status >= 500) request.fail(String(status));
    this.#finish(request);
  }

  /** The same judgement, with a span of its own. */
  traced(judge: GatewaySettings['authenticate']): GatewaySettings['authenticate'] {
    return (asked, wire) => {
      const trace = this.#open.get(wire.incoming);
      if (trace === undefined || !trace.request.context.isSampled) return judge(asked, wire);
      const span = new Span('judge signature', 'internal', trace.request.context);
      const onGrant = ({ consumer }: { readonly consumer: { readonly key: string } }) => {
        trace.request.set('countersign.consumer', consumer.key);
        this.#finish(span.set('countersign.consumer', consumer.key));
      };
      const onRefusal = (error: unknown) => this.#finish(describeRefusal(span, error));
      try {
        const grant = judge(asked, wire);
        if (grant instanceof Promise) grant.then(onGrant, onRefusal);
        else onGrant(grant);
        return grant;
      } catch (error) {
        onRefusal(error);
        throw error;
      }
    };
  }

  onSend({ incoming, method }: WireRequest): TraceFields | null {
    const trace = this.#open.get(incoming);
    if (trace === undefined) return null;
    const { upstream } = this.#options;
    if (!trace.request.context.isSampled) return traceFields(trace.request.context);
    const span = new Span(method, 'client', trace.request.context);
    if (upstream !== null) {
      span.set('http.request.method', method).set('server.address', upstream.hostname);
      span.set('server.port', Number(upstream.port) || (upstream.protocol === 'https:' ? 443 : 80));
    }
    trace.upstream = span;
    return traceFields(span.context);
  }

  onAnswer({ incoming }: WireRequest, status: number): void {
    const trace = this.#open.get(incoming);
    const span = trace?.upstream;
    if (trace === undefined || span === null || span === undefined) return;
    trace.upstream = null;
    if (status === 0) span.fail('no-answer');
    else span.set('http.response.status_code', status);
    if (status >= 500) span.fail(String(status));
    this.#finish(span);
  }

  #finish(span: Span): void {
    span.end();
    this.#options.exporter.add(span);
  }
}

/** A refusal is no fault of ours: only what went wrong here marks a span as failed. */
function describeRefusal(span: Span, error: unknown): Span {
  if (error instanceof Problem) return span.set('countersign.problem', error.code);
  if (error instanceof WireRefused) return span;
  return span.fail(error instanceof StorageUnavailable ? 'storage-unavailable' : 'unknown');
}
