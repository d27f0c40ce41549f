import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { freePorts } from '../support/free-ports.ts';
import { installElsewhere } from '../support/install-elsewhere.ts';
import { OLDEST_NODE, OLDEST_VERSION } from '../support/oldest-node.ts';

const run = promisify(execFile);

describe('the published package', () => {
  let elsewhere: string;
  let program: string;
  before(() => {
    elsewhere = installElsewhere();
    program = join(elsewhere, 'node_modules/countersign/dist/cli/main.js');
  });
  after(() => rmSync(elsewhere, { recursive: true, force: true }));

  for (const [node, version] of [
    [OLDEST_NODE, OLDEST_VERSION],
    [process.execPath, process.versions.node],
  ] as const) {
    it(`opens each of its doors on Node ${version}`, async () => {
      const { stdout } = await run(node, ['--version']);
      assert.ok(stdout.startsWith(`v${version}`), stdout);
      const manifest = join(elsewhere, 'node_modules/countersign/package.json');
      const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: object };
      const doors = Object.keys(exports).filter((door) => door !== './package.json');
      assert.ok(doors.length >= 10);
      const names = doors.map((door) => door.replace('.', 'countersign'));
      const script = `for (const name of ${JSON.stringify(names)}) console.log(Object.keys(await import(name)).length > 0)`;
      const opened = await run(node, ['--input-type=module', '-e', script], { cwd: elsewhere });
      assert.equal(opened.stdout, 'true\n'.repeat(names.length));
    });

    it(`serves, and performs the whole dance, on Node ${version}`, async () => {
      const [port] = await freePorts(1);
      const { stdout } = await run(node, [program, 'demo', '--once', '--port', String(port)], {
        cwd: elsewhere,
      });
      assert.match(stdout, /✔ Done: \d+ issues were read/);
    });
  }

  it('keeps what was compiled in itself, and runs where it may not', async () => {
    const root = join(elsewhere, 'node_modules/countersign');
    const own = join(root, 'node_modules');
    const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NODE_COMPILE_CACHE: '' };
    const version = () => run(join(root, 'bin/countersign'), ['--version'], { env });
    const { stdout } = await version();
    assert.ok(existsSync(join(own, '.cache/countersign')));
    rmSync(own, { recursive: true });
    writeFileSync(own, 'no directory');
    assert.deepEqual(await version(), { stdout, stderr: '' });
    rmSync(own);
  });
});
