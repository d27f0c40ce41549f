/** Metrics: what is counted while requests are served, and how it is told to Prometheus. */
export { createExposition, type Exposition } from './exposition.ts';
export { type MetricSources, metricFamilies } from './families.ts';
export { meteredJudgement, upstreamMeter } from './metered-gateway.ts';
export { meteredOutbound, meteredStreams } from './metered-outbound.ts';
export { meteredProvider } from './metered-provider.ts';
export { meteredStorage } from './metered-storage.ts';
export { Meters, statusClass } from './meters.ts';
export { createProbe, type Probe } from './probe.ts';
export { metricsReferencePage } from './reference-page.ts';
export { countRefusal, requestMeter } from './request-meter.ts';
