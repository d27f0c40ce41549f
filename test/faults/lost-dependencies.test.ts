/**
 * PostgreSQL and Redis are killed, held, unreachable, or cut off in the middle of a COMMIT, under a real server that
 * depends on them: it says 503 or does what it says, keeps its word, and heals by itself when they are back.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.ts';
import { type GrantedInstallation, startGrantedInstallation } from '../support/granted-installation.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RedisProcess, startRedis } from '../support/redis-server.ts';
import { rounds, type Tally, tallyOf } from './promise.ts';
import { Trial } from './trial.ts';

/** A Redis that lost its nonces costs a few seconds: as many as its ceiling was ahead. */
const AFTER_AMNESIA_MS = 20_000;

/** Something that goes wrong, and how it ends. */
interface Fault {
  readonly what: string;
  readonly recoveryMs?: number;
  strike(): unknown;
  mend(): unknown;
}

/** @param hasStruck whether the fault was felt, where nothing needed to be refused for it */
async function suffer(
  world: GrantedInstallation,
  tally: Tally,
  fault: Fault,
  hasStruck = () => false,
): Promise<void> {
  let refusals = 0;
  for (const _ of rounds({ usually: 1, long: 100 })) {
    const trial = new Trial(world, tally, fault);
    await trial.prepare();
    await fault.strike();
    try {
      await trial.suffer();
    } finally {
      await fault.mend();
    }
    refusals += trial.refusals;
    await trial.recover();
    await world.installation.crash();
    await trial.keepWord();
  }
  tally.assertKept();
  assert.ok(refusals > 0 || hasStruck(), 'the fault never struck');
}

describe('a server over PostgreSQL', () => {
  const what = 'the database killed, held, unreachable, cut off before and after COMMIT';
  const tally = tallyOf(16, what, 'PostgreSQL');
  let postgres: PostgresServer;
  let proxy: CuttingProxy;
  let world: GrantedInstallation;
  before(async () => {
    postgres = await startPostgres();
    proxy = await startCuttingProxy(postgres.port);
    const url = new URL(await postgres.createDatabase());
    url.port = String(proxy.port);
    process.env.COUNTERSIGN_DATABASE = url.href;
    world = await startGrantedInstallation(['--nonces', 'database']);
  });
  after(async () => {
    delete process.env.COUNTERSIGN_DATABASE;
    await world?.installation.stop();
    await proxy?.close();
    await postgres?.remove();
  });

  const faults: readonly Fault[] = [
    { what: 'killed', strike: () => postgres.stop('SIGKILL'), mend: () => postgres.start() },
    { what: 'held', strike: () => postgres.freeze(), mend: () => postgres.thaw() },
    { what: 'unreachable', strike: () => proxy.cut('closed'), mend: () => proxy.mend() },
    { what: 'cut off before COMMIT', strike: () => proxy.cut('before commit'), mend: () => proxy.mend() },
    { what: 'cut off after COMMIT', strike: () => proxy.cut('after commit'), mend: () => proxy.mend() },
  ];
  for (const fault of faults) {
    it(`keeps its word while that is ${fault.what}`, () => suffer(world, tally, fault, () => proxy.cuts > 0));
  }
});

describe('a server with its nonces in Redis', () => {
  const tally = tallyOf(16, 'Redis killed with all it knew, held', 'SQLite and Redis');
  let redis: RedisProcess;
  let world: GrantedInstallation;
  before(async () => {
    redis = await startRedis();
    world = await startGrantedInstallation(['--nonces', redis.url]);
  });
  after(async () => {
    await world?.installation.stop();
    await redis?.stop();
  });

  const faults: readonly Fault[] = [
    {
      what: 'killed',
      recoveryMs: AFTER_AMNESIA_MS,
      strike: () => redis.kill({ forgetting: true }),
      mend: () => redis.start(),
    },
    { what: 'held', strike: () => redis.signal('SIGSTOP'), mend: () => redis.signal('SIGCONT') },
  ];
  for (const fault of faults) {
    it(`keeps its word while that is ${fault.what}`, () => suffer(world, tally, fault));
  }
});
