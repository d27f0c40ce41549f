/**
 * `node bench/capacity.ts`: processor time of each part for one signed request, and memory of one nonce: what the model
 * of docs/guide/capacity.md is reckoned from. Processor time, since it hardly depends on what else the machine does.
 * Option: `--requests N` for each arrangement.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Secret } from '../src/base/index.ts';
import { openPostgresDatabase } from '../src/storage/postgres/index.ts';
import { endChild, startServing } from '../test/support/countersign.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import { startRedis } from '../test/support/redis-server.ts';
import { sendAll } from './load.ts';
import { addClients, type Client, prepareInstallation, signedRequests } from './workload.ts';

/** Clock ticks of the kernel's accounting, in microseconds: 100 a second on every Linux there is. */
const TICK = 10_000;

const CONNECTIONS = 32;
const WARM_UP = 2_000;

const { values } = parseArgs({ options: { requests: { type: 'string', default: '20000' } } });
const requests = Number(values.requests);

/** A process, or several, whose time is one figure. */
interface Part {
  readonly name: string;
  readonly ticks: () => number;
}

console.log(`${cpus()[0]?.model}, Node ${process.version}; ${requests} requests for each arrangement`);
const root = await mkdtemp(join(tmpdir(), 'countersign-capacity-'));
const postgres = await startPostgres({ fsync: 'on' });
const redis = await startRedis();
try {
  const embedded = join(root, 'embedded');
  await measure('embedded database, nonces in memory', (await prepareInstallation(embedded)).hmac, [], []);
  const parts = [{ name: 'PostgreSQL', ticks: () => ticksOfCommand('postgres', postgres.directory) }];
  const alone = await prepareShared('alone');
  await measure(
    'PostgreSQL, nonces in it',
    alone.hmac,
    [...alone.args, '--nonces', 'database'],
    parts,
    alone.data,
  );
  const { hmac, rsa, args, data, url } = await prepareShared('with-redis');
  const inRedis = [...args, '--nonces', redis.url];
  const all = [...parts, { name: 'Redis', ticks: () => ticksOf(redis.processId) }];
  const before = await usedMemory();
  await measure('PostgreSQL, nonces in Redis, HMAC-SHA1', hmac, inRedis, all, data);
  const bytes = ((await usedMemory()) - before) / (requests + WARM_UP);
  console.log(`  one nonce in Redis: ${bytes.toFixed(0)} bytes`);
  await measure('PostgreSQL, nonces in Redis, RSA-SHA1 (2048)', rsa, inRedis, all, data);
  await measureTokens(url);
} finally {
  await Promise.all([postgres.remove(), redis.stop()]);
  await rm(root, { recursive: true, force: true });
}

/** A new database with the clients in it: nonces may not move from one place to another without a pause. */
async function prepareShared(name: string) {
  const data = join(root, name);
  const url = await postgres.createDatabase();
  const clock = { milliseconds: () => Date.now() };
  const { storage } = await openPostgresDatabase({ url: new Secret(url), directory: data, clock });
  const clients = await addClients(storage);
  await storage.close();
  return { ...clients, url, args: ['--database', url], data };
}

async function measure(
  title: string,
  client: Client,
  args: readonly string[],
  others: readonly Part[],
  data = join(root, 'embedded'),
): Promise<void> {
  const serving = await startServing(['serve', '--listen', '127.0.0.1:0', '--data', data, ...args]);
  const port = Number(new URL(serving.url).port);
  const parts = [{ name: 'server', ticks: () => ticksOf(serving.child.pid ?? 0) }, ...others];
  await sendAll(port, signedRequests(client, port, '/oauth/whoami', WARM_UP), CONNECTIONS);
  const prepared = signedRequests(client, port, '/oauth/whoami', requests);
  const before = parts.map(({ ticks }) => ticks());
  const { statuses, perSecond } = await sendAll(port, prepared, CONNECTIONS);
  const used = parts.map(({ name, ticks }, index) => {
    const microseconds = ((ticks() - before[index]!) * TICK) / requests;
    return `${name} ${microseconds.toFixed(0)} µs`;
  });
  await endChild(serving.child, 'SIGTERM');
  const wrong = requests - (statuses.get(200) ?? 0);
  console.log(`${title}: ${used.join(', ')}; ${perSecond.toFixed(0)}/s in all, ${wrong} refused`);
}

/** Tokens as the dance leaves them, copied often enough that pages and indexes count as they would. */
async function measureTokens(url: string): Promise<void> {
  const copies = 50_000;
  const name = new URL(url).pathname.slice(1);
  const columns = await postgres.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'access_tokens'`,
    name,
  );
  const unlike = new Map([
    ['hash', "encode(sha256(n::text::bytea), 'hex')"],
    ['id', 'md5(n::text)'],
    ['session_handle_hash', "encode(sha256((-n)::text::bytea), 'hex')"],
  ]);
  const list = columns.map((column) => column.name);
  const values = list.map((column) => unlike.get(column) ?? column);
  const size = `select pg_total_relation_size('access_tokens') as bytes`;
  await postgres.query(
    `insert into access_tokens (${list}) select ${values} from (select * from access_tokens limit 1) t, generate_series(1, ${copies}) n`,
    name,
  );
  const [row] = await postgres.query<{ bytes: string }>(size, name);
  console.log(
    `one access token in PostgreSQL, with its indexes: ${(Number(row?.bytes) / copies).toFixed(0)} bytes`,
  );
}

async function usedMemory(): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.command('INFO', 'memory'))?.[1]);
}

/** Time in user and kernel mode so far. */
function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** Of all processes with that name whose working directory lies there. */
function ticksOfCommand(name: string, directory: string): number {
  const pids = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
  return pids.filter((pid) => isOne(pid, name, directory)).reduce((sum, pid) => sum + ticksOf(pid), 0);
}

function isOne(pid: number, name: string, directory: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return command === name && readlinkSync(`/proc/${pid}/cwd`).startsWith(directory);
  } catch {
    return false;
  }
}
