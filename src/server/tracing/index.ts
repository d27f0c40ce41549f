/** Tracing: where a request spends its time, told to an OpenTelemetry collector. */
export { RequestTracer } from './request-tracer.ts';
export { SpanExporter } from './span-exporter.ts';
