import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProviderWorld } from '../../test/support/provider-world.ts';
import { dayOf, StorageUnavailable, type UsageCount, type UsageStore } from '../model/index.ts';
import { authenticate, issueAccessToken, issueRequestToken, UsageCounter } from './index.ts';

const NOW = 1_800_000_000;
const DAY = 86_400;

/** A store that keeps what it is given, and fails when it is told to. */
function recordingStore() {
  const batches: UsageCount[][] = [];
  const state = { isFailing: false, batches };
  const add = async (counts: readonly UsageCount[]) => {
    if (state.isFailing) throw new StorageUnavailable('down');
    batches.push([...counts]);
  };
  return {
    ...state,
    store: { add } as UsageStore,
    fail: (isFailing: boolean) => (state.isFailing = isFailing),
  };
}

const countOf = (fields: Partial<UsageCount>): UsageCount => ({
  consumerKey: 'wiki',
  day: dayOf(NOW),
  method: 'HMAC-SHA1',
  version: '1.0a',
  requests: 1,
  lastAt: NOW,
  ...fields,
});

describe('counting accepted requests', () => {
  it('tells apart consumers, days, methods and versions', async () => {
    const { store, batches } = recordingStore();
    const counter = new UsageCounter();
    counter.note('wiki', 'HMAC-SHA1', '1.0a', NOW);
    counter.note('wiki', 'HMAC-SHA1', '1.0a', NOW + 5);
    counter.note('wiki', 'PLAINTEXT', '1.0', NOW);
    counter.note('cli', 'RSA-SHA256', '1.0a', NOW);
    counter.note('wiki', 'HMAC-SHA1', '1.0a', NOW + DAY);
    await counter.flush(store);
    await counter.flush(store);
    assert.deepEqual(batches, [
      [
        countOf({ requests: 2, lastAt: NOW + 5 }),
        countOf({ method: 'PLAINTEXT', version: '1.0' }),
        countOf({ day: dayOf(NOW + DAY), lastAt: NOW + DAY }),
        countOf({ consumerKey: 'cli', method: 'RSA-SHA256' }),
      ],
    ]);
  });

  it('keeps what storage did not take, as one count however often it failed', async () => {
    const { store, batches, fail } = recordingStore();
    const counter = new UsageCounter();
    fail(true);
    for (const second of [1, 2, 3]) {
      counter.note('wiki', 'HMAC-SHA1', '1.0a', NOW + second);
      await assert.rejects(counter.flush(store), StorageUnavailable);
    }
    fail(false);
    await counter.flush(store);
    assert.deepEqual(batches, [[countOf({ requests: 3, lastAt: NOW + 3 })]]);
  });

  it('goes on while a write is under way, and writes the rest after it', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const written: number[] = [];
    const store = {
      async add(counts: readonly UsageCount[]) {
        await released;
        written.push(...counts.map(({ requests }) => requests));
      },
    } as UsageStore;
    const counter = new UsageCounter();
    counter.note('wiki', 'HMAC-SHA1', '1.0a', NOW);
    const first = counter.flush(store);
    await Promise.resolve();
    counter.note('wiki', 'HMAC-SHA1', '1.0a', NOW);
    counter.note('wiki', 'HMAC-SHA1', '1.0a', NOW);
    const second = counter.flush(store);
    release();
    await Promise.all([first, second]);
    assert.deepEqual(written, [1, 2]);
  });

  it('writes many consumers in batches', async () => {
    const { store, batches } = recordingStore();
    const counter = new UsageCounter();
    for (let index = 0; index < 1200; index += 1) counter.note(`c${index}`, 'HMAC-SHA1', '1.0a', NOW);
    await counter.flush(store);
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [500, 500, 200],
    );
  });
});

describe('what is counted', () => {
  it('is each accepted request of the dance and with a token, by its method', async () => {
    const world = await createProviderWorld();
    const { context, accepted, request, alice } = world;
    const { token, secret } = await world.dance('cli', alice);
    const signed = { token, tokenSecret: secret, signatureMethod: 'HMAC-SHA256' } as const;
    await authenticate(context, request('cli', '/rest/issues', signed));
    assert.deepEqual(
      accepted.map(([key, method, version]) => `${key} ${method} ${version}`),
      ['cli HMAC-SHA1 1.0a', 'cli HMAC-SHA1 1.0a', 'cli HMAC-SHA256 1.0a'],
    );
  });

  it('is the dance of 2007 as that', async () => {
    const { context, accepted, request, addConsumer } = await createProviderWorld();
    await addConsumer('old', { secret: 'cli-shared-secret', legacy10: true });
    await issueRequestToken(context, request('old', '/oauth/request-token'));
    assert.deepEqual(
      accepted.map(([, , version]) => version),
      ['1.0'],
    );
  });

  it('is no refused request', async () => {
    const { context, accepted, request } = await createProviderWorld();
    const forged = request('cli', '/rest/issues', { tamper: (sent) => ({ ...sent, query: 'more=1' }) });
    await assert.rejects(async () => authenticate(context, forged));
    const unknown = request('cli', '/oauth/access-token', { token: 'none', verifier: 'v' });
    await assert.rejects(issueAccessToken(context, unknown));
    assert.deepEqual(accepted, []);
  });
});
