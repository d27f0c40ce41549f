/**
 * A real redis-server of one test: on a free port of the loopback interface, in memory alone unless told otherwise,
 * stopped by its process id. Valkey's server does as well, where that is what the machine has.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';

const START_TIMEOUT_MS = 60_000;
const SERVERS = ['redis-server', 'valkey-server'];

/** A server that runs. */
export interface RedisProcess {
  readonly port: number;
  readonly url: string;
  readonly processId: number;
  /** Sends one command and gives the answer as Redis writes it. */
  command(...words: string[]): Promise<string>;
  /** Sends a signal to the process: SIGSTOP, SIGCONT. */
  signal(name: NodeJS.Signals): void;
  /** Kills it without a moment to tidy up. @param how whether what it wrote is lost with it */
  kill(how?: { readonly forgetting: boolean }): Promise<void>;
  /** Starts it again on the same port, after it was killed. */
  start(): Promise<void>;
  /** Kills it and removes what it wrote. */
  stop(): Promise<void>;
}

/** @param options further options of the server, such as `--appendonly yes` */
export async function startRedis(...options: string[]): Promise<RedisProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-redis-'));
  const [port = 0] = await freePorts(1);
  let child: ChildProcess | null = null;

  const start = async () => {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      ...options,
    ];
    const started = spawn(findServer(), args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child = started;
    const end = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(port))) {
      if (started.exitCode === null && Date.now() < end) continue;
      started.kill('SIGKILL');
      throw new Error('redis-server did not start');
    }
  };
  const kill: RedisProcess['kill'] = async ({ forgetting } = { forgetting: false }) => {
    const running = child;
    child = null;
    if (running === null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
    if (forgetting) rmSync(join(directory, 'appendonlydir'), { recursive: true, force: true });
  };
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get processId() {
      return child?.pid ?? 0;
    },
    command: (...words) => exchange(port, words),
    signal: (name) => void child?.kill(name),
    kill,
    start,
    async stop() {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function findServer(): string {
  const directories = (process.env.PATH ?? '').split(':');
  const found = SERVERS.flatMap((name) => directories.map((directory) => join(directory, name))).find(
    existsSync,
  );
  if (found === undefined) throw new Error('there is no redis-server: apt-get install redis-server');
  return found;
}

async function answers(port: number): Promise<boolean> {
  try {
    return /^(\+PONG|-NOAUTH)/.test(await exchange(port, ['PING']));
  } catch {
    return false;
  }
}

/** One command on a connection of its own; the answer's first line, or lines, without the last line break. */
function exchange(port: number, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request(words)));
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      socket.end();
      resolve(chunk.toString('latin1').trimEnd());
    });
  });
}

function request(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
