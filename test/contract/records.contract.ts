/** What every storage must do with service providers, the installation, the audit log and attempts. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../src/base/index.ts';
import { anEvent, anInstallation, aServiceProvider, aUser, everything, NOW } from '../support/records.ts';
import { type OpenStorage, withStorage } from './opened-storage.ts';

export function describeServiceProviders(open: OpenStorage): void {
  describe('service providers', () => {
    const opened = withStorage(open);

    it('come back as they were added, with their secret or without one', async () => {
      const { serviceProviders } = opened.storage;
      equal(await serviceProviders.add(aServiceProvider(), anEvent()), true);
      equal(await serviceProviders.add(aServiceProvider(), anEvent()), false);
      await serviceProviders.add(aServiceProvider({ name: 'Own key', secret: null }), anEvent());
      deepEqual(await serviceProviders.find('Photos'), aServiceProvider());
      equal((await serviceProviders.find('Photos'))?.secret?.reveal(), 'photo secret');
      equal((await serviceProviders.find('Own key'))?.secret, null);
    });

    it('keep how requests to them are made', async () => {
      const { serviceProviders } = opened.storage;
      const peculiar = aServiceProvider({
        carrier: 'query',
        realm: 'photos',
        tokenMethod: 'GET',
        confirmsCallback: false,
        sendsBodyHash: false,
        twoLegged: 'empty-token',
        callbackAtAuthorize: true,
        handEntry: 'api-key',
        allowedMethods: ['GET', 'HEAD'],
        allowedPaths: ['/albums/**'],
      });
      await serviceProviders.add(peculiar, anEvent());
      deepEqual(await serviceProviders.find('Photos'), peculiar);
    });

    it('can be renamed, keep their secret, and never take another’s name', async () => {
      const { serviceProviders } = opened.storage;
      await serviceProviders.add(aServiceProvider(), anEvent());
      await serviceProviders.add(aServiceProvider({ name: 'Videos' }), anEvent());
      const update = (name: string, to: string, expected: number) =>
        serviceProviders.update(
          name,
          aServiceProvider({ name: to, updatedAt: NOW + 1 }),
          expected,
          anEvent(),
        );
      equal(await update('Photos', 'Videos', NOW), 'taken');
      equal(await update('Photos', 'Pictures', NOW - 1), 'lost');
      equal(await update('Nobody', 'Pictures', NOW), 'lost');
      equal(await update('Photos', 'Pictures', NOW), 'done');
      equal(await serviceProviders.find('Photos'), null);
      equal((await serviceProviders.find('Pictures'))?.secret?.reveal(), 'photo secret');
      equal(await serviceProviders.remove('Pictures', anEvent()), true);
      equal(await serviceProviders.remove('Pictures', anEvent()), false);
    });

    it('are found by their base URL, however it is written', async () => {
      const { serviceProviders } = opened.storage;
      const at = (name: string, baseUrl: string | null) =>
        serviceProviders.add(aServiceProvider({ name, baseUrl }), anEvent());
      await at('b', 'https://Wiki.example:443/w/');
      await at('a', 'https://wiki.example/w');
      await at('c', 'https://wiki.example/w/x');
      await at('d', null);
      const found = await serviceProviders.listByBaseUrl(' https://wiki.example/w// ');
      deepEqual(
        found.map(({ name }) => name),
        ['a', 'b'],
      );
      const moved = aServiceProvider({ name: 'a', baseUrl: 'https://new.example', updatedAt: NOW + 1 });
      await serviceProviders.update('a', moved, NOW, anEvent());
      equal((await serviceProviders.listByBaseUrl('https://wiki.example/w')).length, 1);
      deepEqual(await serviceProviders.listByBaseUrl('https://new.example/'), [moved]);
      deepEqual(await serviceProviders.listByBaseUrl(''), []);
    });

    it('are searched, sorted and paged', async () => {
      const { serviceProviders } = opened.storage;
      await serviceProviders.add(aServiceProvider({ name: 'b_2', createdAt: NOW }), anEvent());
      await serviceProviders.add(aServiceProvider({ name: 'A1', createdAt: NOW + 1 }), anEvent());
      const names = async (sort: 'name' | 'created', more = {}) =>
        (await serviceProviders.list({ ...everything(sort), ...more })).rows.map(({ name }) => name);
      deepEqual(await names('name'), ['A1', 'b_2']);
      deepEqual(await names('created'), ['b_2', 'A1']);
      deepEqual(await names('name', { search: '_' }), ['b_2']);
      deepEqual(await names('name', { offset: 1, limit: 1 }), ['b_2']);
    });
  });
}

export function describeInstallation(open: OpenStorage): void {
  describe('the installation', () => {
    const opened = withStorage(open);

    it('is made once; who comes second gets the first', async () => {
      const { installation } = opened.storage;
      equal(await installation.read(), null);
      const made = await Promise.all(
        ['one', 'two', 'three'].map((name) => installation.create(anInstallation({ name }))),
      );
      deepEqual(new Set(made.map(({ name }) => name)).size, 1);
      const stored = await installation.read();
      equal(stored?.name, made[0]?.name);
      deepEqual(
        [stored?.privateKey.reveal(), stored?.assertionKey.reveal()],
        ['the private key', 'the assertion key'],
      );
      await installation.update({ name: 'New', callback: 'https://a.example/' }, anEvent());
      deepEqual(await installation.read(), anInstallation({ name: 'New', callback: 'https://a.example/' }));
    });

    it('gets other key pairs only from who knows the present ones, and keeps them when it is edited', async () => {
      const { installation } = opened.storage;
      const first = await installation.create(anInstallation());
      const next = { publicKeySpki: 'bmV4dA==', privateKey: new Secret('the next key'), activatesAt: NOW };
      const rotating = anInstallation({ next });
      equal(await installation.replaceKeys(first, rotating, anEvent()), true);
      deepEqual(await installation.read(), rotating);
      equal((await installation.read())?.next?.privateKey.reveal(), 'the next key');
      equal(await installation.replaceKeys(first, anInstallation(), anEvent()), false);
      await installation.update({ name: 'New' }, anEvent());
      deepEqual(await installation.read(), { ...rotating, name: 'New' });
      const taken = { ...rotating, ...next, next: null };
      equal(await installation.replaceKeys(rotating, taken, anEvent()), true);
      equal(await installation.replaceKeys(rotating, taken, anEvent()), false);
      const stored = await installation.read();
      deepEqual([stored?.publicKeySpki, stored?.next], ['bmV4dA==', null]);
      equal(stored?.privateKey.reveal(), 'the next key');
    });

    it('has a set-up link until there is a user, and none after that user is gone', async () => {
      const { installation, users } = opened.storage;
      equal(await installation.readSetupHash(), null);
      await installation.writeSetupHash('h1');
      await installation.writeSetupHash('h2');
      equal(await installation.readSetupHash(), 'h2');
      await users.addFirst(aUser(), anEvent());
      equal(await installation.readSetupHash(), null);
      await users.remove('Alice', anEvent());
      equal(await installation.readSetupHash(), null);
      await installation.writeSetupHash('h3');
      await installation.writeSetupHash(null);
      equal(await installation.readSetupHash(), null);
    });
  });
}

export function describeAudit(open: OpenStorage): void {
  describe('the audit log', () => {
    const opened = withStorage(open);

    it('gives the newest first, filtered, searched and paged', async () => {
      const { audit } = opened.storage;
      const edit = anEvent({
        before: { name: 'Old' },
        after: { name: 'New', paths: ['/a'] },
        note: 'weak-key',
      });
      await audit.append(edit);
      await audit.append(anEvent({ actor: 'cli', action: 'token.revoke', object: 'id_1' }));
      const { rows, total } = await audit.list({}, { search: '', offset: 0, limit: 10 });
      equal(total, 2);
      deepEqual(
        rows.map(({ action }) => action),
        ['token.revoke', 'consumer.edit'],
      );
      const { id: _id, ...read } = rows[1]!;
      deepEqual(read, edit);
      const objects = async (filter: object, search = '') =>
        (await audit.list(filter, { search, offset: 0, limit: 10 })).rows.map(({ object }) => object);
      deepEqual(await objects({ actor: 'cli' }), ['id_1']);
      deepEqual(await objects({ action: 'consumer.edit', object: 'wiki' }), ['wiki']);
      deepEqual(await objects({ actions: ['consumer.add', 'consumer.edit'] }), ['wiki']);
      deepEqual(await objects({ actions: [] }), []);
      deepEqual(await objects({ olderThan: rows[0]!.id }), ['wiki']);
      deepEqual(await objects({ olderThan: rows[1]!.id }), []);
      deepEqual(await objects({}, 'WEAK'), ['wiki']);
      deepEqual(await objects({}, '_'), ['id_1']);
      equal((await audit.list({}, { search: '', offset: 1, limit: 10 })).rows.length, 1);
    });

    it('finds access by whose it is and by the consumer, and other entries not by what their fields hold', async () => {
      const { audit } = opened.storage;
      const whose = { user: 'Alice', consumer: 'Board' };
      await audit.append(anEvent({ action: 'token.issue', object: 'a', after: { consumer: 'Board' } }));
      await audit.append(anEvent({ action: 'token.revoke', object: 'b', before: whose }));
      await audit.append(anEvent({ action: 'user.edit', object: 'c', before: whose }));
      const objects = async (search: string) =>
        (await audit.list({}, { search, offset: 0, limit: 9 })).rows.map(({ object }) => object);
      deepEqual(await objects('board'), ['b', 'a']);
      deepEqual(await objects('alice'), ['b']);
    });

    it('lets go of its oldest entries, so many at a time', async () => {
      const { audit } = opened.storage;
      for (const at of [NOW, NOW + 1, NOW + 2, NOW + 3])
        await audit.append(anEvent({ at, object: String(at - NOW) }));
      equal(await audit.purge(NOW, 9), 0);
      equal(await audit.purge(NOW + 3, 2), 2);
      equal(await audit.purge(NOW + 3, 2), 1);
      await audit.append(anEvent({ object: 'newest' }));
      const { rows } = await audit.list({}, { search: '', offset: 0, limit: 9 });
      deepEqual(
        rows.map(({ object }) => object),
        ['newest', '3'],
      );
    });
  });
}

export function describeAttempts(open: OpenStorage): void {
  describe('attempts', () => {
    const opened = withStorage(open);

    it('are counted within a window and start again after it', async () => {
      const { attempts } = opened.storage;
      equal(await attempts.count('login:alice', NOW, 60), 1);
      equal(await attempts.count('login:alice', NOW + 59, 60), 2);
      equal(await attempts.count('login:bob', NOW, 60), 1);
      equal(await attempts.peek('login:alice', NOW + 59, 60), 2);
      equal(await attempts.peek('login:alice', NOW + 60, 60), 0);
      equal(await attempts.count('login:alice', NOW + 60, 60), 1);
      await attempts.reset('login:alice');
      equal(await attempts.peek('login:alice', NOW + 60, 60), 0);
    });

    it('do not start again when the clock is moved back a little', async () => {
      const { attempts } = opened.storage;
      await attempts.count('b', NOW, 60);
      equal(await attempts.count('b', NOW - 30, 60), 2);
    });

    it('are all counted when fifty come together', async () => {
      const { attempts } = opened.storage;
      const counts = await Promise.all(Array.from({ length: 50 }, () => attempts.count('b', NOW, 60)));
      equal(Math.max(...counts), 50);
      equal(new Set(counts).size, 50);
    });

    it('are purged so many at a time', async () => {
      const { attempts } = opened.storage;
      for (const bucket of ['a', 'b', 'c']) await attempts.count(bucket, NOW, 60);
      await attempts.count('d', NOW + 100, 60);
      equal(await attempts.purge(NOW + 1, 2), 2);
      equal(await attempts.purge(NOW + 1, 9), 1);
      equal(await attempts.peek('d', NOW + 100, 60), 1);
    });
  });
}
