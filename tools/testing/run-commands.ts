/** Runs checks that are programs of their own (formatter, linter, compiler): each is one test, passed if it exits 0. */
import { spawn } from 'node:child_process';
import type { CommandCheck } from './kinds.ts';
import type { Failure, Outcome } from './outcome.ts';

/** Runs the commands one after another; what a failing one printed is shown. */
export async function runCommands(
  kind: string,
  checks: readonly CommandCheck[],
  say: (line: string) => void,
): Promise<Outcome> {
  const started = performance.now();
  const failures: Failure[] = [];
  for (const check of checks) {
    const { status, output } = await runCommand(check.command);
    if (status === 0) continue;
    failures.push({ title: check.title, text: output });
    say(`✘ ${check.title} (${check.command.join(' ')})\n${output}`);
  }
  const passed = checks.length - failures.length;
  return { kind, passed, failures, skips: [], milliseconds: performance.now() - started };
}

function runCommand([command, ...args]: readonly [string, ...string[]]): Promise<{
  status: number;
  output: string;
}> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', (error) => resolve({ status: 1, output: error.message }));
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}
