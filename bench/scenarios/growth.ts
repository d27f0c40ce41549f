/**
 * What size does to a verified request: the same requests against a database with two consumers and against one with
 * 100 000 consumers and a million tokens. The rows are copies made by SQL; only the benchmark's own are ever used.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Amount, type Comparison, compare } from '../compare.ts';
import { startCountersign } from '../processes.ts';
import { type Client, prepareInstallation, signedRequests } from '../workload.ts';

const PATH = '/oauth/whoami';
const CONSUMERS = 100_000;
const TOKENS = 1_000_000;

/** The large installation against the small one. */
export async function compareGrowth(
  smallDirectory: string,
  largeDirectory: string,
  client: Client,
  amount: Omit<Amount, 'connections'>,
): Promise<Comparison> {
  const { hmac: largeClient } = await prepareInstallation(largeDirectory);
  multiply(join(largeDirectory, 'countersign.db'));
  const large = await startCountersign(largeDirectory);
  const small = await startCountersign(smallDirectory);
  const requestsOf = (who: Client, port: number) => (count: number) => signedRequests(who, port, PATH, count);
  try {
    return await compare(
      { name: 'large', server: large, prepare: requestsOf(largeClient, large.port) },
      { name: 'small', server: small, prepare: requestsOf(client, small.port) },
      { ...amount, connections: 32 },
    );
  } finally {
    await Promise.all([large.stop(), small.stop()]);
  }
}

function multiply(file: string): void {
  const database = new DatabaseSync(file);
  try {
    copyRows(database, 'consumers', 'consumer_key', CONSUMERS, "consumer_key = 'bench-hmac'");
    copyRows(database, 'access_tokens', 'hash', TOKENS, "consumer_key = 'bench-hmac'");
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
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
    select ${values.join(', ')} from ${table}, numbers where ${where}`);
}
