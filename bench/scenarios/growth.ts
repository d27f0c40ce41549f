/**
 * What size does: the same requests against databases of growing size and a tiny one, and the look-up behind them
 * when nothing is remembered. The rows are copies made by SQL; only the benchmark's own are ever used.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { type Amount, type Comparison, comparison, measureInTurn } from '../compare.ts';
import { startCountersign } from '../processes.ts';
import { type Client, prepareInstallation, signedRequests } from '../workload.ts';

const PATH = '/oauth/whoami';
const LOOK_UPS = 20_000;
const CLOCK = { milliseconds: () => Date.now() };

/** How many there are of each. */
export interface Size {
  readonly consumers: number;
  readonly tokens: number;
}

/** What is compared with an installation that has two of each. */
export const SIZES: readonly Size[] = [
  { consumers: 100, tokens: 1_000 },
  { consumers: 1_000, tokens: 10_000 },
  { consumers: 10_000, tokens: 100_000 },
  { consumers: 100_000, tokens: 1_000_000 },
];

/** One size. */
export interface Grown extends Size {
  /** Against two of each. */
  readonly compared: Comparison;
  /** Consumer, token and user read from the database, in microseconds. */
  readonly lookUpMicroseconds: number;
}

/** All sizes, in turn. @param directory where the databases are made */
export async function measureGrowth(
  directory: string,
  amount: Omit<Amount, 'connections'>,
): Promise<readonly Grown[]> {
  const installations = await Promise.all([{ consumers: 0, tokens: 0 }, ...SIZES].map(prepare));
  await using servers = new AsyncDisposableStack();
  const sides = [];
  for (const { place, hmac, tokens } of installations) {
    const server = servers.adopt(await startCountersign(place), (one) => one.stop());
    const prepareRequests = (count: number) => signedRequests(hmac, server.port, PATH, count);
    sides.push({ name: `${tokens} tokens`, server, prepare: prepareRequests });
  }
  const [tiny, ...others] = await measureInTurn(sides, { ...amount, connections: 32 });
  await servers.disposeAsync();
  const grown: Grown[] = [];
  for (const [index, size] of SIZES.entries()) {
    const lookUpMicroseconds = await measureLookUp(installations[index + 1]!);
    grown.push({ ...size, compared: comparison(others[index]!, tiny!), lookUpMicroseconds });
  }
  return grown;

  async function prepare({ consumers, tokens }: Size) {
    const place = join(directory, `with-${tokens}-tokens`);
    const clients = await prepareInstallation(place);
    multiply(join(place, 'countersign.db'), consumers, tokens);
    return { ...clients, place, tokens };
  }
}

/** Two consumers by turns, where one only is remembered: each look-up goes to the database. */
async function measureLookUp({ place, hmac, rsa }: Installation): Promise<number> {
  const { storage } = await openSqliteDatabase({ directory: place, clock: CLOCK, cachedGrounds: 1 });
  try {
    const lookUp = ({ consumerKey, token }: Client) => storage.grounds.lookUp(consumerKey, token);
    for (let warm = 0; warm < LOOK_UPS / 10; warm += 1) await Promise.all([lookUp(hmac), lookUp(rsa)]);
    const begin = performance.now();
    for (let done = 0; done < LOOK_UPS; done += 2) {
      lookUp(hmac);
      lookUp(rsa);
    }
    return ((performance.now() - begin) * 1000) / LOOK_UPS;
  } finally {
    await storage.close();
  }
}

interface Installation {
  readonly place: string;
  readonly hmac: Client;
  readonly rsa: Client;
}

function multiply(file: string, consumers: number, tokens: number): void {
  const database = new DatabaseSync(file);
  try {
    copyRows(database, 'consumers', 'consumer_key', consumers, "consumer_key = 'bench-hmac'");
    copyRows(database, 'access_tokens', 'hash', tokens, "consumer_key = 'bench-hmac'");
    database.exec('pragma wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}

/** Copies one row so many times, with a number behind its unique texts. */
function copyRows(database: DatabaseSync, table: string, key: string, count: number, where: string): void {
  const columns = database.prepare(`select name from pragma_table_info('${table}')`).all() as {
    name: string;
  }[];
  const values = columns.map(({ name }) => (name === key || name === 'id' ? `${name} || n` : name));
  database.exec(`
    insert into ${table} (${columns.map(({ name }) => name).join(', ')})
    select ${values.join(', ')} from ${table},
      (with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count}) select n from numbers)
    where ${where} and n <= ${count}`);
}
