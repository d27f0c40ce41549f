import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';

/** Starts a script of package.json in a group of its own, so that nothing of it can outlive the test. */
function startScript(name: string, ...args: string[]) {
  const npm = spawn('npm', ['run', '--silent', name, '--', ...args], {
    cwd: join(import.meta.dirname, '../..'),
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Held open by whoever still runs: it closes when the last of them has ended.
  return { npm, lines: createInterface(npm.stdout), isOver: once(npm, 'close') };
}

/** Ends whatever of a group is left; most often nothing is. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
  }
}

describe('npm start', () => {
  it('ends the server with itself, as supervisors end what they started', async () => {
    const data = await mkdtemp(join(tmpdir(), 'countersign-npm-start-'));
    const { npm, lines, isOver } = startScript('start', '--listen', '127.0.0.1:0', '--data', data);
    try {
      let url = '';
      for await (const line of lines) {
        url = line.replace(/^ready /, '');
        if (url !== line) break;
      }
      assert.equal((await fetch(`${url}/oauth/login`)).status, 200);
      npm.kill('SIGTERM');
      await isOver;
      await assert.rejects(fetch(`${url}/oauth/login`));
    } finally {
      endGroup(npm.pid!);
      await rm(data, { recursive: true, force: true });
    }
  });
});
