import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { type NonceStatus, type Storage, StorageUnavailable } from '../../model/index.ts';
import { createProbe } from './probe.ts';

const WELL: NonceStatus = { remembered: 1, floor: 2, leaseUntil: 3 };

function probeOf(isEmpty: () => Promise<boolean>, status: () => Promise<NonceStatus> = async () => WELL) {
  return createProbe({ users: { isEmpty } } as unknown as Storage, { status }, async () => []);
}

describe('a probe', () => {
  it('says how long the database took, and how nonces are', async () => {
    const probe = probeOf(async () => false);
    const seconds = await probe.database();
    assert.ok(seconds !== null && seconds >= 0);
    assert.deepEqual(await probe.nonces(), WELL);
  });

  it('says so when one of them cannot answer', async () => {
    const down = () => Promise.reject(new StorageUnavailable('down'));
    const probe = probeOf(down, down);
    assert.equal(await probe.database(), null);
    assert.equal(await probe.nonces(), null);
  });

  it('waits a second for one that hangs, and asks once for all who wait', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let asked = 0;
    const probe = probeOf(() => {
      asked += 1;
      return new Promise(() => {});
    });
    const answers = Promise.all([probe.database(), probe.database()]);
    mock.timers.tick(1000);
    assert.deepEqual(await answers, [null, null]);
    assert.equal(asked, 1);
    mock.timers.reset();
  });
});
