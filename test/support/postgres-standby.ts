/** A hot standby of a test's PostgreSQL: a copy that follows it, can be read, and takes its place when it is told to. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePorts } from './free-ports.ts';
import { findPostgres } from './postgres-programs.ts';
import type { PostgresServer } from './postgres-server.ts';

/** One that follows. */
export interface Standby {
  readonly port: number;
  /** Makes it take writes; it has no standby itself. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it, and has the primary acknowledge nothing any more that is not on the standby too. */
export async function startStandby(primary: PostgresServer): Promise<Standby> {
  const programs = findPostgres() ?? '';
  const data = join(primary.directory, 'standby');
  const asOwner = { cwd: primary.directory, ...(primary.owner ?? {}) };
  const copy = ['-d', primary.url('postgres'), '-D', data, '--write-recovery-conf', '--checkpoint=fast'];
  await promisify(execFile)(join(programs, 'pg_basebackup'), [...copy, '--no-sync'], asOwner);
  const [port = 0] = await freePorts(1);
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: primary.directory };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(programs, 'postgres'), ['-D', data, ...flags], { ...asOwner, stdio: 'ignore' });
  await primary.query(`alter system set synchronous_standby_names = '*'`);
  await primary.query('select pg_reload_conf()');
  const following = `select from pg_stat_replication where sync_state = 'sync'`;
  while ((await primary.query(following)).length === 0) {
    if (child.exitCode !== null) throw new Error('the standby did not start');
  }
  return {
    port,
    async promote() {
      const url = new URL(primary.url('postgres'));
      url.port = String(port);
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      await client.query('select pg_promote()');
      await client.query(`alter system set synchronous_standby_names = ''`);
      await client.query('select pg_reload_conf()');
      await client.end();
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
  };
}
