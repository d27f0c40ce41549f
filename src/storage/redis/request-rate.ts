/**
 * Request rates in Redis: all nodes count together, by Redis's own clock. The arithmetic is that of the rates in
 * memory. What Redis forgets here is no danger: for one period a consumer may make more requests than it should.
 */
import type { RequestRate, RequestRateLimiter } from '../../model/index.ts';
import type { RedisLink, RedisScript } from './link.ts';

/** Key: the consumer's. Arguments: cost of one request and period, in microseconds. Gives microseconds to wait. */
export const TAKE: RedisScript = {
  name: 'countersignTake',
  lua: `
local cost, period = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local before = math.min(tonumber(redis.call('GET', KEYS[1]) or 0), now + period)
local after = math.max(before, now) + cost
local wait = math.max(0, math.ceil(after - now - period))
local paid = wait > 0 and before or after
redis.call('SET', KEYS[1], string.format('%.0f', paid), 'PX', math.ceil((paid - now) / 1000) + 1000)
return wait
`,
};

const MICROSECONDS = 1_000_000;

/** @param scope what the installation is called in Redis, so that two of them do not count together */
export function createRedisRequestRate(
  link: RedisLink,
  { requests, seconds }: RequestRate,
  scope: string,
): RequestRateLimiter {
  const period = seconds * MICROSECONDS;
  const cost = Math.floor(period / requests);
  return {
    async take(consumerKey) {
      const wait = await link.run(TAKE, `countersign:rate:{${scope}}:${consumerKey}`, [cost, period]);
      return Number(wait) / MICROSECONDS;
    },
  };
}
