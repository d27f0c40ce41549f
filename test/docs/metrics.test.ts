import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { metricsReferencePage } from '../../src/server/index.ts';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { ROOT } from './documents.ts';

const read = (path: string) => readFileSync(ROOT + path, 'utf8');
const page = read('docs/reference/metrics.md');

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly query: string | { readonly query: string } }[] };
}

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: object;
    }[];
  }[];
}

const dashboard = JSON.parse(read('examples/monitoring/grafana-dashboard.json')) as Dashboard;
const alerts = parseYaml(read('examples/monitoring/alerts.yaml')) as Alerts;
const rules = alerts.groups.flatMap((group) => group.rules);

/** Every question that one of the two asks Prometheus. */
const expressions = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.map(({ query }) => (typeof query === 'string' ? query : query.query)),
  ...rules.map(({ expr }) => expr),
];

describe('the metrics in documents and examples', () => {
  let installation: Installation;
  let scrape = '';
  before(async () => {
    installation = await startInstallation(['--management', '127.0.0.1:0']);
    const management = /^management (\S+)$/m.exec(installation.output())?.[1];
    scrape = await (await fetch(`${management}/metrics`)).text();
  });
  after(() => installation?.stop());

  it('are all on the reference page, as the program tells them', async () => {
    assert.equal(page, await metricsReferencePage());
    const told = [...scrape.matchAll(/^# TYPE (countersign_\w+) /gm)].map((match) => match[1] ?? '');
    assert.ok(told.length > 15);
    for (const name of told) assert.ok(page.includes(`| \`${name}\` |`), name);
  });

  it('are exported, where the dashboard or an alert asks for them', () => {
    const exported = new Set<string>(['up']);
    for (const [, name = '', type] of scrape.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
      const parts = type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      for (const part of parts) exported.add(name + part);
    }
    const asked = expressions.flatMap((text) => text.match(/\b(?:countersign|nodejs|process)_\w+/g) ?? []);
    assert.ok(asked.length > 30);
    assert.deepEqual(
      asked.filter((name) => !exported.has(name)),
      [],
    );
  });

  it('bear the labels that are asked for', () => {
    const labels = [...page.matchAll(/^\|[^|]*\|[^|]*\|([^|]*)\|/gm)].flatMap(
      ([, cell = '']) => cell.match(/\w+/g) ?? [],
    );
    const known = new Set([...labels, 'job', 'instance', 'le']);
    for (const text of expressions) {
      const grouped = [...text.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
      const matched = [...text.matchAll(/(\w+)\s*=~?\s*"/g)].map((match) => match[1] ?? '');
      for (const label of [...grouped, ...matched]) assert.ok(known.has(label), `${label} in ${text}`);
    }
  });

  it('say in an alert what is wrong and where to look', () => {
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    for (const { alert, annotations } of rules)
      assert.deepEqual(Object.keys(annotations), ['summary', 'description'], alert);
  });
});
