import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { aConsumer, anEvent, NOW } from '../../../../test/support/records.ts';
import { reportUsage } from '../../../administration/index.ts';
import { FixedClock } from '../../../base/index.ts';
import { dayOf, type Storage, type UsageCount } from '../../../model/index.ts';
import { createMemoryStorage } from '../../../storage/memory/index.ts';
import { type Patient, USED_DAYS } from '../check.ts';
import { legacyCheck, methodsCheck, unusedConsumersCheck } from './consumers.ts';

const LONG_AGO = NOW - 200 * 86_400;

describe('what the doctor says of consumers', () => {
  const clock = new FixedClock(NOW);
  let storage: Storage;
  beforeEach(async () => {
    storage = createMemoryStorage({ clock });
    for (const key of ['old', 'busy', 'new']) {
      const createdAt = key === 'new' ? NOW : LONG_AGO;
      const consumer = aConsumer({ key, createdAt, allowPlaintext: key !== 'new', legacy10: key === 'old' });
      await storage.consumers.add(consumer, anEvent());
    }
  });

  async function patient(...counts: Partial<UsageCount>[]): Promise<Patient> {
    const usual = {
      consumerKey: 'busy',
      day: dayOf(NOW),
      version: '1.0a',
      requests: 3,
      lastAt: NOW,
    } as const;
    await storage.usage.add(counts.map((count) => ({ ...usual, method: 'HMAC-SHA1', ...count })));
    const all = { search: '', sort: 'key', descending: false, offset: 0, limit: 99 } as const;
    const { rows: consumers } = await storage.consumers.list(all);
    const usage = await reportUsage({ storage, clock }, USED_DAYS);
    return { storage, now: NOW, consumers, usage } as unknown as Patient;
  }

  it('names those without an accepted request, two-legged ones included, and without a used token', async () => {
    const { state, finding } = await unusedConsumersCheck.examine(await patient({}));
    assert.deepEqual([state, finding], ['warning', 'not used for 90 days: old']);
  });

  it('names who signs with which method, and warns of those that should go', async () => {
    assert.deepEqual(await methodsCheck.examine(await patient()), {
      state: 'ok',
      finding: 'no request was accepted within 90 days',
      advice: null,
    });
    const usual = await methodsCheck.examine(await patient({}));
    assert.deepEqual([usual.state, usual.finding], ['ok', 'within 90 days: HMAC-SHA1 by busy']);
    const outdated = await methodsCheck.examine(await patient({ method: 'PLAINTEXT', consumerKey: 'old' }));
    assert.equal(outdated.state, 'warning');
    assert.match(outdated.finding, /PLAINTEXT by old; HMAC-SHA1 by busy/);
  });

  it('tells an exception that is used from one that can be taken back', async () => {
    const { finding } = await legacyCheck.examine(await patient({ method: 'PLAINTEXT' }));
    assert.equal(
      finding,
      'PLAINTEXT is allowed to busy, old, and used by busy within 90 days; OAuth 1.0 of 2007 is allowed to old, and nobody used it within 90 days',
    );
  });

  it('skips what it cannot know', async () => {
    const nobody = { storage: null, usage: null, consumers: [], now: NOW } as unknown as Patient;
    for (const check of [unusedConsumersCheck, methodsCheck, legacyCheck]) {
      assert.equal((await check.examine(nobody)).state, 'skipped');
    }
  });
});
