/** strace on a process that runs already, and all its threads: to see its system calls, or to make some fail. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** An strace that is attached. */
export interface Attached {
  /** Lets the process go; resolves when it runs alone again. */
  detach(): Promise<void>;
}

/** Attaches; resolves when it is. @param args what to trace, and where to */
export async function attachStrace(processId: number, args: readonly string[]): Promise<Attached> {
  const options = ['-f', '-e', 'signal=none', ...args, '-p', String(processId)];
  const strace = spawn('strace', options, { stdio: ['ignore', 'ignore', 'pipe'] });
  await untilAttached(strace);
  return {
    async detach() {
      const ended = once(strace, 'exit');
      if (strace.exitCode !== null) return;
      strace.kill('SIGINT');
      await ended;
    },
  };
}

async function untilAttached(strace: ChildProcess): Promise<void> {
  const attached = Promise.withResolvers<void>();
  let told = '';
  strace.stderr!.on('data', (chunk: Buffer) => {
    told += chunk.toString();
    if (/Process \d+ attached/.test(told)) attached.resolve();
  });
  strace.once('error', attached.reject);
  strace.once('exit', () => attached.reject(new Error(`strace could not attach: ${told}`)));
  await attached.promise;
}
