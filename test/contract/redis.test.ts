/** Redis keeps the contracts of nonces, with their lease in the embedded database, and of request rates. */
import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import type { RequestRateLimiter } from '../../src/model/index.ts';
import { openRedis } from '../../src/storage/redis/index.ts';
import { newPlace, openNode, redisAddress } from '../support/redis-nonces.ts';
import { startRedis } from '../support/redis-server.ts';
import { describeNonces } from './nonces.contract.ts';
import { describeSharedNonces } from './races.contract.ts';
import { describeRequestRate } from './request-rate.contract.ts';

const redis = await startRedis();
after(() => redis.stop());

describeNonces('Redis', async (clock, windowSeconds, quotaPerConsumer) => {
  const place = newPlace(redis.url);
  after(() => place[Symbol.dispose]());
  return openNode(place, clock, windowSeconds, quotaPerConsumer);
});

describeSharedNonces('Redis', async (clocks, windowSeconds) => {
  const place = newPlace(redis.url);
  after(() => place[Symbol.dispose]());
  const [one, two] = await Promise.all(clocks.map((clock) => openNode(place, clock, windowSeconds)));
  return [one!, two!];
});

describeRequestRate('Redis, counted by two nodes in turn', async (rate): Promise<RequestRateLimiter> => {
  const scope = randomUUID();
  const servers = await Promise.all([1, 2].map(() => openRedis(redisAddress(redis.url))));
  after(() => {
    for (const server of servers) server.close();
  });
  const nodes = servers.map((server) => server.requestRate(rate, scope));
  let turn = 0;
  return {
    take(consumerKey) {
      turn += 1;
      return nodes[turn % nodes.length]!.take(consumerKey);
    },
  };
});
