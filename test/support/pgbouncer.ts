/** A real PgBouncer between a test and its PostgreSQL. Like PostgreSQL, it does not run as root. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import type { PostgresServer } from './postgres-server.ts';

/** One that runs. */
export interface PgBouncer {
  /** The same database through it. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** Starts it. @param mode when a client gives a connection back */
export async function startPgBouncer(
  server: PostgresServer,
  mode: 'session' | 'transaction',
): Promise<PgBouncer> {
  const [port = 0] = await freePorts(1);
  const file = (name: string) => join(server.directory, `${name}-${port}`);
  const { username, password } = new URL(server.url('postgres'));
  writeFileSync(file('users'), `"${username}" "${decodeURIComponent(password)}"\n`, { mode: 0o600 });
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'plain',
    auth_file: file('users'),
    pool_mode: mode,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const databases = `* = host=127.0.0.1 port=${server.port}`;
  writeFileSync(file('pgbouncer.ini'), ['[databases]', databases, '[pgbouncer]', ...lines, ''].join('\n'));
  if (server.owner !== null) {
    const { uid, gid } = server.owner;
    for (const name of ['users', 'pgbouncer.ini']) chownSync(file(name), uid, gid);
  }
  const child = spawn('/usr/sbin/pgbouncer', ['-q', file('pgbouncer.ini')], {
    stdio: 'ignore',
    ...(server.owner ?? {}),
  });
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error('PgBouncer did not start');
  }
  return {
    through(url) {
      const other = new URL(url);
      other.port = String(port);
      return other.href;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
