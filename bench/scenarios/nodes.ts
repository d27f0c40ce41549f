/**
 * One server and two servers on one PostgreSQL, each request with a look-up and a nonce that is committed before it is
 * answered. Nobody is kept on a core here: servers, database and load share what the machine has, so beside the rates
 * stands where the processor time went.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Secret } from '../../src/base/index.ts';
import { openPostgresDatabase } from '../../src/storage/postgres/index.ts';
import { freePorts } from '../../test/support/free-ports.ts';
import { startPostgres } from '../../test/support/postgres-server.ts';
import { median } from '../compare.ts';
import { sendAll } from '../load.ts';
import { type MeasuredServer, startCountersign } from '../processes.ts';
import { addClients, type Client, signedRequests } from '../workload.ts';

const PATH = '/oauth/whoami';
const CONNECTIONS = 64;

/** Medians over the rounds. */
export interface NodesMeasured {
  readonly perSecond: number;
  readonly medianMs: number;
  /** Processor time for one request, in microseconds: of the servers, and of PostgreSQL. */
  readonly serversCpu: number;
  readonly databaseCpu: number;
}

/** Both, measured in turn. */
export async function measureNodes(
  directory: string,
  amount: { readonly rounds: number; readonly requests: number },
): Promise<{ readonly one: NodesMeasured; readonly two: NodesMeasured }> {
  execFileSync('taskset', ['-a', '-c', '-p', EVERY_CORE, String(process.pid)], { stdio: 'ignore' });
  const postgres = await startPostgres({ fsync: 'on' });
  const nodes: MeasuredServer[] = [];
  try {
    const url = await postgres.createDatabase();
    const clock = { milliseconds: () => Date.now() };
    const { storage } = await openPostgresDatabase({ url: new Secret(url), directory, clock });
    const { hmac } = await addClients(storage);
    await storage.close();
    const options = ['--database', url, '--public-url', PUBLIC_URL];
    for (const port of await freePorts(2))
      nodes.push(await startCountersign(directory, options, { cores: EVERY_CORE, port }));
    const one: NodesMeasured[] = [];
    const two: NodesMeasured[] = [];
    for (let round = 0; round <= amount.rounds; round += 1) {
      const [alone, together] = [
        await measure(nodes.slice(0, 1), hmac, amount.requests),
        await measure(nodes, hmac, amount.requests),
      ];
      if (round === 0) continue;
      one.push(alone);
      two.push(together);
    }
    return { one: medians(one), two: medians(two) };
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await postgres.remove();
  }
}

const PUBLIC_URL = 'http://countersign.bench';
const EVERY_CORE = '0-1023';

async function measure(
  nodes: readonly MeasuredServer[],
  client: Client,
  requests: number,
): Promise<NodesMeasured> {
  const share = Math.ceil(requests / nodes.length);
  const prepared = nodes.map(() => signedRequests(client, PUBLIC_URL, PATH, share));
  const cpuOfServers = () => nodes.reduce((sum, node) => sum + node.cpuMicroseconds(), 0);
  const before = { servers: cpuOfServers(), database: cpuOfDatabase(), at: performance.now() };
  const results = await Promise.all(
    nodes.map(({ port }, index) => sendAll(port, prepared[index]!, CONNECTIONS / nodes.length)),
  );
  const seconds = (performance.now() - before.at) / 1000;
  const sent = share * nodes.length;
  const accepted = results.reduce((sum, { statuses }) => sum + (statuses.get(200) ?? 0), 0);
  if (accepted !== sent) throw new Error(`${sent - accepted} of ${sent} requests were not accepted`);
  return {
    perSecond: sent / seconds,
    medianMs: median(results.map(({ medianMs }) => medianMs)),
    serversCpu: (cpuOfServers() - before.servers) / sent,
    databaseCpu: (cpuOfDatabase() - before.database) / sent,
  };
}

/** Of all processes of PostgreSQL on this machine. */
function cpuOfDatabase(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.reduce((sum, pid) => {
    try {
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return sum;
      return sum + Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
    } catch {
      return sum;
    }
  }, 0);
}

function medians(rounds: readonly NodesMeasured[]): NodesMeasured {
  const of = (name: keyof NodesMeasured) => median(rounds.map((round) => round[name]));
  return {
    perSecond: of('perSecond'),
    medianMs: of('medianMs'),
    serversCpu: of('serversCpu'),
    databaseCpu: of('databaseCpu'),
  };
}
