/** Spans in the JSON form of OTLP. @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
import { SPAN_KINDS, type Span } from './span.ts';

/** Who speaks. */
export interface Resource {
  readonly version: string;
  /** Tells the processes of one service apart. */
  readonly instanceId: string;
}

const FAILED = 2;
const MICROSECONDS = 1000n;

/** The body of one export. */
export function otlpBody(spans: readonly Span[], { version, instanceId }: Resource): string {
  const resource = attributes([
    ['service.name', 'countersign'],
    ['service.version', version],
    ['service.instance.id', instanceId],
  ]);
  const scopeSpans = [{ scope: { name: 'countersign', version }, spans: spans.map(spanMessage) }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: resource }, scopeSpans }] });
}

function spanMessage(span: Span) {
  const { context, parentSpanId, name, kind, startedAt, tookMs, hasFailed } = span;
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    ...(parentSpanId !== null && { parentSpanId }),
    ...(context.state !== '' && { traceState: context.state }),
    name,
    kind: SPAN_KINDS[kind],
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(startedAt + tookMs),
    attributes: attributes(span.attributes),
    ...(hasFailed && { status: { code: FAILED } }),
  };
}

/** A double holds milliseconds since 1970 to the microsecond, not to the nanosecond. */
function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds * 1000)) * MICROSECONDS);
}

function attributes(entries: Iterable<readonly [string, string | number]>) {
  return Array.from(entries, ([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
}
