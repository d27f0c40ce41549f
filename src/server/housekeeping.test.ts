import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FixedClock } from '../base/index.ts';
import { dayOf, type Storage, type UsageCount } from '../model/index.ts';
import { UsageCounter } from '../provider/index.ts';
import { purgeWhatIsOver, startHousekeeping } from './housekeeping.ts';
import { TokenUses } from './token-uses.ts';

const NOW = 1_800_000_000;

/** A storage with so many expired request tokens, which counts what is asked of it. */
function storageWith(expired: number): { storage: Storage; calls: string[] } {
  const calls: string[] = [];
  let left = expired;
  const purgeNothing = (name: string) => ({
    async purge(before: number) {
      calls.push(`${name} before ${before - NOW}`);
      return 0;
    },
  });
  const storage = {
    requestTokens: {
      async purge(before: number, limit: number) {
        calls.push(`request tokens before ${before - NOW}`);
        const purged = Math.min(left, limit);
        left -= purged;
        return purged;
      },
    },
    accessTokens: {
      ...purgeNothing('access tokens'),
      async noteUse(uses: ReadonlyMap<string, number>) {
        calls.push(`uses of ${[...uses.keys()]}`);
      },
    },
    sessions: purgeNothing('sessions'),
    connections: { purgePending: purgeNothing('pending connections').purge },
    attempts: purgeNothing('attempts'),
    refusals: purgeNothing('refusals'),
    usage: {
      async purge(beforeDay: number) {
        calls.push(`usage before day ${beforeDay - dayOf(NOW)}`);
        return 0;
      },
      async add(counts: readonly UsageCount[]) {
        calls.push(`requests of ${counts.map(({ consumerKey }) => consumerKey)}`);
      },
    },
  } as unknown as Storage;
  return { storage, calls };
}

const forgetOldKey = async () => {};

describe('housekeeping', () => {
  it('deletes in small batches until nothing is left that is over', async () => {
    const { storage, calls } = storageWith(1200);
    await purgeWhatIsOver(storage, NOW);
    assert.equal(calls.filter((call) => call.startsWith('request tokens')).length, 3);
  });

  it('still knows for a day what became of a request token, and for a week of an access token', async () => {
    const { storage, calls } = storageWith(0);
    await purgeWhatIsOver(storage, NOW);
    assert.deepEqual(calls, [
      'request tokens before -86400',
      'access tokens before -604800',
      'sessions before 0',
      'pending connections before 0',
      'attempts before -7200',
      'refusals before -86400',
      'usage before day -400',
    ]);
  });

  it('writes the last uses and counts down when it is stopped', async () => {
    const { storage, calls } = storageWith(0);
    const uses = new TokenUses();
    const clock = new FixedClock(NOW);
    const usage = new UsageCounter();
    const housekeeping = startHousekeeping({
      storage,
      uses,
      usage,
      clock,
      forgetOldKey,
      onTrouble: assert.ifError,
    });
    uses.note('token-id', NOW);
    usage.note('wiki', 'HMAC-SHA1', '1.0a', NOW);
    await housekeeping.stop();
    assert.deepEqual(calls.slice(-2), ['uses of token-id', 'requests of wiki']);
  });

  it('writes the counts down although the last uses cannot be', async () => {
    const { storage, calls } = storageWith(0);
    storage.accessTokens.noteUse = () => Promise.reject(new Error('disk'));
    const [uses, usage, trouble] = [new TokenUses(), new UsageCounter(), [] as unknown[]];
    uses.note('token-id', NOW);
    usage.note('wiki', 'HMAC-SHA1', '1.0a', NOW);
    const onTrouble = (error: unknown) => trouble.push(error);
    await startHousekeeping({
      storage,
      uses,
      usage,
      clock: new FixedClock(NOW),
      forgetOldKey,
      onTrouble,
    }).stop();
    assert.equal(trouble.length, 1);
    assert.equal(calls.at(-1), 'requests of wiki');
  });

  it('tells trouble and goes on', async () => {
    const trouble: unknown[] = [];
    const failing = { purge: () => Promise.reject(new Error('disk')) };
    const storage = { requestTokens: failing, accessTokens: failing } as unknown as Storage;
    const clock = new FixedClock(NOW);
    const onTrouble = (error: unknown) => trouble.push(error);
    await startHousekeeping({
      storage,
      uses: new TokenUses(),
      usage: new UsageCounter(),
      clock,
      forgetOldKey,
      onTrouble,
    }).stop();
    assert.equal(trouble.length, 1);
  });

  it('forgets our old key, also when what is over could not be deleted', async () => {
    const trouble: unknown[] = [];
    const forgotten: string[] = [];
    const failing = { purge: () => Promise.reject(new Error('disk')) };
    const housekeeping = startHousekeeping({
      storage: { requestTokens: failing } as unknown as Storage,
      uses: new TokenUses(),
      usage: new UsageCounter(),
      clock: new FixedClock(NOW),
      forgetOldKey: async () => forgotten.push('old key'),
      onTrouble: (error) => trouble.push(error),
    });
    await housekeeping.stop();
    assert.deepEqual([trouble.length, forgotten], [1, ['old key']]);
  });
});
