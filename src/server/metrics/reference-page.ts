/** Writes the reference page of the metrics, `docs/reference/metrics.md`, from the list that scrapes are made from. */
import { metricFamilies } from './families.ts';
import { Meters } from './meters.ts';

const INTRODUCTION = `# Metrics

<!-- Written by \`tools/write-metrics-reference.ts\` from src/server/metrics/families.ts. Do not edit by hand. -->

What \`/metrics\` of the management listener (\`--management\`) tells Prometheus. Every process counts its own; counts
begin at its start. Values of labels come from closed lists: no consumer, user, path or address is ever among them.
Beside these there are the usual \`process_…\` and \`nodejs_…\` metrics: processor time, memory, garbage collection, and
\`nodejs_eventloop_lag_p99_seconds\`, which says how long requests wait for this process to look at them.

| metric | type | labels | what it is |
|---|---|---|---|
`;

/** The whole page, in Markdown. */
export function metricsReferencePage(): string {
  const nothing = async () => null;
  const families = metricFamilies({
    meters: new Meters(),
    probe: { database: nothing, nonces: nothing, endings: nothing },
    refusals: { recorded: 0, dropped: 0 },
    isStopping: () => false,
    version: '',
  });
  const rows = families.map(({ name, type, labels, help }) => {
    const written = labels.map((label) => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${type} | ${written} | ${help} |\n`;
  });
  return INTRODUCTION + rows.join('');
}
