import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AccessTokenStore, StorageUnavailable } from '../model/index.ts';
import { TokenUses } from './token-uses.ts';

function recordingStore(): {
  store: AccessTokenStore;
  batches: Map<string, number>[];
  fail(isFailing: boolean): void;
} {
  const batches: Map<string, number>[] = [];
  let failing = false;
  const noteUse = async (uses: ReadonlyMap<string, number>) => {
    if (failing) throw new StorageUnavailable('down');
    batches.push(new Map(uses));
  };
  return {
    store: { noteUse } as AccessTokenStore,
    batches,
    fail(isFailing) {
      failing = isFailing;
    },
  };
}

describe('uses of access tokens', () => {
  it('are written in one batch, each token once with its last use', async () => {
    const { store, batches } = recordingStore();
    const uses = new TokenUses();
    uses.note('a', 1);
    uses.note('b', 2);
    uses.note('a', 3);
    await uses.flush(store);
    await uses.flush(store);
    assert.deepEqual(batches, [
      new Map([
        ['a', 3],
        ['b', 2],
      ]),
    ]);
  });

  it('are kept when storage fails, and never go back in time', async () => {
    const { store, batches, fail } = recordingStore();
    const uses = new TokenUses();
    uses.note('a', 1);
    uses.note('b', 1);
    fail(true);
    const flushing = uses.flush(store);
    uses.note('a', 5);
    await assert.rejects(flushing, StorageUnavailable);
    fail(false);
    await uses.flush(store);
    assert.deepEqual(batches, [
      new Map([
        ['a', 5],
        ['b', 1],
      ]),
    ]);
  });
});
