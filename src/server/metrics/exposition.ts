/**
 * Writes all numbers in the text format of Prometheus: our own families, and what prom-client tells of the process
 * (processor time, memory, garbage collection, lag of the event loop). The package is loaded when there is a
 * management listener, and by nobody else: it would make every start longer.
 */
import type { Metric } from 'prom-client';
import type { Family } from './sample.ts';

/** One scrape. */
export interface Exposition {
  readonly contentType: string;
  /** @throws whatever a family throws */
  text(): Promise<string>;
}

/** Makes ready for scrapes. */
export async function createExposition(families: readonly Family[]): Promise<Exposition> {
  const { collectDefaultMetrics, Registry } = await import('prom-client');
  const registry = new Registry();
  for (const { name, help, type, read } of families) {
    const metric = { name, help, type, get: async () => ({ name, help, type, values: await read() }) };
    // The registry asks a metric for no more than this; the package's own classes would count once more.
    registry.registerMetric(metric as unknown as Metric);
  }
  collectDefaultMetrics({ register: registry });
  return { contentType: registry.contentType, text: () => registry.metrics() };
}
