/**
 * Runs the real program as the tests' outside sees it: `bin/countersign` as a child process, on a free port, with a
 * data directory of its own. Nothing of `src/` is imported here; what these tests know, a user knows as well.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { type Environment, newStores } from './stores.ts';

/** `bin/countersign`. */
export const PROGRAM = new URL('../../bin/countersign', import.meta.url).pathname;

/** How long a server may take until it says `ready`, in milliseconds. */
const START_TIMEOUT_MS = 180_000;

/** What a finished command left behind. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running installation. */
export interface Installation {
  /** Public URL without a slash at the end. */
  readonly url: string;
  readonly dataDirectory: string;
  readonly processId: number;
  /** Where its PostgreSQL is; null when it keeps its data in its directory. */
  readonly databaseUrl: string | null;
  /** The one-time link that makes the first administrator, as `serve` printed it; null if it printed none. */
  readonly setupUrl: string | null;
  /** Everything the server has written so far, logs included. */
  output(): string;
  /** Runs a command on this installation's data. @throws if it exits with anything but 0 */
  command(args: readonly string[], input?: string): Promise<CommandResult>;
  /** Stops the server as an operator would, and gives its exit status. */
  stop(): Promise<number | null>;
  /** Starts it again on the same data and address. */
  restart(): Promise<void>;
  /** Stops the server, does something to its data, and starts it again. */
  whileStopped(work: () => Promise<unknown>): Promise<void>;
  /**
   * Kills it without a moment to tidy up, and starts it again.
   * @param environment variables for the new process
   * @param launcher a command that starts it, such as `nice`
   */
  crash(environment?: Readonly<Record<string, string>>, launcher?: readonly string[]): Promise<void>;
  /** Starts one more server on the same data, for the same public URL. It ends with the installation. */
  addNode(): Promise<Node>;
}

/** One of several servers of an installation. */
export interface Node {
  readonly port: number;
  /** Kills it without a moment to tidy up, and starts it again. */
  crash(): Promise<void>;
}

/** Starts a server; `serveArguments` come after `serve --listen 127.0.0.1:0`. */
export async function startInstallation(serveArguments: readonly string[] = []): Promise<Installation> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-test-'));
  const stores = await newStores();
  const serve = (listen: string, environment: Environment = {}, launcher?: readonly string[]) =>
    startServing(
      ['serve', '--listen', listen, '--data', dataDirectory, ...serveArguments],
      { ...stores, ...environment },
      launcher,
    );
  const nodes: AddedNode[] = [];
  const [port] = await freePorts(1);
  let running = await serve(`127.0.0.1:${port}`);
  const { url, setupUrl } = running;

  return {
    url,
    dataDirectory,
    setupUrl,
    databaseUrl: stores.COUNTERSIGN_DATABASE ?? null,
    get processId() {
      return running.child.pid ?? 0;
    },
    output: () => running.output(),
    command: (args, input) => runOnData(dataDirectory, args, input, stores),
    stop: async () => {
      const status = await endChild(running.child, 'SIGTERM');
      for (const node of nodes) await node.stop();
      await rm(dataDirectory, { recursive: true, force: true });
      return status;
    },
    restart: async () => {
      await endChild(running.child, 'SIGTERM');
      running = await serve(new URL(url).host);
    },
    whileStopped: async (work) => {
      await endChild(running.child, 'SIGTERM');
      await work();
      running = await serve(new URL(url).host);
    },
    crash: async (environment, launcher) => {
      await endChild(running.child, 'SIGKILL');
      running = await serve(new URL(url).host, environment, launcher);
    },
    addNode: async () => {
      const args = ['--public-url', url, '--data', dataDirectory, ...serveArguments];
      const node = await startNode(args, stores);
      nodes.push(node);
      return node;
    },
  };
}

interface AddedNode extends Node {
  stop(): Promise<unknown>;
}

async function startNode(args: readonly string[], environment: Environment): Promise<AddedNode> {
  const [port = 0] = await freePorts(1);
  const serve = () => startServing(['serve', '--listen', `127.0.0.1:${port}`, ...args], environment);
  let running = await serve();
  return {
    port,
    crash: async () => {
      await endChild(running.child, 'SIGKILL');
      running = await serve();
    },
    stop: () => endChild(running.child, 'SIGTERM'),
  };
}

/** Runs `countersign` with these arguments and waits for its end. */
export function runCommand(
  args: readonly string[],
  input = '',
  environment: Environment = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(PROGRAM, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? -1, stdout: stdout(), stderr: stderr() }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

async function runOnData(
  dataDirectory: string,
  args: readonly string[],
  input: string | undefined,
  environment: Environment,
): Promise<CommandResult> {
  const result = await runCommand([...args, '--data', dataDirectory], input, environment);
  if (result.status !== 0)
    throw new Error(`countersign ${args.join(' ')}: ${result.status}\n${result.stderr}`);
  return result;
}

/** A server that said `ready`. */
export interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly setupUrl: string | null;
  output(): string;
}

/** Starts `countersign` with these arguments, and waits until it is ready. */
export async function startServing(
  args: readonly string[],
  environment: Environment = {},
  launcher: readonly string[] = [],
): Promise<Serving> {
  const [command = PROGRAM, ...rest] = [...launcher, PROGRAM, ...args];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const output = () => stdout() + stderr();
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not ready in time:\n${output()}`));
    }, START_TIMEOUT_MS);
    child.on('exit', (status) => reject(new Error(`ended with ${status} before it was ready:\n${output()}`)));
    child.stdout.on('data', () => {
      const ready = /^ready (\S+)\s*$/m.exec(stdout())?.[1];
      if (ready === undefined) return;
      clearTimeout(timer);
      resolve(ready.replace(/\/$/, ''));
    });
  });
  const setupUrl = /https?:\/\/\S*\/oauth\/setup[^\s"]*/.exec(output())?.[0] ?? null;
  return { child, url, setupUrl, output };
}

/** Ends it, if it still runs, and gives its exit status. */
export async function endChild(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
