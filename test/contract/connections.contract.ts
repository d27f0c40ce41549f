/** What every storage must do with connections to service providers, pending ones, and API keys. */
import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../src/base/index.ts';
import type { Connection, Storage } from '../../src/model/index.ts';
import {
  aConnection,
  anApiKey,
  anEvent,
  aPendingConnection,
  aServiceProvider,
  NOW,
} from '../support/records.ts';
import { addOwners, type OpenStorage, withStorage } from './opened-storage.ts';

const OWNER = { sessionHash: 'session', userName: 'alice' };

async function addAllOwners(storage: Storage): Promise<void> {
  await addOwners(storage);
  await storage.serviceProviders.add(aServiceProvider(), anEvent());
}

/** The secrets of a connection, which equality of records does not compare. */
function revealed(connection: Connection | null): (string | undefined)[] {
  return [connection?.token, connection?.secret, connection?.sessionHandle ?? undefined].map((one) =>
    one?.reveal(),
  );
}

export function describeConnections(open: OpenStorage): void {
  describe('connections', () => {
    const opened = withStorage(open);

    it('come back as they were saved, one for each user, provider and gadget', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      equal(await connections.save(aConnection('a'), anEvent()), true);
      deepEqual(await connections.find('a'), aConnection('a'));
      deepEqual(revealed(await connections.findFor('ALICE', 'Photos', null)), revealed(aConnection('a')));
      const bare = {
        consumerKey: 'entered',
        sessionHandle: null,
        accountLabel: null,
        expiresAt: null,
        sessionExpiresAt: null,
      };
      await connections.save(aConnection('b', bare), anEvent());
      equal(await connections.find('a'), null);
      deepEqual(await connections.find('b'), aConnection('b', bare));
      await connections.save(aConnection('c', { gadgetUrl: 'https://g.example/1.xml' }), anEvent());
      await connections.save(aConnection('d', { userName: 'Bob' }), anEvent());
      deepEqual(
        (await connections.listOfUser('alice')).map(({ id }) => id),
        ['b', 'c'],
      );
      equal((await connections.findFor('Alice', 'Photos', 'https://g.example/1.xml'))?.id, 'c');
    });

    it('belong to a user and a provider that are there, and go with either', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      equal(await connections.save(aConnection('x', { userName: 'Nobody' }), anEvent()), false);
      equal(await connections.save(aConnection('x', { providerName: 'Nothing' }), anEvent()), false);
      equal(await connections.addPending(aPendingConnection('x', { userName: 'Nobody' })), false);
      await connections.save(aConnection('a'), anEvent());
      await connections.save(aConnection('b', { userName: 'Bob' }), anEvent());
      await connections.addPending(aPendingConnection('p'));
      await storage.users.remove('Alice', anEvent());
      equal(await connections.find('a'), null);
      equal(await connections.takePending('p', OWNER, NOW), null);
      await storage.serviceProviders.remove('Photos', anEvent());
      equal(await connections.find('b'), null);
    });

    it('stay with a provider that is renamed', async () => {
      const { storage } = opened;
      await addAllOwners(storage);
      await storage.connections.save(aConnection('a'), anEvent());
      await storage.connections.addPending(aPendingConnection('p'));
      const renamed = aServiceProvider({ name: 'Pictures', updatedAt: NOW + 1 });
      equal(await storage.serviceProviders.update('Photos', renamed, NOW, anEvent()), 'done');
      const found = await storage.connections.findFor('Alice', 'Pictures', null);
      deepEqual(revealed(found), revealed(aConnection('a')));
      equal((await storage.connections.takePending('p', OWNER, NOW))?.providerName, 'Pictures');
    });

    it('are found by their id, and by nothing else that names them', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      await connections.save(aConnection('a'), anEvent());
      equal((await connections.findFor('Alice', 'Photos', null))?.id, 'a');
      equal((await connections.find('a'))?.userName, 'Alice');
      for (const id of ['A', '["alice","Photos",null]', 'alice']) equal(await connections.find(id), null, id);
    });

    it('are removed by their own user only', async () => {
      const { storage } = opened;
      await addAllOwners(storage);
      await storage.connections.save(aConnection('a'), anEvent());
      equal(await storage.connections.remove('a', 'Bob', anEvent()), false);
      equal(await storage.connections.remove('a', 'alice', anEvent()), true);
      equal(await storage.connections.remove('a', 'alice', anEvent()), false);
    });

    it('tell how a provider is used', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      deepEqual(await connections.useOfProvider(aServiceProvider()), {
        activeUsers: 0,
        deadConnections: 0,
        lastUsedAt: null,
      });
      await connections.save(aConnection('a'), anEvent());
      await connections.save(aConnection('b', { gadgetUrl: 'https://g.example/' }), anEvent());
      await connections.save(
        aConnection('c', { userName: 'Bob', state: 'dead', problem: 'token_revoked' }),
        anEvent(),
      );
      await connections.save(
        aConnection('e', { userName: 'Bob', audience: 'another', gadgetUrl: 'x' }),
        anEvent(),
      );
      await connections.noteUse('a', NOW + 5);
      await connections.noteUse('b', NOW + 3);
      deepEqual(await connections.useOfProvider(aServiceProvider()), {
        activeUsers: 1,
        deadConnections: 2,
        lastUsedAt: NOW + 5,
      });
    });

    it('are renewed by whoever claimed it, until the claim runs out', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      await connections.save(aConnection('a'), anEvent());
      const claims = await Promise.all(
        Array.from({ length: 10 }, () => connections.claimRenewal('a', 1, NOW, NOW + 20)),
      );
      equal(claims.filter(Boolean).length, 1);
      equal(await connections.claimRenewal('a', 1, NOW + 19, NOW + 39), false);
      equal(await connections.claimRenewal('a', 1, NOW + 20, NOW + 40), true);
      await connections.releaseRenewal('a', 1);
      equal(await connections.claimRenewal('a', 1, NOW + 20, NOW + 40), true);
      const renewed = aConnection('a', { token: new Secret('new token'), version: 2, renewedAt: NOW + 20 });
      equal(await connections.renew(renewed, 1, anEvent()), 'done');
      equal(await connections.renew(renewed, 1, anEvent()), 'lost');
      deepEqual(await connections.find('a'), renewed);
      deepEqual(revealed(await connections.find('a')), revealed(renewed));
      equal(await connections.claimRenewal('a', 1, NOW + 60, NOW + 80), false);
      equal(await connections.claimRenewal('a', 2, NOW + 20, NOW + 40), true);
    });

    it('die once, of the version that was refused, and are claimed no more', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      await connections.save(aConnection('a', { version: 2 }), anEvent());
      equal(await connections.markDead('a', 1, 'token_revoked', anEvent()), 'lost');
      equal(await connections.markDead('a', 2, 'token_revoked', anEvent()), 'done');
      equal(await connections.markDead('a', 2, 'token_rejected', anEvent()), 'lost');
      deepEqual(
        await connections.find('a'),
        aConnection('a', { version: 2, state: 'dead', problem: 'token_revoked' }),
      );
      equal(await connections.claimRenewal('a', 2, NOW, NOW + 20), false);
    });
  });

  describe('pending connections', () => {
    const opened = withStorage(open);

    it('are taken once, by their own session and user, before they expire', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      equal(await connections.addPending(aPendingConnection('p')), true);
      equal(await connections.addPending(aPendingConnection('p', { sessionHash: 'other' })), false);
      equal(await connections.takePending('p', { ...OWNER, sessionHash: 'other' }, NOW), null);
      equal(await connections.takePending('p', { ...OWNER, userName: 'Bob' }, NOW), null);
      equal(await connections.takePending('p', OWNER, NOW + 600), null);
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => connections.takePending('p', OWNER, NOW)),
      );
      const won = taken.filter((one) => one !== null);
      deepEqual(won, [aPendingConnection('p')]);
      equal(won[0]?.secret.reveal(), 'request secret');
    });

    it('are purged when they are over', async () => {
      const { storage } = opened;
      const { connections } = storage;
      await addAllOwners(storage);
      for (const hash of ['p', 'q', 'r']) await connections.addPending(aPendingConnection(hash));
      await connections.addPending(aPendingConnection('s', { expiresAt: NOW + 9000 }));
      equal(await connections.purgePending(NOW + 601, 2), 2);
      equal(await connections.purgePending(NOW + 601, 2), 1);
      notEqual(await connections.takePending('s', OWNER, NOW), null);
    });
  });
}

export function describeApiKeys(open: OpenStorage): void {
  describe('API keys', () => {
    const opened = withStorage(open);

    it('are found by their hash, listed and removed for their user, and go with the user', async () => {
      const { storage } = opened;
      const { apiKeys } = storage;
      await addOwners(storage);
      equal(await apiKeys.add(anApiKey('x', { userName: 'Nobody' }), anEvent()), false);
      equal(await apiKeys.add(anApiKey('a'), anEvent()), true);
      await apiKeys.add(
        anApiKey('b', { providers: null, createdAt: NOW + 1, expiresAt: NOW + 60 }),
        anEvent(),
      );
      await apiKeys.add(anApiKey('c', { userName: 'Bob' }), anEvent());
      deepEqual(await apiKeys.find('hash of a'), anApiKey('a'));
      deepEqual(
        (await apiKeys.listOfUser('alice')).map(({ id }) => id),
        ['b', 'a'],
      );
      await apiKeys.noteUse('a', NOW + 7);
      equal((await apiKeys.find('hash of a'))?.lastUsedAt, NOW + 7);
      equal(await apiKeys.remove('a', 'Bob', anEvent()), false);
      equal(await apiKeys.remove('a', 'Alice', anEvent()), true);
      await storage.users.remove('Alice', anEvent());
      equal(await apiKeys.find('hash of b'), null);
      notEqual(await apiKeys.find('hash of c'), null);
    });
  });
}
