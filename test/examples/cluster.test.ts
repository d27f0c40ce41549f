import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { SETTINGS } from '../../src/settings/index.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const read = (name: string) => readFileSync(join(ROOT, 'examples/cluster', name), 'utf8');

const service = z.looseObject({
  image: z.string(),
  environment: z.record(z.string(), z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(z.string().regex(/^[\w./-]+:\/[\w./-]+(:ro)?$/)).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()).min(2) }).optional(),
});
const composeFile = z.strictObject({
  name: z.string(),
  'x-countersign': z.unknown(),
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  volumes: z.record(z.string(), z.strictObject({})),
});

/** Every variable that a file sets for the server, from wherever it stands in it. */
function variables(text: string): string[] {
  return [...text.matchAll(/\bCOUNTERSIGN_[A-Z_]+/g)].map(([name]) => name);
}

describe('examples/cluster', () => {
  it('names only settings that there are', () => {
    const known = SETTINGS.flatMap(({ variable, isSecret }) => [
      variable,
      ...(isSecret ? [`${variable}_FILE`] : []),
    ]);
    for (const name of ['Dockerfile', 'compose.yaml', 'kubernetes.yaml']) {
      const unknown = variables(read(name)).filter((variable) => !known.includes(variable));
      assert.deepEqual(unknown, [], name);
    }
  });

  it('has a Dockerfile that a linter finds nothing in, and whose files are there', () => {
    const lint = [
      'node_modules/dockerfilelint/bin/dockerfilelint',
      'examples/cluster/Dockerfile',
      '--output',
      'json',
    ];
    const { totalIssues } = JSON.parse(execFileSync(process.execPath, lint, { cwd: ROOT, encoding: 'utf8' }));
    assert.equal(totalIssues, 0);
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    assert.deepEqual(
      copied.filter((file) => !existsSync(join(ROOT, file))),
      [],
    );
  });

  it('has a compose file whose parts fit together', () => {
    const { services, secrets, volumes } = composeFile.parse(parse(read('compose.yaml'), { merge: true }));
    for (const [name, { depends_on = {}, secrets: used = [], volumes: mounted = [] }] of Object.entries(
      services,
    )) {
      for (const other of Object.keys(depends_on))
        assert.ok(services[other]?.healthcheck, `${name}: ${other}`);
      for (const secret of used) assert.ok(secret in secrets, `${name}: ${secret}`);
      for (const [place = ''] of mounted.map((volume) => volume.split(':')))
        assert.ok(
          place.startsWith('./')
            ? readdirSync(join(ROOT, 'examples/cluster')).includes(place.slice(2))
            : place in volumes,
          place,
        );
    }
    assert.deepEqual(
      upstreamServers().sort(),
      Object.keys(services).filter((name) => name.startsWith('countersign')),
    );
  });

  it('has manifests whose labels, ports and volumes fit together', () => {
    const documents = parseAllDocuments(read('kubernetes.yaml'));
    assert.deepEqual(
      documents.flatMap(({ errors }) => errors),
      [],
    );
    const kinds = new Map(documents.map((document) => [document.get('kind'), document.toJS()]));
    assert.deepEqual([...kinds.keys()], ['Deployment', 'Service', 'PodDisruptionBudget', 'Ingress']);
    const { template, selector, strategy } = kinds.get('Deployment').spec;
    const [container] = template.spec.containers;
    const ports = container.ports.map(({ name }: { name: string }) => name);
    for (const labels of [
      selector.matchLabels,
      kinds.get('Service').spec.selector,
      kinds.get('PodDisruptionBudget').spec.selector.matchLabels,
    ]) {
      assert.deepEqual(labels, template.metadata.labels);
    }
    for (const probe of ['readinessProbe', 'livenessProbe'])
      assert.ok(ports.includes(container[probe].httpGet.port));
    assert.ok(ports.includes(kinds.get('Service').spec.ports[0].targetPort));
    const names = template.spec.volumes.map(({ name }: { name: string }) => name);
    for (const { name } of container.volumeMounts) assert.ok(names.includes(name), name);
    assert.equal(strategy.rollingUpdate.maxUnavailable, 0);
    assert.equal(
      template.spec.volumes.find(({ name }: { name: string }) => name === 'secrets').secret.defaultMode,
      0o440,
    );
  });
});

function upstreamServers(): string[] {
  return [...read('nginx.conf').matchAll(/^ {2}server (\S+):8080 /gm)].map(([, name = '']) => name);
}
