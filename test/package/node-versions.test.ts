import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
});
