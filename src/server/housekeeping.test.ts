import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { FixedClock } from '../base/index.ts';
import { dayOf, type Storage, type UsageCount } from '../model/index.ts';
import { TokenUses, UsageCounter } from '../provider/index.ts';
import { purgeWhatIsOver, startHousekeeping } from './housekeeping.ts';

const NOW = 1_800_000_000;
const retention = { auditSeconds: 730 * 86_400 };

/** A storage with so many expired request tokens, which counts what is asked of it. */
function storageWith(expired: number, entries = 0): { storage: Storage; calls: string[] } {
  const calls: string[] = [];
  let left = expired;
  const toIndex = { left: entries };
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
    audit: {
      ...purgeNothing('audit entries'),
      async index(limit: number) {
        const taken = Math.min(toIndex.left, limit);
        toIndex.left -= taken;
        calls.push(`${taken} entries indexed`);
        return taken;
      },
    },
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
    await purgeWhatIsOver(storage, NOW, retention);
    assert.equal(calls.filter((call) => call.startsWith('request tokens')).length, 3);
  });

  it('lets requests through between any two of four hundred batches, none of which is large', async () => {
    const { storage, calls } = storageWith(200_000);
    const limits = new Set<number>();
    const { purge } = storage.requestTokens;
    let [turns, turnsAtLastBatch, batchesWithoutTurn] = [0, -1, 0];
    storage.requestTokens.purge = (before, limit) => {
      limits.add(limit);
      if (turns === turnsAtLastBatch) batchesWithoutTurn += 1;
      turnsAtLastBatch = turns;
      return purge(before, limit);
    };
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    turn();
    await purgeWhatIsOver(storage, NOW, retention);
    isOver = true;
    assert.equal(calls.filter((call) => call.startsWith('request tokens')).length, 401);
    assert.deepEqual([...limits], [500]);
    assert.equal(batchesWithoutTurn, 0);
  });

  it('rests after each batch four times as long as it took', async () => {
    const { storage } = storageWith(1500);
    const { purge } = storage.requestTokens;
    const spans: { from: number; to: number }[] = [];
    storage.requestTokens.purge = async (before, limit) => {
      const from = performance.now();
      while (performance.now() < from + 5);
      spans.push({ from, to: performance.now() });
      return purge(before, limit);
    };
    await purgeWhatIsOver(storage, NOW, retention);
    for (const [index, { from, to }] of spans.slice(0, -1).entries())
      assert.ok(spans[index + 1]!.from - to >= 3 * (to - from));
  });

  it('ends in the middle of its work when it is told to', async () => {
    const { storage, calls } = storageWith(5_000);
    const stopped = new AbortController();
    const working = purgeWhatIsOver(storage, NOW, retention, stopped.signal);
    stopped.abort();
    await working;
    assert.equal(calls.length, 1);
  });

  it('still knows for a day what became of a request token, and for a week of an access token', async () => {
    const { storage, calls } = storageWith(0);
    await purgeWhatIsOver(storage, NOW, retention);
    assert.deepEqual(calls, [
      'request tokens before -86400',
      'access tokens before -604800',
      'sessions before 0',
      'pending connections before 0',
      'attempts before -7200',
      'refusals before -259200',
      'usage before day -400',
      'audit entries before -63072000',
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
      retention,
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
      retention,
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
      retention,
      forgetOldKey,
      onTrouble,
    }).stop();
    assert.equal(trouble.length, 1);
  });

  it('takes new entries of the audit log into its index, in small batches, again and again', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const { storage, calls } = storageWith(0, 1200);
    const housekeeping = startHousekeeping({
      storage,
      uses: new TokenUses(),
      usage: new UsageCounter(),
      clock: new FixedClock(NOW),
      retention,
      forgetOldKey,
      onTrouble: assert.ifError,
    });
    const indexed = async (batches: number) => {
      while (calls.filter((call) => call.endsWith('indexed')).length < batches) await othersTurn();
    };
    mock.timers.tick(10_000);
    await indexed(3);
    await othersTurn();
    mock.timers.tick(10_000);
    await indexed(4);
    mock.timers.reset();
    await housekeeping.stop();
    assert.deepEqual(
      calls.filter((call) => call.endsWith('indexed')),
      ['500 entries indexed', '500 entries indexed', '200 entries indexed', '0 entries indexed'],
    );
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
      retention,
      forgetOldKey: async () => forgotten.push('old key'),
      onTrouble: (error) => trouble.push(error),
    });
    await housekeeping.stop();
    assert.deepEqual([trouble.length, forgotten], [1, ['old key']]);
  });
});
