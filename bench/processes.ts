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
import { freePorts } from '../test/support/free-ports.ts';
import { startNginx } from '../test/support/nginx.ts';

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
  file: 'bare-verify.ts' | 'bare-proxy.ts' | 'bare-server.ts' | 'upstream.ts',
  task: object,
): Promise<MeasuredServer> {
  const child = fork(fileURLToPath(new URL(file, HERE)), { execArgv: [] });
  await pin(child.pid ?? 0);
  child.send(task);
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return measured(child, message.port);
}

/** Starts an nginx that passes requests on, on the first core like the others. */
export async function startNginxProxy(upstreamPort: number): Promise<MeasuredServer> {
  const [port = 0] = await freePorts(1);
  const nginx = await startNginx('bench/proxy.nginx.conf', { 8080: port, 3000: upstreamPort }, port);
  await pin(nginx.processId);
  return measuredProcess(nginx.processId, port, () => nginx.stop());
}

/** Starts `countersign serve` on a free port over a prepared data directory. @param place where it runs and listens, when not on the first core and a free port */
export async function startCountersign(
  directory: string,
  options: readonly string[] = [],
  { cores, port = 0 }: { readonly cores?: string; readonly port?: number } = {},
): Promise<MeasuredServer> {
  const pin = cores === undefined ? PIN : ['taskset', '-c', cores];
  const program = fileURLToPath(new URL('../bin/countersign', HERE));
  const words = ['serve', '--data', directory, '--listen', `127.0.0.1:${port}`, ...options];
  const server = await startReady([program, ...words], pin);
  // What it calls ready is its public URL, which need not be where it listens.
  return port === 0 ? server : { ...server, port };
}

/** Starts a program that prints `ready URL` as soon as it answers there. @param pin words in front of the command */
export async function startReady(
  command: readonly string[],
  pin: readonly string[] = PIN,
): Promise<MeasuredServer> {
  const [file = '', ...words] = [...pin, ...command];
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /^ready (\S+)/.exec(line);
    if (ready !== null) return measured(child, Number(new URL(ready[1]!).port));
  }
  throw new Error(`${command.join(' ')} did not start`);
}

function measured(child: ChildProcess, port: number): MeasuredServer {
  return measuredProcess(child.pid ?? 0, port, () => stop(child));
}

function measuredProcess(pid: number, port: number, stop: () => Promise<void>): MeasuredServer {
  return {
    port,
    pid,
    cpuMicroseconds: () => schedulerNanoseconds(pid) / 1000,
    residentMebibytes() {
      const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
      return Number(line?.[1] ?? 0) / 1024;
    },
    stop,
  };
}

/** What Linux's scheduler gave to all threads: exact where the clock ticks of the process are hundredths of a second. */
function schedulerNanoseconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const given = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
  return given.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0);
}

/** Puts a process on the first core, where there is another one for the load: it begins on that of its parent. */
export async function pin(pid: number): Promise<void> {
  if (PIN.length === 0) return;
  const done = spawn('taskset', ['-a', '-c', '-p', '0', String(pid)], { stdio: 'ignore' });
  await once(done, 'exit');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
