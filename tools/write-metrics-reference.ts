/** Writes docs/reference/metrics.md from the list of metrics: `node tools/write-metrics-reference.ts`. */
import { writeFileSync } from 'node:fs';
import { metricsReferencePage } from '../src/server/index.ts';

writeFileSync(new URL('../docs/reference/metrics.md', import.meta.url), await metricsReferencePage());
