/** What every storage must do with consumers, users and sessions. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../src/base/index.ts';
import type { UserChanges } from '../../src/model/index.ts';
import { aConsumer, anEvent, aRequestToken, aSession, aUser, everything, NOW } from '../support/records.ts';
import { addAccessToken, addOwners, type OpenStorage, withStorage } from './opened-storage.ts';

export function describeConsumers(open: OpenStorage): void {
  describe('consumers', () => {
    const opened = withStorage(open);

    it('are found by their base URL, however it is written', async () => {
      const { consumers } = opened.storage;
      const at = (key: string, baseUrl: string | null) =>
        consumers.add(aConsumer({ key, baseUrl }), anEvent());
      await at('b', 'https://Wiki.example/w/');
      await at('a', 'https://wiki.example:443/w');
      await at('c', 'https://wiki.example/');
      await at('d', null);
      const keys = async (url: string) => (await consumers.listByBaseUrl(url)).map(({ key }) => key);
      deepEqual(await keys('https://wiki.example/w'), ['a', 'b']);
      deepEqual(await keys('https://wiki.example'), ['c']);
      const moved = aConsumer({ key: 'c', baseUrl: null, updatedAt: NOW + 1 });
      equal(await consumers.update(moved, NOW, anEvent()), true);
      deepEqual(await keys('https://wiki.example'), []);
    });

    it('tell the names of many keys at once, and nothing of those that there are not', async () => {
      const { consumers } = opened.storage;
      await consumers.add(aConsumer({ key: 'b', name: 'Board' }), anEvent());
      await consumers.add(aConsumer({ key: 'W', name: 'Other' }), anEvent());
      await consumers.add(aConsumer(), anEvent());
      const names = await consumers.namesOf(['wiki', 'gone', 'b', 'w', 'wiki']);
      deepEqual(new Map(names), new Map(Object.entries({ wiki: 'Wiki', b: 'Board' })));
      equal((await consumers.namesOf([])).size, 0);
    });

    it('come back as they were added, secrets and retiring credential included', async () => {
      const consumer = aConsumer({
        retiring: { credential: { kind: 'shared-secret', secret: new Secret('old') }, validUntil: NOW + 7 },
        callback: 'https://wiki.example.org/cb',
        legacy10: true,
        allowPlaintext: true,
        twoLegged: { allowed: true, executeAs: 'bot', mayImpersonate: true },
        limits: { readOnly: true, paths: ['/rest/**', '/issues/*'] },
        owner: 'Alice',
        baseUrl: 'https://wiki.example.org',
      });
      await opened.storage.users.add(aUser(), anEvent());
      await opened.storage.consumers.add(consumer, anEvent());
      const found = await opened.storage.consumers.find('wiki');
      deepEqual(found, consumer);
      ok(found?.credential.kind === 'shared-secret' && found.retiring?.credential.kind === 'shared-secret');
      equal(found.credential.secret.reveal(), 'wiki secret');
      equal(found.retiring.credential.secret.reveal(), 'old');
    });

    it('keep a public key and its certificate', async () => {
      const consumer = aConsumer({ credential: { kind: 'public-key', spki: 'QQ==', certificate: 'Qg==' } });
      await opened.storage.consumers.add(consumer, anEvent());
      deepEqual(await opened.storage.consumers.find('wiki'), consumer);
    });

    it('have keys of their own: a second one under the same key is refused and leaves no audit entry', async () => {
      equal(await opened.storage.consumers.add(aConsumer(), anEvent()), true);
      equal(await opened.storage.consumers.add(aConsumer({ name: 'Other' }), anEvent()), false);
      equal((await opened.storage.consumers.find('wiki'))?.name, 'Wiki');
      equal((await opened.storage.audit.list({}, { search: '', offset: 0, limit: 9 })).total, 1);
    });

    it('are added once when fifty try together', async () => {
      const added = await Promise.all(
        Array.from({ length: 50 }, () => opened.storage.consumers.add(aConsumer(), anEvent())),
      );
      equal(added.filter(Boolean).length, 1);
    });

    it('change only when nobody changed them since they were read', async () => {
      const { consumers } = opened.storage;
      await consumers.add(aConsumer(), anEvent());
      equal(await consumers.update(aConsumer({ name: 'First', updatedAt: NOW + 1 }), NOW, anEvent()), true);
      equal(await consumers.update(aConsumer({ name: 'Second', updatedAt: NOW + 2 }), NOW, anEvent()), false);
      equal((await consumers.find('wiki'))?.name, 'First');
      equal(await consumers.update(aConsumer({ key: 'nobody' }), NOW, anEvent()), false);
    });

    it('take all their tokens with them, and nobody else’s', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await storage.consumers.add(aConsumer({ key: 'other' }), anEvent());
      await addAccessToken(storage, 'a');
      await addAccessToken(storage, 'b', { consumerKey: 'other' });
      await storage.requestTokens.add(aRequestToken());
      equal(await storage.consumers.remove('wiki', anEvent()), true);
      equal(await storage.consumers.remove('wiki', anEvent()), false);
      equal(await storage.accessTokens.findById('id-a'), null);
      equal(await storage.requestTokens.find(aRequestToken().hash), null);
      ok(await storage.accessTokens.findById('id-b'));
      const grounds = await storage.grounds.lookUp('wiki', 'a');
      deepEqual([grounds.consumer, grounds.token], [null, null]);
    });

    it('are found by their owner, however the name is written, and sorted by name', async () => {
      const { consumers, users } = opened.storage;
      await users.add(aUser(), anEvent());
      await users.add(aUser({ name: 'Bob' }), anEvent());
      await consumers.add(aConsumer({ key: 'b', name: 'zebra', owner: 'Alice' }), anEvent());
      await consumers.add(aConsumer({ key: 'a', name: 'Yak', owner: 'Alice' }), anEvent());
      await consumers.add(aConsumer({ key: 'c', owner: 'Bob' }), anEvent());
      await consumers.add(aConsumer({ key: 'd', owner: null }), anEvent());
      const keys = async (name: string) => (await consumers.ownedBy(name)).map(({ key }) => key);
      deepEqual(await keys('aLICE'), ['a', 'b']);
      deepEqual(await keys('Bob'), ['c']);
      deepEqual(await keys('nobody'), []);
      equal(await consumers.update(aConsumer({ key: 'c', updatedAt: NOW + 1 }), NOW, anEvent()), true);
      deepEqual(await keys('Bob'), []);
    });

    it('stay when their owner goes, and belong to nobody, not even to a new user of that name', async () => {
      const { consumers, users } = opened.storage;
      await users.add(aUser(), anEvent());
      await consumers.add(aConsumer({ owner: 'Alice' }), anEvent());
      await users.remove('Alice', anEvent());
      equal((await consumers.find('wiki'))?.owner, null);
      await users.add(aUser(), anEvent());
      deepEqual(await consumers.ownedBy('Alice'), []);
    });

    it('are kept without an owner who was removed while they were entered', async () => {
      const { consumers } = opened.storage;
      equal(await consumers.add(aConsumer({ owner: 'Gone' }), anEvent()), true);
      equal((await consumers.find('wiki'))?.owner, null);
      const changed = aConsumer({ owner: 'Gone', name: 'Other', updatedAt: NOW + 1 });
      equal(await consumers.update(changed, NOW, anEvent()), true);
      const found = await consumers.find('wiki');
      deepEqual([found?.name, found?.owner], ['Other', null]);
    });

    it('count users whose access works or can be renewed', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await addAccessToken(storage, 'a1');
      await addAccessToken(storage, 'a2', { userName: 'alice' });
      await addAccessToken(storage, 'b', { userName: 'Bob', expiresAt: NOW - 5, sessionExpiresAt: NOW - 1 });
      equal(await storage.consumers.countActiveUsers('wiki', NOW), 1);
      equal(await storage.consumers.countActiveUsers('wiki', NOW - 2), 2);
      await storage.accessTokens.revokeAll({ userName: 'Alice' }, NOW, anEvent());
      equal(await storage.consumers.countActiveUsers('wiki', NOW), 0);
    });

    it('are searched by key, name and description as plain text, without regard to case', async () => {
      const { consumers } = opened.storage;
      await consumers.add(aConsumer({ key: 'a', name: '100% Wiki_One', description: '' }), anEvent());
      await consumers.add(aConsumer({ key: 'b', name: 'ÄPFEL', description: 'back\\slash' }), anEvent());
      await consumers.add(aConsumer({ key: 'wiki-c', name: 'x', description: '' }), anEvent());
      const keys = async (search: string) =>
        (await consumers.list({ ...everything('key'), search })).rows.map((row) => row.consumer.key);
      deepEqual(await keys('%'), ['a']);
      deepEqual(await keys('_'), ['a']);
      deepEqual(await keys('\\'), ['b']);
      deepEqual(await keys('äpf'), ['b']);
      deepEqual(await keys('WIKI'), ['a', 'wiki-c']);
      deepEqual(await keys("'; drop table consumers"), []);
    });

    it('are sorted and paged, with the total beside', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await storage.consumers.add(aConsumer({ key: 'k2', name: 'alpha', createdAt: NOW + 2 }), anEvent());
      await storage.consumers.add(aConsumer({ key: 'k3', name: 'Zulu', createdAt: NOW + 1 }), anEvent());
      await addAccessToken(storage, 'a');
      await storage.accessTokens.noteUse(new Map([['id-a', NOW + 9]]));
      const keys = async (sort: 'name' | 'key' | 'created' | 'used', more = {}) =>
        (await storage.consumers.list({ ...everything(sort), ...more })).rows.map((row) => row.consumer.key);
      deepEqual(await keys('name'), ['k2', 'wiki', 'k3']);
      deepEqual(await keys('created', { descending: true }), ['k2', 'k3', 'wiki']);
      deepEqual(await keys('used', { descending: true }), ['wiki', 'k2', 'k3']);
      deepEqual(await keys('key', { offset: 1, limit: 1 }), ['k3']);
      const page = await storage.consumers.list({ ...everything('used'), descending: true, limit: 1 });
      equal(page.total, 3);
      deepEqual([page.rows[0]?.activeUsers, page.rows[0]?.lastUsedAt], [1, NOW + 9]);
    });
  });
}

export function describeUsers(open: OpenStorage): void {
  describe('users and sessions', () => {
    const opened = withStorage(open);

    it('are one whatever the case of their name, which is kept as entered', async () => {
      const { users } = opened.storage;
      equal(await users.add(aUser({ name: 'Élodie' }), anEvent()), true);
      equal(await users.add(aUser({ name: 'éLODIE' }), anEvent()), false);
      equal((await users.find('ÉLODIE'))?.name, 'Élodie');
      await users.update('ÉLODIE', { displayName: 'New' }, anEvent());
      deepEqual(
        [(await users.find('élodie'))?.name, (await users.find('élodie'))?.displayName],
        ['Élodie', 'New'],
      );
    });

    it('tell the full names of many at once, by the names that were asked, in whatever case', async () => {
      const { users } = opened.storage;
      await users.add(aUser(), anEvent());
      await users.add(aUser({ name: 'bob', displayName: 'Bob Berg', email: null }), anEvent());
      const names = await users.namesOf(['alice', 'ALICE', 'nobody', 'bob']);
      const full = { alice: 'Alice Liddell', ALICE: 'Alice Liddell', bob: 'Bob Berg' };
      deepEqual(new Map(names), new Map(Object.entries(full)));
      equal((await users.namesOf([])).size, 0);
    });

    it('have one first user, whoever else tries at the same time', async () => {
      const { users } = opened.storage;
      const added = await Promise.all(
        Array.from({ length: 20 }, (_, index) => users.addFirst(aUser({ name: `u${index}` }), anEvent())),
      );
      equal(added.filter(Boolean).length, 1);
      equal(await users.isEmpty(), false);
      equal((await users.list(everything('name'))).total, 1);
    });

    it('lose their sessions when they are disabled', async () => {
      const { users, sessions } = opened.storage;
      await users.add(aUser(), anEvent());
      await sessions.add(aSession(), 9);
      await users.update('Alice', { displayName: 'still enabled' }, anEvent());
      deepEqual(await sessions.find('session-hash'), aSession());
      equal(await users.update('alice', { isDisabled: true }, anEvent()), 'done');
      equal(await sessions.find('session-hash'), null);
      equal(await users.update('nobody', {}, anEvent()), 'unknown');
    });

    it('change in the fields that are named, and nothing else', async () => {
      const { users } = opened.storage;
      await users.add(aUser({ passwordHash: 'old hash' }), anEvent());
      equal(await users.update('Alice', { displayName: 'A. L.', email: null }, anEvent()), 'done');
      deepEqual(
        await users.find('Alice'),
        aUser({ displayName: 'A. L.', email: null, passwordHash: 'old hash' }),
      );
      equal((await users.list({ ...everything('name'), search: 'a. l.' })).total, 1);
    });

    it('keep a password that was changed since it was looked at', async () => {
      const { users } = opened.storage;
      await users.add(aUser({ passwordHash: 'new hash' }), anEvent());
      const change = (seen: string | null) =>
        users.update('Alice', { passwordHash: 'renewed' }, anEvent(), { still: { passwordHash: seen } });
      equal(await change('old hash'), 'changed');
      equal((await users.find('Alice'))?.passwordHash, 'new hash');
      equal(await change('new hash'), 'done');
    });

    it('stay when they are not any more as they were looked at', async () => {
      const { users } = opened.storage;
      await users.add(aUser({ identity: { issuer: 'https://id.example.org/', subject: 's-1' } }), anEvent());
      const removal = (still: UserChanges) => users.remove('Alice', anEvent(), { still });
      equal(await removal({ displayName: 'Another' }), 'changed');
      equal(await removal({ identity: { issuer: 'https://id.example.org/', subject: 's-2' } }), 'changed');
      equal(await removal({ email: aUser().email, isDisabled: true }), 'changed');
      const { displayName, email, isAdministrator, isDisabled, identity } = (await users.find('Alice'))!;
      equal(await removal({ displayName, email, isAdministrator, isDisabled, identity }), 'done');
    });

    it('are found by who they are at an OpenID provider, which nobody else here can be', async () => {
      const { users } = opened.storage;
      const identity = { issuer: 'https://id.example.org/', subject: 's-1' };
      equal(await users.add(aUser({ identity }), anEvent()), true);
      equal(await users.add(aUser({ name: 'Bob', identity }), anEvent()), false);
      equal(await users.add(aUser({ name: 'Bob' }), anEvent()), true);
      equal(await users.add(aUser({ name: 'Carl' }), anEvent()), true);
      deepEqual(await users.findByIdentity(identity), aUser({ identity }));
      equal(await users.findByIdentity({ ...identity, subject: 'S-1' }), null);
      equal(await users.findByIdentity({ ...identity, issuer: 'https://id.example.com/' }), null);
      equal(await users.update('Bob', { identity }, anEvent()), 'taken');
      equal(await users.update('Alice', { identity }, anEvent()), 'done');
      const other = { ...identity, subject: 's-2' };
      const once = { still: { identity: null } };
      equal(await users.update('Alice', { identity: other }, anEvent(), once), 'changed');
      const bound = await Promise.all(
        ['s-3', 's-4', 's-5'].map((subject) =>
          users.update('Bob', { identity: { ...identity, subject } }, anEvent(), once),
        ),
      );
      deepEqual(bound.toSorted(), ['changed', 'changed', 'done']);
      equal(await users.update('Alice', { identity: null }, anEvent()), 'done');
      equal(await users.findByIdentity(identity), null);
      deepEqual(await users.find('Alice'), aUser());
    });

    it('keep their last administrator who is not disabled, where that is asked for', async () => {
      const { users } = opened.storage;
      const keep = { keepsAnAdministrator: true };
      await users.add(aUser({ isAdministrator: true }), anEvent());
      await users.add(aUser({ name: 'Bob', isAdministrator: true }), anEvent());
      await users.add(aUser({ name: 'Carl', isAdministrator: true, isDisabled: true }), anEvent());
      equal(await users.update('Bob', { isAdministrator: false }, anEvent(), keep), 'done');
      equal(await users.update('Alice', { isAdministrator: false }, anEvent(), keep), 'last-administrator');
      equal(await users.update('Alice', { isDisabled: true }, anEvent(), keep), 'last-administrator');
      equal(await users.remove('Alice', anEvent(), keep), 'last-administrator');
      equal(await users.update('Alice', { displayName: 'A.' }, anEvent(), keep), 'done');
      equal(await users.remove('Carl', anEvent(), keep), 'done');
      equal(await users.remove('Alice', anEvent()), 'done');
    });

    it('take sessions, request tokens and access tokens with them', async () => {
      const { storage } = opened;
      await addOwners(storage);
      await storage.sessions.add(aSession(), 9);
      await addAccessToken(storage, 'a');
      await addAccessToken(storage, 'b', { userName: 'Bob' });
      await storage.requestTokens.add(aRequestToken({ userName: 'Alice' }));
      equal(await storage.users.remove('ALICE', anEvent()), 'done');
      equal(await storage.users.remove('Alice', anEvent()), 'unknown');
      equal(await storage.sessions.find('session-hash'), null);
      equal(await storage.accessTokens.findById('id-a'), null);
      equal(await storage.requestTokens.find(aRequestToken().hash), null);
      ok(await storage.accessTokens.findById('id-b'));
    });

    it('are searched, sorted and paged', async () => {
      const { users } = opened.storage;
      await users.add(aUser({ name: 'bob', displayName: 'Zoë', email: 'b_b@example.org' }), anEvent());
      await users.add(aUser({ name: 'Alice', createdAt: NOW + 1 }), anEvent());
      await users.noteLogin('ALICE', NOW + 3, anEvent());
      const names = async (sort: 'name' | 'created' | 'login', more = {}) =>
        (await users.list({ ...everything(sort), ...more })).rows.map((user) => user.name);
      deepEqual(await names('name'), ['Alice', 'bob']);
      deepEqual(await names('created'), ['bob', 'Alice']);
      deepEqual(await names('login', { descending: true }), ['Alice', 'bob']);
      deepEqual(await names('name', { search: 'ZOË' }), ['bob']);
      deepEqual(await names('name', { search: 'b_b' }), ['bob']);
      deepEqual(await names('name', { offset: 1 }), ['bob']);
      equal((await users.find('alice'))?.lastLoginAt, NOW + 3);
    });

    it('have so many sessions and no more: those that rested longest end for a new one', async () => {
      const { users, sessions } = opened.storage;
      await users.add(aUser(), anEvent());
      await users.add(aUser({ name: 'bob' }), anEvent());
      await sessions.add(aSession({ hash: 'of bob', userName: 'bob', lastSeenAt: NOW - 9 }), 3);
      for (const hash of ['a', 'b', 'c']) await sessions.add(aSession({ hash }), 3);
      await sessions.touch('a', NOW + 60);
      await sessions.touch('c', NOW + 50);
      await sessions.add(aSession({ hash: 'd' }), 3);
      const left = async () => {
        const found = await Promise.all(
          ['a', 'b', 'c', 'd', 'e', 'of bob'].map((hash) => sessions.find(hash)),
        );
        return found.flatMap((session) => session?.hash ?? []);
      };
      deepEqual(await left(), ['a', 'c', 'd', 'of bob']);
      await sessions.add(aSession({ hash: 'e' }), 1);
      deepEqual(await left(), ['e', 'of bob']);
    });

    it('have sessions that are touched, ended one by one or all, and purged when over', async () => {
      const { users, sessions } = opened.storage;
      await users.add(aUser(), anEvent());
      for (const hash of ['a', 'b', 'c'])
        await sessions.add(aSession({ hash, expiresAt: NOW + hash.charCodeAt(0) }), 9);
      await sessions.touch('a', NOW + 5);
      equal((await sessions.find('a'))?.lastSeenAt, NOW + 5);
      await sessions.noteProof('a', NOW + 7);
      const { lastSeenAt, provenAt } = (await sessions.find('a'))!;
      deepEqual([lastSeenAt, provenAt], [NOW + 5, NOW + 7]);
      equal(await sessions.purge(NOW + 99, 1), 1);
      equal(await sessions.purge(NOW + 99, 9), 1);
      await sessions.remove('nothing');
      ok(await sessions.find('c'));
      await sessions.add(aSession({ hash: 'd' }), 9);
      await sessions.removeOfUser('ALICE', 'c');
      ok((await sessions.find('c')) !== null && (await sessions.find('d')) === null);
      await sessions.removeOfUser('alice');
      equal(await sessions.find('c'), null);
      await sessions.add(aSession({ userName: 'nobody' }), 9);
      equal(await sessions.find('session-hash'), null);
    });
  });
}
