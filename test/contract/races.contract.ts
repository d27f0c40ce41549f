/**
 * What must hold between servers that share a database: of what only one may do, one does it, whichever server it
 * asked; nothing that one of them was told is lost to another; and what one acknowledged, the others know at once.
 */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FixedClock } from '../../src/base/index.ts';
import type { NonceStore, Storage } from '../../src/model/index.ts';
import { arrival } from '../support/arrival.ts';
import {
  aConnection,
  aConsumer,
  anAccessToken,
  anEvent,
  anInstallation,
  aRequestToken,
  aServiceProvider,
  aUser,
  everything,
  NOW,
} from '../support/records.ts';
import { addAccessToken, addOwners } from './opened-storage.ts';

/** Opens two storages on one new database. */
export type OpenTwo = (clock: FixedClock) => Promise<readonly [Storage, Storage]>;

const { hash } = aRequestToken();

export function describeRaces(name: string, open: OpenTwo): void {
  describe(`two servers on one database of ${name}`, () => {
    let one: Storage;
    let two: Storage;
    beforeEach(async () => {
      [one, two] = await open(new FixedClock(NOW));
      await addOwners(one);
    });
    afterEach(() => Promise.all([one.close(), two.close()]));

    /** Asks both servers in turn, all at once. */
    const race = <T>(times: number, ask: (storage: Storage, index: number) => Promise<T>): Promise<T[]> =>
      Promise.all(Array.from({ length: times }, (_, index) => ask(index % 2 === 0 ? one : two, index)));

    it('exchange a request token once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const request = `request ${round}`;
        await one.requestTokens.add(aRequestToken({ hash: request, state: 'approved', userName: 'Alice' }));
        const outcomes = await race(20, ({ requestTokens }, index) =>
          requestTokens.exchange(request, anAccessToken(`${round}-${index}`), anEvent()),
        );
        equal(outcomes.filter((outcome) => outcome === 'done').length, 1);
      }
      equal((await two.accessTokens.list({}, everything('created'), NOW)).total, 5);
    });

    it('compare no more wrong verifiers than one may, and as many right ones as come', async () => {
      const verifierHash = 'right';
      await one.requestTokens.add(aRequestToken({ state: 'approved', userName: 'Alice', verifierHash }));
      const rightly = await race(40, ({ requestTokens }) => requestTokens.tryVerifier(hash, ['right'], 5));
      deepEqual(new Set(rightly), new Set(['right']));
      const wrongly = await race(40, ({ requestTokens }) => requestTokens.tryVerifier(hash, ['wrong'], 5));
      equal(wrongly.filter((outcome) => outcome === 'wrong').length, 4);
      equal(await two.requestTokens.tryVerifier(hash, ['right'], 5), 'destroyed');
    });

    it('bind a request token to one user, and take one decision', async () => {
      await one.requestTokens.add(aRequestToken());
      const bound = await race(20, ({ requestTokens }, index) =>
        requestTokens.bindUser(hash, index % 3 === 0 ? 'Alice' : 'Bob'),
      );
      equal(new Set(bound).size, 1);
      const outcomes = await race(20, ({ requestTokens }, index) => {
        const state = index % 3 === 0 ? 'approved' : 'denied';
        return requestTokens.decide(hash, { state, userName: bound[0]!, verifierHash: null }, anEvent());
      });
      equal(outcomes.filter((outcome) => outcome === 'done').length, 1);
    });

    it('renew an access token once, and never past the revocation of all', async () => {
      await addAccessToken(one, 'first');
      const renewed = await race(20, ({ accessTokens }, index) =>
        accessTokens.renew(anAccessToken('first').hash, anAccessToken(`renewed ${index}`), anEvent()),
      );
      equal(renewed.filter((outcome) => outcome === 'done').length, 1);
      for (let round = 0; round < 10; round += 1) {
        await addAccessToken(one, `old ${round}`);
        await Promise.all([
          one.accessTokens.renew(
            anAccessToken(`old ${round}`).hash,
            anAccessToken(`new ${round}`),
            anEvent(),
          ),
          two.accessTokens.revokeAll(
            round % 2 === 0 ? { userName: 'Alice' } : { consumerKey: 'wiki' },
            NOW,
            anEvent(),
          ),
        ]);
        equal((await one.accessTokens.list({}, everything('created'), NOW)).total, 0);
      }
    });

    it('know of a revocation, a removal and a disabled user as soon as the other was told', async () => {
      for (const token of ['a', 'b', 'c']) await addAccessToken(one, token);
      // A request that begins after the acknowledgement comes in a later turn of the other server's event loop.
      const look = async (token: string) => {
        await arrival();
        return two.grounds.lookUp('wiki', token);
      };
      ok((await look('a')).token);
      await one.accessTokens.revoke('id-a', null, NOW, anEvent());
      equal((await look('a')).token?.revokedAt, NOW);
      await one.users.update('Alice', { isDisabled: true }, anEvent());
      equal((await look('b')).user?.isDisabled, true);
      await one.consumers.remove('wiki', anEvent());
      deepEqual([(await look('c')).consumer, (await look('c')).token], [null, null]);
    });

    it('leave nothing behind of an owner who is removed while it is made', async () => {
      for (let round = 0; round < 5; round += 1) {
        await one.users.add(aUser({ name: 'Carl' }), anEvent());
        const request = `request ${round}`;
        await one.requestTokens.add(aRequestToken({ hash: request, state: 'approved', userName: 'Carl' }));
        await Promise.all([
          one.requestTokens.exchange(request, anAccessToken(`t${round}`, { userName: 'Carl' }), anEvent()),
          two.users.remove('Carl', anEvent()),
          one.requestTokens.add(aRequestToken({ hash: `other ${round}`, userName: 'Carl' })),
        ]);
        equal(await two.accessTokens.findById(`id-t${round}`), null);
        equal(await two.requestTokens.find(`other ${round}`), null);
      }
    });

    it('lose no attempt', async () => {
      const counts = await race(50, ({ attempts }) => attempts.count('bucket', NOW, 60));
      equal(new Set(counts).size, 50);
      equal(Math.max(...counts), 50);
    });

    it('have one first user', async () => {
      await one.users.remove('Alice', anEvent());
      await one.users.remove('Bob', anEvent());
      const added = await race(20, ({ users }, index) =>
        users.addFirst(aUser({ name: `u${index}` }), anEvent()),
      );
      equal(added.filter(Boolean).length, 1);
      equal((await two.users.list(everything('name'))).total, 1);
    });

    it('keep one of two administrators who take each other’s role away', async () => {
      for (let round = 0; round < 5; round += 1) {
        for (const name of ['Alice', 'Bob'])
          await one.users.update(name, { isAdministrator: true }, anEvent());
        const outcomes = await race(2, ({ users }, index) =>
          users.update(index === 0 ? 'Alice' : 'Bob', { isAdministrator: false }, anEvent(), {
            keepsAnAdministrator: true,
          }),
        );
        deepEqual(outcomes.toSorted(), ['done', 'last-administrator']);
      }
    });

    it('undo no change that the other makes at the same time', async () => {
      await one.installation.create(anInstallation());
      for (let round = 0; round < 5; round += 1) {
        await one.users.update('Alice', { isDisabled: false }, anEvent());
        await Promise.all([
          one.users.update('Alice', { isDisabled: true }, anEvent()),
          two.users.update('Alice', { passwordHash: `hash ${round}` }, anEvent()),
          one.installation.update({ name: `name ${round}` }, anEvent()),
          two.installation.update({ description: `words ${round}` }, anEvent()),
        ]);
        const alice = await two.users.find('Alice');
        deepEqual([alice?.isDisabled, alice?.passwordHash], [true, `hash ${round}`]);
        const installation = await one.installation.read();
        deepEqual([installation?.name, installation?.description], [`name ${round}`, `words ${round}`]);
      }
    });

    it('agree on one installation, one connection and one bearer of a name', async () => {
      const made = await race(10, ({ installation }, index) =>
        installation.create(anInstallation({ name: `n${index}` })),
      );
      equal(new Set(made.map(({ name }) => name)).size, 1);
      for (const name of ['Photos', 'Videos'])
        await one.serviceProviders.add(aServiceProvider({ name }), anEvent());
      await race(10, ({ connections }, index) => connections.save(aConnection(`c${index}`), anEvent()));
      equal((await two.connections.listOfUser('Alice')).length, 1);
      const renamed = await race(2, ({ serviceProviders }, index) =>
        serviceProviders.update(
          index === 0 ? 'Photos' : 'Videos',
          aServiceProvider({ name: 'Pictures', updatedAt: NOW + 1 }),
          NOW,
          anEvent(),
        ),
      );
      deepEqual(renamed.toSorted(), ['done', 'taken']);
    });

    it('change a consumer only from what they looked at', async () => {
      const changed = await race(10, ({ consumers }, index) =>
        consumers.update(aConsumer({ name: `n${index}`, updatedAt: NOW + 1 }), NOW, anEvent()),
      );
      equal(changed.filter(Boolean).length, 1);
    });

    it('add up what both count, and note last uses, in whatever order', async () => {
      await one.consumers.add(aConsumer({ key: 'other' }), anEvent());
      for (const token of ['a', 'b', 'c']) await addAccessToken(one, token);
      const count = { day: 1, method: 'HMAC-SHA1', version: '1.0a', requests: 1, lastAt: NOW } as const;
      await race(20, async ({ usage, accessTokens }, index) => {
        const order = <T>(list: T[]) => (index % 4 < 2 ? list : list.toReversed());
        await usage.add(order(['wiki', 'other']).map((consumerKey) => ({ ...count, consumerKey })));
        await accessTokens.noteUse(
          new Map(order(['a', 'b', 'c']).map((token) => [`id-${token}`, NOW + index])),
        );
      });
      const { rows } = await two.usage.list({ fromDay: 0 }, { offset: 0, limit: 9 });
      deepEqual(
        rows.map(({ requests }) => requests),
        [20, 20],
      );
      equal((await two.accessTokens.findById('id-b'))?.lastUsedAt, NOW + 19);
    });
  });
}

/** Opens two stores of nonces on one new database, each with a clock of its own. */
export type OpenTwoNonces = (
  clocks: readonly [FixedClock, FixedClock],
  windowSeconds: number,
) => Promise<readonly [NonceStore, NonceStore]>;

export function describeSharedNonces(name: string, open: OpenTwoNonces): void {
  describe(`nonces that two servers keep in ${name}`, () => {
    let clocks: readonly [FixedClock, FixedClock];
    let one: NonceStore;
    let two: NonceStore;
    beforeEach(async () => {
      clocks = [new FixedClock(NOW), new FixedClock(NOW)];
      [one, two] = await open(clocks, 300);
    });
    afterEach(() => Promise.all([one.close(), two.close()]));

    it('are fresh for one of both', async () => {
      for (let round = 0; round < 10; round += 1) {
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            (index % 2 === 0 ? one : two).burn('wiki', 't', NOW, `n${round}`),
          ),
        );
        equal(outcomes.filter((outcome) => outcome === 'fresh').length, 1);
      }
    });

    it('are fresh for one of both in batches that cross, in whatever order they come', async () => {
      const nonces = Array.from({ length: 200 }, (_, index) => `n${index}`);
      const burnAll = (store: NonceStore, order: readonly string[]) =>
        Promise.all(order.map(async (nonce) => [nonce, await store.burn('wiki', 't', NOW, nonce)] as const));
      const outcomes = (await Promise.all([burnAll(one, nonces), burnAll(two, nonces.toReversed())])).flat();
      const fresh = outcomes.filter(([, outcome]) => outcome === 'fresh').map(([nonce]) => nonce);
      deepEqual(fresh.toSorted(), nonces.toSorted());
    });

    it('that one has forgotten are refused by the other, whose clock is behind', async () => {
      equal(await two.burn('wiki', 't', NOW, 'n'), 'fresh');
      clocks[0].advance(600);
      equal(await one.burn('wiki', 't', NOW + 600, 'later'), 'fresh');
      ok(['unsure', 'used'].includes(await two.burn('wiki', 't', NOW, 'n')));
      equal(await two.burn('wiki', 't', NOW - 1, 'unheard of'), 'unsure');
      ok(two.earliestTimestamp() > NOW);
    });
  });
}
