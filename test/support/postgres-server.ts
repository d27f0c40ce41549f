/**
 * A real PostgreSQL for tests: its own cluster in a temporary directory, on a free port of the loopback address, gone
 * with `remove()`. PostgreSQL refuses to run as root, so root's tests run it as the user that its package made. It
 * sorts by the rules of a language, and asks for a password, as servers out there do.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePorts } from './free-ports.ts';
import { findPostgres } from './postgres-programs.ts';

const PASSWORD = 'test/p@ss word';
const START_TIMEOUT_MS = 60_000;

/** What a test can do with its server. */
export interface PostgresServer {
  readonly port: number;
  /** Directory of the Unix socket, of the data and of the log. */
  readonly directory: string;
  /** Which user it runs as, where that is not the one that runs the tests. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** The URL of a database on this server, whether it is there or not. */
  url(database: string): string;
  /** Makes an empty database, or a copy of another that nobody uses at the moment; gives its URL. */
  createDatabase(template?: string): Promise<string>;
  /** Runs SQL as the server's administrator. */
  query<Row extends pg.QueryResultRow>(sql: string, database?: string): Promise<Row[]>;
  /** Ends the server: 'SIGINT' in order, 'SIGKILL' not. */
  stop(signal?: 'SIGINT' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Holds all its processes where they are; connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Makes a cluster and starts it. @param settings beside those that make tests fast, or in their place */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const programs = findPostgres();
  if (programs === null) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  const directory = mkdtempSync(join(tmpdir(), 'countersign-postgres-'));
  const owner = serverUser();
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, PASSWORD);
  if (owner !== null) for (const path of [directory, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const data = join(directory, 'data');
  const asOwner = { cwd: directory, ...(owner ?? {}) };
  const locale = ['--locale-provider=icu', '--icu-locale=en', '--locale=C.UTF-8', '--encoding=UTF8'];
  await promisify(execFile)(
    join(programs, 'initdb'),
    [
      '--pgdata',
      data,
      '--no-sync',
      '--username=owner',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      ...locale,
    ],
    asOwner,
  );
  const [port = 0] = await freePorts(1);
  const everything = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: directory,
    fsync: 'off',
    max_connections: '100',
    ...settings,
  };
  const flags = Object.entries(everything).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = () =>
    spawn(join(programs, 'postgres'), ['-D', data, ...flags], {
      ...asOwner,
      stdio: 'ignore',
      detached: true,
    });
  const server = controls(port, directory, owner, start);
  await server.start();
  return server;
}

function controls(
  port: number,
  directory: string,
  owner: PostgresServer['owner'],
  spawnServer: () => ChildProcess,
): PostgresServer {
  let child: ChildProcess | null = null;
  let databases = 0;
  const url = (database: string) =>
    `postgres://owner:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  const query: PostgresServer['query'] = async (sql, database = 'postgres') => {
    const client = new pg.Client({ connectionString: url(database) });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const signalAll = (signal: NodeJS.Signals) => {
    if (child?.pid !== undefined) process.kill(-child.pid, signal);
  };
  const stop: PostgresServer['stop'] = async (signal = 'SIGINT') => {
    if (child === null) return;
    const ended = child.exitCode ?? new Promise((resolve) => child?.once('exit', resolve));
    // The postmaster alone ends in order; a kill has to reach as many processes as possible.
    if (signal === 'SIGKILL') signalAll(signal);
    else child.kill(signal);
    await ended;
    child = null;
  };
  return {
    port,
    directory,
    owner,
    url,
    query,
    stop,
    async createDatabase(template = 'template1') {
      databases += 1;
      const name = `test_${databases}`;
      await query(`create database ${name} template ${template}`);
      return url(name);
    },
    async start() {
      const deadline = performance.now() + START_TIMEOUT_MS;
      child = spawnServer();
      while (!(await answers(() => query('select 1')))) {
        if (performance.now() > deadline) throw new Error('PostgreSQL did not start');
        // Those that outlive a killed server for a moment hold its memory: the next one gives up because of them.
        if (child.exitCode !== null) child = spawnServer();
        await pause(50);
      }
    },
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async remove() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}

/** Null: as whoever runs the tests. */
function serverUser(): PostgresServer['owner'] {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find((fields) => fields[0] === name)).find(Boolean);
  if (user === undefined) throw new Error('there is no user that PostgreSQL could run as');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}
