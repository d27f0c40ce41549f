/** What every storage must do with request tokens and access tokens. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aConsumer, anAccessToken, anEvent, aRequestToken, everything, NOW } from '../support/records.ts';
import { addAccessToken, addOwners, type OpenStorage, withStorage } from './opened-storage.ts';

const { hash } = aRequestToken();

export function describeRequestTokens(open: OpenStorage): void {
  describe('request tokens', () => {
    const opened = withStorage(open);

    it('come back as they were added, with their secret', async () => {
      await addOwners(opened.storage);
      const token = aRequestToken({ gadgetUrl: 'https://g.example.org/spec.xml', version: '1.0' });
      await opened.storage.requestTokens.add(token);
      const found = await opened.storage.requestTokens.find(hash);
      deepEqual(found, token);
      equal(found?.secret.reveal(), 'request secret');
    });

    it('of a consumer that was removed meanwhile are dropped', async () => {
      await opened.storage.requestTokens.add(aRequestToken());
      equal(await opened.storage.requestTokens.find(hash), null);
    });

    it('belong to the first user who opens them', async () => {
      await addOwners(opened.storage);
      const { requestTokens } = opened.storage;
      equal(await requestTokens.bindUser(hash, 'Alice'), null);
      await requestTokens.add(aRequestToken());
      const bound = await Promise.all(
        ['Alice', 'Bob', 'alice'].map((name) => requestTokens.bindUser(hash, name)),
      );
      ok(bound[0] === 'Alice' || bound[0] === 'Bob');
      deepEqual(new Set(bound), new Set([(await requestTokens.find(hash))?.userName]));
    });

    it('are decided once, and by that user only', async () => {
      await addOwners(opened.storage);
      const { requestTokens } = opened.storage;
      const approve = (userName: string) =>
        requestTokens.decide(hash, { state: 'approved', userName, verifierHash: 'v' }, anEvent());
      await requestTokens.add(aRequestToken());
      equal(await approve('Alice'), 'lost');
      await requestTokens.bindUser(hash, 'Alice');
      equal(await approve('Bob'), 'lost');
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => approve('ALICE')));
      equal(outcomes.filter((outcome) => outcome === 'done').length, 1);
      const found = await requestTokens.find(hash);
      deepEqual([found?.state, found?.verifierHash], ['approved', 'v']);
    });

    it('are exchanged exactly once when fifty try together', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await storage.requestTokens.add(aRequestToken({ state: 'approved', userName: 'Alice' }));
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          storage.requestTokens.exchange(hash, anAccessToken(`t${index}`), anEvent()),
        ),
      );
      equal(outcomes.filter((outcome) => outcome === 'done').length, 1);
      equal((await storage.accessTokens.list({}, everything('created'), NOW)).total, 1);
      equal((await storage.requestTokens.find(hash))?.state, 'used');
    });

    it('are exchanged only when approved, and not once their owners are gone', async () => {
      const { storage } = opened;
      await addOwners(storage);
      const exchange = () => storage.requestTokens.exchange(hash, anAccessToken('t'), anEvent());
      equal(await exchange(), 'lost');
      for (const state of ['undecided', 'denied', 'used'] as const) {
        await storage.requestTokens.add(aRequestToken({ hash: state, state, userName: 'Alice' }));
        equal(await storage.requestTokens.exchange(state, anAccessToken('t'), anEvent()), 'lost', state);
      }
      await storage.requestTokens.add(aRequestToken({ state: 'approved', userName: 'Alice' }));
      await storage.users.remove('Alice', anEvent());
      equal(await exchange(), 'lost');
    });

    it('are destroyed by exactly the limit of wrong verifiers, and no more are compared when fifty come together', async () => {
      const { storage } = opened;
      await addOwners(storage);
      const approved = aRequestToken({ state: 'approved', userName: 'Alice', verifierHash: 'right' });
      const tryOne = (reading: string) => storage.requestTokens.tryVerifier(hash, [reading, 'other'], 5);
      await storage.requestTokens.add(approved);
      for (let tries = 1; tries < 5; tries += 1) {
        equal(await tryOne('wrong'), 'wrong');
        equal((await storage.requestTokens.find(hash))?.failedVerifiers, tries);
        equal(await tryOne('right'), 'right');
      }
      equal(await tryOne('wrong'), 'destroyed');
      equal(await tryOne('right'), 'destroyed');
      equal(await storage.requestTokens.find(hash), null);

      await storage.requestTokens.add(approved);
      const guesses = [...Array<string>(25).fill('wrong'), 'right', ...Array<string>(25).fill('wrong')];
      const outcomes = await Promise.all(guesses.map(tryOne));
      equal(outcomes.filter((outcome) => outcome === 'wrong').length, 4);
      equal(outcomes.at(-1), 'destroyed');
      equal(await tryOne('right'), 'destroyed');
      equal(await storage.requestTokens.exchange(hash, anAccessToken('t'), anEvent()), 'lost');
    });

    it('are purged when over, so many at a time', async () => {
      const { storage } = opened;
      await addOwners(storage);
      for (const name of ['a', 'b', 'c']) {
        await storage.requestTokens.add(aRequestToken({ hash: name, expiresAt: NOW + name.charCodeAt(0) }));
      }
      equal(await storage.requestTokens.purge(NOW + 99, 1), 1);
      equal(await storage.requestTokens.purge(NOW + 99, 9), 1);
      ok(await storage.requestTokens.find('c'));
    });
  });
}

export function describeAccessTokens(open: OpenStorage): void {
  describe('access tokens', () => {
    const opened = withStorage(open);

    it('come back as they were issued, by hash and by id, with their secret', async () => {
      await addOwners(opened.storage);
      await addAccessToken(opened.storage, 'a', { gadgetUrl: 'https://g.example.org/' });
      const token = anAccessToken('a', { gadgetUrl: 'https://g.example.org/' });
      deepEqual(await opened.storage.accessTokens.find(token.hash), token);
      deepEqual(await opened.storage.accessTokens.findById('id-a'), token);
      equal((await opened.storage.accessTokens.findById('id-a'))?.secret.reveal(), 'secret of a');
    });

    it('are listed while they work or can be renewed, and never once revoked', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await addAccessToken(storage, 'works');
      await addAccessToken(storage, 'renewable', { expiresAt: NOW - 1 });
      await addAccessToken(storage, 'over', { expiresAt: NOW - 2, sessionExpiresAt: NOW });
      await addAccessToken(storage, 'revoked');
      equal(await storage.accessTokens.revoke('id-revoked', null, NOW, anEvent()), true);
      const { rows, total } = await storage.accessTokens.list({}, everything('expires'), NOW);
      deepEqual(
        rows.map(({ token }) => token.id),
        ['id-renewable', 'id-works'],
      );
      equal(total, 2);
      equal((await storage.accessTokens.findById('id-revoked'))?.revokedAt, NOW);
    });

    it('are filtered, searched by consumer and user, sorted and paged', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await storage.consumers.add(aConsumer({ key: 'k', name: 'Atlas', description: '50% maps' }), anEvent());
      await addAccessToken(storage, 'a', { createdAt: NOW + 3 });
      await addAccessToken(storage, 'b', { createdAt: NOW + 2, userName: 'Bob', consumerKey: 'k' });
      await addAccessToken(storage, 'c', { createdAt: NOW + 1, userName: 'Bob' });
      await storage.accessTokens.noteUse(
        new Map([
          ['id-c', NOW + 7],
          ['unknown', NOW],
        ]),
      );
      const ids = async (
        sort: 'created' | 'expires' | 'used' | 'user' | 'consumer',
        more = {},
        filter = {},
      ) =>
        (await storage.accessTokens.list(filter, { ...everything(sort), ...more }, NOW)).rows.map(
          (row) => row.token.id,
        );
      deepEqual(await ids('created'), ['id-c', 'id-b', 'id-a']);
      deepEqual(await ids('user'), ['id-a', 'id-b', 'id-c']);
      deepEqual(await ids('consumer'), ['id-b', 'id-a', 'id-c']);
      deepEqual(await ids('used', { descending: true, limit: 1 }), ['id-c']);
      deepEqual(await ids('created', { search: 'builder' }), ['id-c', 'id-b']);
      deepEqual(await ids('created', { search: '50%' }), ['id-b']);
      deepEqual(await ids('created', {}, { userName: 'BOB', consumerKey: 'wiki' }), ['id-c']);
      const [row] = (await storage.accessTokens.list({ consumerKey: 'k' }, everything('used'), NOW)).rows;
      deepEqual(
        [row?.consumerName, row?.consumerDescription, row?.userDisplayName],
        ['Atlas', '50% maps', 'Bob Builder'],
      );
    });

    it('are revoked by their user only, once, and all at once', async () => {
      const { storage } = opened;
      await addOwners(storage);
      for (const token of ['a', 'b', 'c']) await addAccessToken(storage, token);
      await addAccessToken(storage, 'd', { userName: 'Bob' });
      equal(await storage.accessTokens.revoke('id-a', 'Bob', NOW, anEvent()), false);
      equal(await storage.accessTokens.revoke('id-a', 'ALICE', NOW, anEvent()), true);
      equal(await storage.accessTokens.revoke('id-a', null, NOW + 1, anEvent()), false);
      equal((await storage.accessTokens.findById('id-a'))?.revokedAt, NOW);
      equal(await storage.accessTokens.revokeAll({ userName: 'alice' }, NOW, anEvent()), 2);
      equal(await storage.accessTokens.revokeAll({ userName: 'alice' }, NOW, anEvent()), 0);
      equal(await storage.accessTokens.revokeAll({ consumerKey: 'wiki' }, NOW, anEvent()), 1);
    });

    it('are renewed once, when fifty try together', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await addAccessToken(storage, 'old');
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          storage.accessTokens.renew(anAccessToken('old').hash, anAccessToken(`new${index}`), anEvent()),
        ),
      );
      equal(outcomes.filter((outcome) => outcome === 'done').length, 1);
      equal((await storage.accessTokens.list({}, everything('created'), NOW)).total, 1);
      ok((await storage.accessTokens.findById('id-old'))?.revokedAt);
    });

    it('are not renewed once revoked: of a renewal and a revocation at the same time, one wins', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await addAccessToken(storage, 'old');
      const [revoked, renewed] = await Promise.all([
        storage.accessTokens.revoke('id-old', null, NOW, anEvent()),
        storage.accessTokens.renew(anAccessToken('old').hash, anAccessToken('new'), anEvent()),
      ]);
      equal(renewed, revoked ? 'lost' : 'done');
      equal((await storage.accessTokens.findById('id-new')) === null, revoked);
      ok((await storage.accessTokens.findById('id-old'))?.revokedAt);
    });

    it('note their last use, which never goes back', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      await storage.accessTokens.noteUse(new Map([['id-a', NOW + 9]]));
      await storage.accessTokens.noteUse(new Map([['id-a', NOW + 4]]));
      await storage.accessTokens.noteUse(new Map());
      equal((await storage.accessTokens.findById('id-a'))?.lastUsedAt, NOW + 9);
    });

    it('are purged once their session is over', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await addAccessToken(storage, 'a', { expiresAt: NOW - 9, sessionExpiresAt: NOW - 3 });
      await addAccessToken(storage, 'b', { expiresAt: NOW - 9, sessionExpiresAt: NOW - 2 });
      await addAccessToken(storage, 'c', { expiresAt: NOW - 9 });
      equal(await storage.accessTokens.purge(NOW, 1), 1);
      equal(await storage.accessTokens.purge(NOW, 9), 1);
      ok(await storage.accessTokens.findById('id-c'));
    });
  });
}

export function describeGrounds(open: OpenStorage): void {
  describe('grounds of a signed request', () => {
    const opened = withStorage(open);

    it('are the consumer, the token whoever’s it is, and the token’s user', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await storage.consumers.add(aConsumer({ key: 'other' }), anEvent());
      await addAccessToken(storage, 'a');
      const grounds = await storage.grounds.lookUp('other', 'a');
      deepEqual([grounds.consumer?.key, grounds.token?.id, grounds.user?.name], ['other', 'id-a', 'Alice']);
      equal(grounds.token?.secret.reveal(), 'secret of a');
      deepEqual(await storage.grounds.lookUp('nobody', ''), { consumer: null, token: null, user: null });
      equal((await storage.grounds.lookUp('wiki', 'unknown')).token, null);
    });

    it('show every change at once', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      const look = () => storage.grounds.lookUp('wiki', 'a');
      ok((await look()).token);
      equal((await storage.grounds.lookUp('wiki', 'b')).token, null);
      await addAccessToken(storage, 'b');
      ok((await storage.grounds.lookUp('wiki', 'b')).token);
      await storage.consumers.update(aConsumer({ name: 'New', updatedAt: NOW + 1 }), NOW, anEvent());
      equal((await look()).consumer?.name, 'New');
      await storage.users.update('Alice', { isDisabled: true }, anEvent());
      equal((await look()).user?.isDisabled, true);
      await storage.accessTokens.renew(
        anAccessToken('a').hash,
        anAccessToken('c', { createdAt: NOW + 2 }),
        anEvent(),
      );
      equal((await look()).token?.revokedAt, NOW + 2);
      await storage.users.remove('Alice', anEvent());
      deepEqual([(await look()).token, (await look()).user], [null, null]);
      await storage.consumers.remove('wiki', anEvent());
      equal((await look()).consumer, null);
    });
  });
}
