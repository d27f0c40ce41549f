/** What every storage must find of what ends by itself. */
import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../src/base/index.ts';
import { aConsumer, anApiKey, anEvent, aUser, NOW } from '../support/records.ts';
import { type OpenStorage, withStorage } from './opened-storage.ts';

export function describeEndings(open: OpenStorage): void {
  describe('what ends by itself', () => {
    const opened = withStorage(open);

    it('is found between two moments, the earliest first, and so many of each kind', async () => {
      const { consumers, users, apiKeys, endings } = opened.storage;
      await users.add(aUser(), anEvent());
      const credential = { kind: 'shared-secret', secret: new Secret('the old secret') } as const;
      for (const [key, seconds] of Object.entries({ over: -1, now: 0, soon: 20, late: 99 })) {
        const retiring = { credential, validUntil: NOW + seconds };
        await consumers.add(aConsumer({ key, name: `The ${key}`, retiring, owner: null }), anEvent());
        await apiKeys.add(anApiKey(`key-${key}`, { expiresAt: NOW + seconds + 1 }), anEvent());
      }
      await consumers.add(aConsumer({ key: 'endless', retiring: null, owner: null }), anEvent());
      await apiKeys.add(anApiKey('key-endless', { expiresAt: null }), anEvent());
      const found = await endings.listBetween(NOW, NOW + 21, 9);
      deepEqual(
        found.map(({ id, endsAt }) => [id, endsAt - NOW]),
        [
          ['key-over', 0],
          ['now', 0],
          ['key-now', 1],
          ['soon', 20],
          ['key-soon', 21],
        ],
      );
      const { label, userName } = anApiKey('key-now');
      deepEqual(found[1], {
        kind: 'consumer-credential',
        id: 'now',
        name: 'The now',
        userName: null,
        endsAt: NOW,
      });
      deepEqual(found[2], { kind: 'api-key', id: 'key-now', name: label, userName, endsAt: NOW + 1 });
      const first = await endings.listBetween(NOW, NOW + 21, 1);
      deepEqual(
        first.map(({ id }) => id),
        ['key-over', 'now'],
      );
    });
  });
}
