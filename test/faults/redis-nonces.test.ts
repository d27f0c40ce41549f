/**
 * A Redis may be killed, emptied, stopped, slowed down or replaced at any moment: no nonce is ever accepted twice,
 * nobody waits for long, and it works again by itself.
 */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { FixedClock } from '../../src/base/index.ts';
import { type NonceStore, StorageUnavailable } from '../../src/model/index.ts';
import { openRedis } from '../../src/storage/redis/index.ts';
import { newPlace, openNode, redisAddress } from '../support/redis-nonces.ts';
import { type RedisProcess, startRedis } from '../support/redis-server.ts';
import { countTests } from './promise.ts';

const NOW = 1_800_000_000;

/** Longer than anything may take, far shorter than what would happen without a bound. */
const BOUND_MS = 20_000;
const PAUSE_MS = 10 * BOUND_MS;

async function outcome(nonces: NonceStore, timestamp: number, nonce: string): Promise<string> {
  try {
    return await nonces.burn('wiki', 'token', timestamp, nonce);
  } catch (error) {
    ok(error instanceof StorageUnavailable, String(error));
    return 'unavailable';
  }
}

/** Burns one nonce after another until Redis answers again. */
async function healed(nonces: NonceStore, timestamp: number): Promise<void> {
  for (let index = 0; (await outcome(nonces, timestamp, `heal-${index}`)) === 'unavailable'; index += 1) {
    await pause(10);
  }
}

async function isLinked(replica: RedisProcess): Promise<void> {
  while (!(await replica.command('INFO', 'replication')).includes('master_link_status:up')) await nextTurn();
}

/** Redis waits a while for further replicas before it sends anything to the first. */
const PROMPT_REPLICATION = ['--repl-diskless-sync-delay', '0'];

describe('nonces in a Redis that fails', () => {
  countTests(3, 'a Redis killed, emptied, evicting, replaced by a replica, paused, stopped', 'Redis');
  let redis: RedisProcess;
  let place: ReturnType<typeof newPlace>;
  let clock: FixedClock;
  let nodes: [NonceStore, NonceStore];
  const open = async (...options: string[]) => {
    redis = await startRedis(...options);
    place = newPlace(redis.url);
    clock = new FixedClock(NOW);
    nodes = [await openNode(place, clock), await openNode(place, clock)];
  };
  beforeEach(() => open('--appendonly', 'yes', ...PROMPT_REPLICATION));
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await redis.stop();
    place[Symbol.dispose]();
  });

  /** Nothing of the past is fresh, on any node, and the time to come is. */
  async function isFenced(used: readonly string[], timestamp = NOW): Promise<void> {
    for (const node of nodes) {
      await healed(node, timestamp);
      for (const nonce of used) ok(['used', 'unsure'].includes(await outcome(node, timestamp, nonce)), nonce);
    }
    clock.advance(10);
    equal(await outcome(nodes[0], timestamp + 10, used[0] ?? 'n'), 'fresh');
    equal(await outcome(nodes[1], timestamp + 10, used[0] ?? 'n'), 'used');
  }

  it('are fresh for one of fifty that come to each of two nodes', async () => {
    for (let round = 0; round < 10; round += 1) {
      const burns = nodes.flatMap((node) =>
        Array.from({ length: 50 }, () => outcome(node, NOW, `n${round}`)),
      );
      const outcomes = await Promise.all(burns);
      equal(outcomes.filter((one) => one === 'fresh').length, 1);
      equal(outcomes.filter((one) => one === 'used').length, 99);
    }
  });

  it('stay used when it is killed and comes back empty', async () => {
    equal(await outcome(nodes[0], NOW, 'a'), 'fresh');
    await redis.kill({ forgetting: true });
    equal(await outcome(nodes[0], NOW, 'b'), 'unavailable');
    equal(await outcome(nodes[1], NOW, 'a'), 'unavailable');
    await redis.start();
    await isFenced(['a']);
  });

  it('stay used when it is killed and comes back with what its append-only file held', async () => {
    equal(await outcome(nodes[0], NOW, 'a'), 'fresh');
    await redis.kill();
    await redis.start();
    await isFenced(['a']);
  });

  it('stay used when a replica takes over that lagged behind', async () => {
    const replica = await startRedis('--replicaof', '127.0.0.1', String(redis.port), ...PROMPT_REPLICATION);
    try {
      await isLinked(replica);
      // A primary's first replica begins a new history, which costs the nonces of a few seconds.
      equal(await outcome(nodes[0], NOW, 'n'), 'unsure');
      clock.advance(10);
      equal(await outcome(nodes[0], NOW + 10, 'before'), 'fresh');
      equal(await redis.command('WAIT', '1', '0'), ':1');
      await replica.command('REPLICAOF', 'NO', 'ONE');
      equal(await outcome(nodes[0], NOW + 10, 'after'), 'fresh');
      // What the replica has now takes the place of the lost primary's data, under its address.
      await redis.kill({ forgetting: true });
      await redis.start();
      await redis.command('REPLICAOF', '127.0.0.1', String(replica.port));
      await isLinked(redis);
      equal(await outcome(nodes[1], NOW + 10, 'on a replica'), 'unavailable');
      await redis.command('REPLICAOF', 'NO', 'ONE');
      match(await redis.command('KEYS', '*'), /countersign:nonces:/);
      await isFenced(['before', 'after'], NOW + 10);
    } finally {
      await replica.stop();
    }
  });

  it('are refused with their whole timestamp when the set that held them was evicted', async () => {
    equal(await outcome(nodes[0], NOW, 'a'), 'fresh');
    const [, , key = ''] = (await redis.command('KEYS', `*:${NOW}`)).split('\r\n');
    equal(await redis.command('DEL', key), ':1');
    equal(await outcome(nodes[1], NOW, 'a'), 'unsure');
    equal(await outcome(nodes[1], NOW, 'b'), 'unsure');
    equal(await outcome(nodes[1], NOW + 1, 'a'), 'fresh');
  });

  it('are never fresh twice while it is emptied again and again under load', async () => {
    const fresh = new Map<string, number>();
    const accepted: string[] = [];
    const unexpected = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      clock.advance(round % 3 === 0 ? 6 : 0);
      const now = Math.floor(clock.milliseconds() / 1000);
      const replayed = accepted.slice(-30);
      const burns = nodes.flatMap((node) =>
        [...Array.from({ length: 40 }, (_, index) => `${now} n${round}.${index}`), ...replayed].map(
          async (request) => {
            const [timestamp = '', nonce = ''] = request.split(' ');
            const result = await outcome(node, Number(timestamp), nonce);
            if (result === 'unavailable') unexpected.add(result);
            if (result !== 'fresh') return;
            fresh.set(request, (fresh.get(request) ?? 0) + 1);
            accepted.push(request);
          },
        ),
      );
      await Promise.all([...burns, redis.command('FLUSHALL')]);
    }
    const twice = [...fresh].filter(([, times]) => times > 1);
    deepEqual(twice, []);
    ok(fresh.size > 100, `${fresh.size} accepted in all`);
    deepEqual([...unexpected], []);
  });

  it('are fresh on one side only when the network is split and each side has a Redis', async () => {
    const otherSide = await startRedis();
    const split = await openNode({ ...place, redisUrl: otherSide.url }, clock);
    try {
      const sides = [nodes[0], split];
      const fresh = new Map<string, number>();
      const burn = async (side: NonceStore, timestamp: number) => {
        if ((await outcome(side, timestamp, 'n')) !== 'fresh') return;
        fresh.set(`${timestamp}`, (fresh.get(`${timestamp}`) ?? 0) + 1);
      };
      for (let second = 0; second < 30; second += 1) {
        clock.advance(1);
        for (const side of second % 2 === 0 ? sides : sides.toReversed()) {
          for (let ahead = 0; ahead < 5; ahead += 1) await burn(side, NOW + second + ahead);
        }
      }
      deepEqual(
        [...fresh].filter(([, times]) => times > 1),
        [],
      );
      ok(fresh.size > 0);
    } finally {
      await split.close();
      await otherSide.stop();
    }
  });

  it('keep nobody waiting while it pauses, accept nothing, and go on when it does', async () => {
    equal(await outcome(nodes[0], NOW, 'a'), 'fresh');
    await redis.command('CLIENT', 'PAUSE', String(PAUSE_MS), 'WRITE');
    const began = performance.now();
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, (_, index) => outcome(nodes[0], NOW, `n${index}`)),
    );
    deepEqual([...new Set(outcomes)], ['unavailable']);
    ok(performance.now() - began < BOUND_MS);
    await redis.command('CLIENT', 'UNPAUSE');
    await healed(nodes[0], NOW);
    equal(await outcome(nodes[0], NOW, 'a'), 'used');
    equal(await outcome(nodes[0], NOW, 'z'), 'fresh');
  });

  it('keep nobody waiting while it is stopped, and go on when it is continued', async () => {
    equal(await outcome(nodes[0], NOW, 'a'), 'fresh');
    redis.signal('SIGSTOP');
    const began = performance.now();
    equal(await outcome(nodes[0], NOW, 'b'), 'unavailable');
    await rejects(nodes[0].status(), StorageUnavailable);
    ok(performance.now() - began < BOUND_MS);
    redis.signal('SIGCONT');
    await healed(nodes[0], NOW);
    equal(await outcome(nodes[0], NOW, 'a'), 'used');
    equal(await outcome(nodes[1], NOW, 'c'), 'fresh');
  });
});

describe('a Redis with a password', () => {
  it('refuses a wrong one, which is never repeated', async () => {
    const redis = await startRedis('--requirepass', 'open-sesame');
    after(() => redis.stop());
    const address = (password: string) => redisAddress(`redis://:${password}@127.0.0.1:${redis.port}/3`);
    await rejects(openRedis(address('hush')), (error: Error) => {
      ok(error instanceof StorageUnavailable);
      match(
        error.message,
        /^Redis at redis:\/\/127\.0\.0\.1:\d+\/3: it asks for another user name or password$/,
      );
      ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('hush'));
      return true;
    });
    (await openRedis(address('open-sesame'))).close();
  });
});
