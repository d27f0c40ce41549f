/**
 * One installation on two real servers, with a real PostgreSQL and a real Redis: each server has a data directory of
 * its own, with the same key file in it, as two machines would.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, endChild, runCommand, type Serving, startServing } from './countersign.ts';
import { freePorts } from './free-ports.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { type RedisProcess, startRedis } from './redis-server.ts';

/** One of the servers. */
export interface ClusterNode {
  readonly port: number;
  readonly managementUrl: string;
  /** The one-time link that makes the first administrator, as it printed it; null if it printed none. */
  readonly setupUrl: string | null;
  /** Everything that the running process has written. */
  output(): string;
  start(): Promise<void>;
  /** Stops it as an operator would; gives its exit status. */
  stop(): Promise<number | null>;
}

/** The installation. */
export interface Cluster {
  readonly nodes: readonly [ClusterNode, ClusterNode];
  readonly postgres: PostgresServer;
  readonly redis: RedisProcess;
  /** Runs a command on a third machine. @throws if it exits with anything but 0 */
  command(args: readonly string[], input?: string): Promise<CommandResult>;
  stop(): Promise<void>;
}

/**
 * Starts it.
 * @param frontPort where the public URL leads to, on loopback
 * @param serveArguments further arguments of both servers
 */
export async function startCluster(
  frontPort: number,
  serveArguments: readonly string[] = [],
): Promise<Cluster> {
  await using opened = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), 'countersign-cluster-'));
  opened.defer(() => rm(root, { recursive: true, force: true }));
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  opened.defer(() => postgres.remove());
  opened.defer(() => redis.stop());
  const database = ['--database', await postgres.createDatabase()];

  const command = async (args: readonly string[], input?: string) => {
    const result = await runCommand([...args, '--data', join(root, 'admin'), ...database], input);
    if (result.status !== 0) throw new Error(`countersign ${args.join(' ')}: ${result.stderr}`);
    return result;
  };
  // The first command makes the schema and the key file.
  await command(['user', 'list']);
  const ports = await freePorts(4);
  const shared = [
    ...['--public-url', `http://127.0.0.1:${frontPort}`, '--trust-proxy', '127.0.0.1'],
    ...['--nonces', redis.url, ...database, ...serveArguments],
  ];
  const makeNode = async (name: string, port = 0, managementPort = 0) => {
    const data = await mkdtemp(join(root, name));
    await copyFile(join(root, 'admin', 'secret.key'), join(data, 'secret.key'));
    const own = [
      '--data',
      data,
      '--listen',
      `127.0.0.1:${port}`,
      '--management',
      `127.0.0.1:${managementPort}`,
    ];
    const node = clusterNode(['serve', ...own, ...shared], port, managementPort);
    opened.defer(async () => void (await node.stop()));
    return node;
  };
  const nodes = await Promise.all([makeNode('a-', ports[0], ports[1]), makeNode('b-', ports[2], ports[3])]);
  // One after the other: the one that starts last has printed the set-up link that works.
  for (const node of nodes) await node.start();
  const everything = opened.move();
  return { nodes, postgres, redis, command, stop: () => everything.disposeAsync() };
}

function clusterNode(args: readonly string[], port: number, managementPort: number): ClusterNode {
  let serving: Serving | null = null;
  return {
    port,
    managementUrl: `http://127.0.0.1:${managementPort}`,
    get setupUrl() {
      return serving?.setupUrl ?? null;
    },
    output: () => serving?.output() ?? '',
    async start() {
      serving = await startServing(args);
    },
    async stop() {
      return serving === null ? null : endChild(serving.child, 'SIGTERM');
    },
  };
}
