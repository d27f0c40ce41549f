/**
 * What Redis does with nonces, as scripts: each runs alone, so looking and adding are one step. The key of an era
 * holds the history it was begun in, the floor, and a mark for every timestamp that ever had a nonce; beside it
 * stands one set of digests for each timestamp. Whatever Redis may lose shows:
 *
 * - all of it, or the era's key: there is no era, and nothing is accepted;
 * - a restart, a fail-over to a replica: `master_replid` is another one, and nothing is accepted;
 * - the set of one timestamp (evicted, expired, deleted): its mark is still there, and that timestamp is refused.
 */
import type { RedisScript } from './link.ts';

/** How long Redis keeps the key of an era that nobody uses, in seconds. */
const ERA_TTL_SECONDS = 86_400;

/** How far the cutoff has moved when the past is forgotten, in seconds. */
const PRUNE_SECONDS = 5;

const HISTORY = `string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')`;

/**
 * Begins an era. Key: the era's. Argument: its floor. Gives 1; 0 if it was begun before.
 */
export const BEGIN_ERA: RedisScript = {
  name: 'countersignBeginEra',
  lua: `
local history = ${HISTORY}
if not history then return redis.error_reply('ERR INFO replication gives no master_replid') end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'history', history, 'floor', ARGV[1], 'cutoff', 0)
redis.call('EXPIRE', KEYS[1], ${ERA_TTL_SECONDS})
return 1
`,
};

/**
 * Burns nonces. Key: the era's. Arguments: the cutoff, the seconds a set is kept, then timestamp and digest of each.
 * Gives the floor and one letter for each nonce: f fresh, u used, o unsure; nil if this is not the era's Redis.
 */
export const BURN: RedisScript = {
  name: 'countersignBurn',
  lua: `
local era = KEYS[1]
local facts = redis.call('HMGET', era, 'history', 'floor', 'cutoff')
if not facts[1] or facts[1] ~= ${HISTORY} then return false end
local floor, cutoff = tonumber(facts[2]), tonumber(ARGV[1])
redis.call('EXPIRE', era, ${ERA_TTL_SECONDS})

if cutoff >= tonumber(facts[3]) + ${PRUNE_SECONDS} then
  for _, mark in ipairs(redis.call('HKEYS', era)) do
    local timestamp = tonumber(mark)
    if timestamp and timestamp < cutoff then
      floor = math.max(floor, timestamp)
      redis.call('HDEL', era, mark)
      redis.call('UNLINK', era .. ':' .. mark)
    end
  end
  redis.call('HSET', era, 'floor', floor, 'cutoff', cutoff)
end

local function burn(mark, digest)
  if tonumber(mark) <= floor then return 'o' end
  local set = era .. ':' .. mark
  if redis.call('SADD', set, digest) == 0 then return 'u' end
  if redis.call('SCARD', set) > 1 then return 'f' end
  if redis.call('HSETNX', era, mark, 1) == 1 then
    redis.call('EXPIRE', set, ARGV[2])
    return 'f'
  end
  redis.call('UNLINK', set)
  return 'o'
end

local outcomes = {}
for i = 3, #ARGV, 2 do outcomes[#outcomes + 1] = burn(ARGV[i], ARGV[i + 1]) end
return { floor, table.concat(outcomes) }
`,
};
