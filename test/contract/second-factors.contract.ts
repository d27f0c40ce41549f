/** What every storage must do with second factors. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anEvent, aSecondFactor, aUser } from '../support/records.ts';
import { type OpenStorage, withStorage } from './opened-storage.ts';

export function describeSecondFactors(open: OpenStorage): void {
  describe('second factors', () => {
    const opened = withStorage(open);
    const added = async () => {
      await opened.storage.users.add(aUser(), anEvent());
      await opened.storage.secondFactors.add(aSecondFactor(), anEvent());
      return opened.storage.secondFactors;
    };

    it('come back as they were added, one for each user who is there', async () => {
      const factors = opened.storage.secondFactors;
      equal(await factors.add(aSecondFactor(), anEvent()), false);
      await added();
      deepEqual(await factors.find('ALICE'), aSecondFactor());
      equal((await factors.find('alice'))?.secret.reveal(), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
      equal(await factors.add(aSecondFactor({ lastStep: 1 }), anEvent()), false);
      equal((await factors.find('alice'))?.lastStep, 60_000_000);
    });

    it('are known by their age, those of administrators alone', async () => {
      const { users, secondFactors } = opened.storage;
      for (const [name, isAdministrator, createdAt] of [
        ['root', true, 10],
        ['Rita', true, 30],
        ['carol', false, 30],
        ['old', true, 5],
      ] as const) {
        await users.add(aUser({ name, isAdministrator }), anEvent());
        await secondFactors.add(aSecondFactor({ userName: name, createdAt }), anEvent());
      }
      const rita = { userName: 'Rita', createdAt: 30 };
      deepEqual(await secondFactors.listNewOfAdministrators(10, 9), [
        rita,
        { userName: 'root', createdAt: 10 },
      ]);
      deepEqual(await secondFactors.listNewOfAdministrators(10, 1), [rita]);
      deepEqual(await secondFactors.listNewOfAdministrators(31, 9), []);
    });

    it('let each step be taken once, and none before it', async () => {
      const factors = await added();
      equal(await factors.takeStep('alice', 60_000_000), false);
      const takers = Array.from({ length: 5 }, () => factors.takeStep('alice', 60_000_002));
      equal((await Promise.all(takers)).filter(Boolean).length, 1);
      equal(await factors.takeStep('alice', 60_000_001), false);
      equal(await factors.takeStep('alice', 60_000_003), true);
      equal(await factors.takeStep('bob', 60_000_003), false);
    });

    it('let each recovery code be taken once', async () => {
      const factors = await added();
      equal(await factors.takeRecoveryCode('alice', 'unknown', anEvent()), false);
      const event = anEvent({ action: 'second-factor.recover' });
      const takers = Array.from({ length: 5 }, () => factors.takeRecoveryCode('alice', 'one', event));
      equal((await Promise.all(takers)).filter(Boolean).length, 1);
      deepEqual((await factors.find('alice'))?.recoveryHashes, ['two']);
      const { total } = await opened.storage.audit.list(
        { action: event.action },
        { search: '', offset: 0, limit: 9 },
      );
      equal(total, 1);
      equal(await factors.replaceRecoveryCodes('alice', ['three'], anEvent()), true);
      equal(await factors.takeRecoveryCode('alice', 'two', anEvent()), false);
      equal(await factors.replaceRecoveryCodes('bob', [], anEvent()), false);
    });

    it('go when they are removed, and with their user', async () => {
      const factors = await added();
      equal(await factors.remove('alice', anEvent()), true);
      equal(await factors.remove('alice', anEvent()), false);
      await factors.add(aSecondFactor(), anEvent());
      await opened.storage.users.remove('alice', anEvent());
      await opened.storage.users.add(aUser(), anEvent());
      equal(await factors.find('alice'), null);
    });
  });
}
