/**
 * The servers that are measured, each a process of its own on the first core; the load comes from this process, which
 * `npm run bench` keeps on the second. All listen on loopback and end with this process.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server under measurement. */
export interface MeasuredServer {
  readonly port: number;
  readonly pid: number;
  /** Processor time that the process has used so far. */
  cpuMicroseconds(): number;
  /** Resident memory in MiB. */
  residentMebibytes(): number;
  stop(): Promise<void>;
}

const HERE = new URL('./', import.meta.url);

/** Words that put a command on one core, where there is another one for the load. */
const PIN = availableParallelism() > 1 ? ['taskset', '-c', '0'] : [];

/** Starts one of the bare servers of this folder, handing it its task. */
export async function startBare(
  file: 'bare-verify.ts' | 'bare-proxy.ts' | 'upstream.ts',
  task: object,
): Promise<MeasuredServer> {
  const child = fork(fileURLToPath(new URL(file, HERE)), { execArgv: [] });
  if (PIN.length > 0) await pin(child);
  child.send(task);
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return measured(child, message.port);
}

/** Starts `countersign serve` on a free port over a prepared data directory. @param place where it runs and listens, when not on the first core and a free port */
export async function startCountersign(
  directory: string,
  options: readonly string[] = [],
  { cores, port = 0 }: { readonly cores?: string; readonly port?: number } = {},
): Promise<MeasuredServer> {
  const pin = cores === undefined ? PIN : ['taskset', '-c', cores];
  const command = [...pin, fileURLToPath(new URL('../bin/countersign', HERE))];
  const [file = '', ...words] = [
    ...command,
    'serve',
    '--data',
    directory,
    '--listen',
    `127.0.0.1:${port}`,
    ...options,
  ];
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /^ready (\S+)/.exec(line);
    if (ready !== null) return measured(child, port || Number(new URL(ready[1]!).port));
  }
  throw new Error('countersign did not start');
}

function measured(child: ChildProcess, port: number): MeasuredServer {
  const pid = child.pid ?? 0;
  return {
    port,
    pid,
    cpuMicroseconds: () => schedulerNanoseconds(pid) / 1000,
    residentMebibytes() {
      const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
      return Number(line?.[1] ?? 0) / 1024;
    },
    stop: () => stop(child),
  };
}

/** What Linux's scheduler gave to all threads: exact where the clock ticks of the process are hundredths of a second. */
function schedulerNanoseconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const given = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
  return given.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0);
}

async function pin(child: ChildProcess): Promise<void> {
  const done = spawn('taskset', ['-a', '-c', '-p', '0', String(child.pid)], { stdio: 'ignore' });
  await once(done, 'exit');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
