import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = new URL('../..', import.meta.url).pathname;

/** The package as it would be published, unpacked into a directory of its own. */
describe('the published package', () => {
  let scratch: string;
  let unpacked: string;
  let names: string[];

  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'countersign-package-'));
    const options = { cwd: root, encoding: 'utf8' } as const;
    execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch], options);
    const archive = join(scratch, `countersign-${manifest().version}.tgz`);
    execFileSync('tar', ['-xzf', archive, '-C', scratch], options);
    unpacked = join(scratch, 'package');
    names = execFileSync('tar', ['-tzf', archive], options).trim().split('\n');
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  it('has nothing for publint to object to', async () => {
    const { messages } = await publint({ pkgDir: unpacked, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, manifest())),
      [],
    );
  });

  it('holds the compiled program, its licence and its documents, and no sources or tests', () => {
    const expected = [
      'bin/countersign',
      'dist/cli/main.js',
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'package.json',
    ];
    for (const name of expected) assert.ok(names.includes(`package/${name}`), `${name} is missing`);
    assert.deepEqual(
      names.filter((name) => /\.test\.|^package\/(?:src|test|tools)\//.test(name)),
      [],
    );
  });

  it('says in one line that a Node which cannot run it is too old, or missing', () => {
    for (const [version, isRun] of [
      ['v20.19.4', false],
      ['v9.11.2', false],
      ['', false],
      ['v24.15.0', true],
      ['v100.0.0', true],
    ] as const) {
      const node = join(scratch, 'node');
      const answer = version === '' ? 'exit 127' : `echo ${version}`;
      writeFileSync(node, `#!/bin/sh\nif [ "$1" = --version ]; then ${answer}; else echo ran; fi\n`, {
        mode: 0o755,
      });
      const env = { PATH: `${scratch}:/usr/bin:/bin` };
      const { stdout, stderr, status } = spawnSync(join(unpacked, 'bin/countersign'), [], {
        env,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stdout], isRun ? [0, 'ran\n'] : [1, ''], version);
      assert.match(stderr, isRun ? /^$/ : /^countersign: Node\.js 24\.15 or newer is needed[^\n]*\n$/);
    }
  });

  it('has each of its doors, with types, behind an address that exists', () => {
    for (const door of Object.values(manifest().exports)) {
      for (const path of typeof door === 'string' ? [door] : Object.values(door))
        assert.ok(existsSync(join(unpacked, path)), `${path} is missing`);
    }
  });

  it('signs and verifies by what countersign/oauth exports, with no other package there', async () => {
    assert.ok(!existsSync(join(scratch, 'node_modules')));
    const door = await import(join(unpacked, 'dist/oauth/index.js'));
    assert.equal(typeof door.signRequest, 'function');
    assert.equal(typeof door.verifySignature, 'function');
  });

  it('connects to providers by what countersign/consumer exports', async () => {
    const door = await import(join(unpacked, 'dist/consumer/index.js'));
    assert.equal(typeof door.createClient, 'function');
    assert.ok(door.PRESETS.size >= 12);
  });

  it('explains requests by what countersign/explain exports', async () => {
    const door = await import(join(unpacked, 'dist/explain/index.js'));
    const { request } = door.readPastedRequest('GET https://tracker.example.com/rest HTTP/1.1\n\n');
    const arrived = door.arrivedFromPasted(request, null);
    const credential = { kind: 'shared-secret', secret: new door.Secret('a secret that is long') };
    const facts = { consumerKey: 'wiki', credential, token: null, now: null, arrival: arrived.arrival };
    const { problem } = await door.explain(arrived.request, door.offlineKnowledge(facts));
    assert.equal(problem, 'parameter_absent');
  });

  it('starts a provider by what countersign/mock exports', async () => {
    // What an installation would put there: the packages it depends on.
    symlinkSync(join(root, 'node_modules'), join(unpacked, 'node_modules'));
    const door = await import(join(unpacked, 'dist/mock/index.js'));
    const provider = await door.createMockProvider({ faults: ['nonce_used'] });
    assert.match(await (await fetch(provider.whoamiUrl)).text(), /nonce_used/);
    await provider.close();
  });

  it('lets bundlers leave out what is not used: nothing is imported for its effect alone', () => {
    const modules = names.filter((name) => /\/dist\/.*\.js$/.test(name));
    assert.ok(modules.length > 100);
    for (const name of modules)
      assert.doesNotMatch(readFileSync(join(scratch, name), 'utf8'), /^import ['"]/m, name);
  });

  it('keeps every asset beside the code that serves it', () => {
    const assets = execFileSync('git', ['ls-files', 'src'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((name) => name !== '' && !/\.ts$|\/tsconfig\.json$/.test(name));
    for (const asset of assets) {
      assert.ok(names.includes(`package/${asset.replace(/^src/, 'dist')}`), `${asset} is missing`);
    }
  });
});

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
