import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, beforeEach, describe, it } from 'node:test';
import { addAccessToken, addOwners } from '../../../test/contract/opened-storage.ts';
import { arrival } from '../../../test/support/arrival.ts';
import {
  aConnection,
  aConsumer,
  anAccessToken,
  anEvent,
  anInstallation,
  aPendingConnection,
  aRefusal,
  aRequestToken,
  aServiceProvider,
  aSession,
  aUser,
  everything,
  NOW,
} from '../../../test/support/records.ts';
import { FixedClock, Secret } from '../../base/index.ts';
import { packRefusal, type Storage, StorageUnavailable, unpackRefusal } from '../../model/index.ts';
import { refuseOldSqlite } from './connection.ts';
import { openSqliteDatabase } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
after(() => rmSync(root, { recursive: true }));

const clock = new FixedClock(NOW);
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(root, 'data-'));
});

const open = () => openSqliteDatabase({ directory, clock });

async function withStorage<T>(use: (storage: Storage) => Promise<T>): Promise<T> {
  const { storage } = await open();
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

/** Runs a change as another process would: `node` over the same sources. */
function inAnotherProcess(change: string): void {
  const script = `
    import { openSqliteDatabase } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const clock = { milliseconds: () => ${NOW * 1000} };
    const event = ${JSON.stringify(anEvent())};
    const { storage } = await openSqliteDatabase({ directory: ${JSON.stringify(directory)}, clock });
    ${change}
    await storage.close();`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script]);
}

describe('the embedded database', () => {
  it('keeps everything across a restart', async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      await storage.requestTokens.add(aRequestToken());
      await storage.sessions.add(aSession(), 9);
      await storage.serviceProviders.add(aServiceProvider(), anEvent());
      await storage.installation.create(anInstallation());
      await storage.attempts.count('login', NOW, 60);
      await storage.accessTokens.revoke('id-a', null, NOW, anEvent({ object: 'last' }));
    });
    await withStorage(async (storage) => {
      const consumer = await storage.consumers.find('wiki');
      ok(consumer?.credential.kind === 'shared-secret');
      equal(consumer.credential.secret.reveal(), 'wiki secret');
      deepEqual(await storage.users.find('Alice'), aUser());
      equal((await storage.accessTokens.findById('id-a'))?.revokedAt, NOW);
      equal((await storage.requestTokens.find(aRequestToken().hash))?.secret.reveal(), 'request secret');
      deepEqual(await storage.sessions.find('session-hash'), aSession());
      equal((await storage.serviceProviders.find('Photos'))?.secret?.reveal(), 'photo secret');
      equal((await storage.installation.read())?.privateKey.reveal(), 'the private key');
      equal(await storage.attempts.peek('login', NOW, 60), 1);
      equal((await storage.audit.list({}, { search: '', offset: 0, limit: 1 })).rows[0]?.object, 'last');
    });
  });

  it('is readable by its owner only', async () => {
    await withStorage(async (storage) => {
      await storage.consumers.add(aConsumer(), anEvent());
      for (const file of ['countersign.db', 'countersign.db-wal', 'secret.key']) {
        equal(statSync(join(directory, file)).mode & 0o777, 0o600, file);
      }
    });
  });

  const noLocks = process.platform === 'linux' ? false : 'locks are listed by Linux only';
  it('holds the lock that keeps other processes from deleting its WAL', { skip: noLocks }, async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      const inode = statSync(join(directory, 'countersign.db')).ino;
      const locks = readFileSync('/proc/locks', 'utf8').split('\n');
      ok(locks.some((lock) => lock.includes(` ${process.pid} `) && lock.includes(`:${inode} `)));
    });
  });

  it('opened without migrating tells how far its schema is, and refuses to be used', async () => {
    const { storage, schema } = await openSqliteDatabase({ directory, clock, migrations: 'leave' });
    equal((await schema.status()).version, 0);
    throws(() => storage.consumers, /countersign db migrate/);
    const { version, latest } = await schema.migrate();
    equal(version, latest);
    await storage.close();
    const again = await openSqliteDatabase({ directory, clock, migrations: 'leave' });
    equal(await again.storage.consumers.find('wiki'), null);
    await again.storage.close();
  });

  it('shows what another process changes with the next look-up', async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      ok((await storage.grounds.lookUp('wiki', 'a')).token);
      inAnotherProcess(`await storage.accessTokens.revoke('id-a', null, ${NOW}, event);`);
      equal((await storage.grounds.lookUp('wiki', 'a')).token?.revokedAt, NOW);
      inAnotherProcess(`await storage.consumers.remove('wiki', event);`);
      deepEqual(await storage.grounds.lookUp('wiki', 'a'), { consumer: null, token: null, user: null });
    });
  });

  it('lets nobody change what signed requests are checked against', async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      const { consumer, token, user } = await storage.grounds.lookUp('wiki', 'a');
      throws(() => Object.assign(consumer!.limits, { readOnly: true }), TypeError);
      throws(() => Object.assign(token!, { userName: 'Bob' }), TypeError);
      throws(() => Object.assign(user!, { isDisabled: true }), TypeError);
    });
  });

  it('keeps what it remembers while only the time of last use changes', async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      const before = await storage.grounds.lookUp('wiki', 'a');
      await storage.accessTokens.noteUse(new Map([['id-a', NOW + 1]]));
      await storage.users.noteLogin('Alice', NOW, anEvent());
      const later = await storage.grounds.lookUp('wiki', 'a');
      equal(later.token, before.token);
      equal(later.consumer, before.consumer);
    });
  });

  it('notices whatever anybody does to a record that it remembers', async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      await storage.sessions.add(aSession(), 9);
      await storage.serviceProviders.add(aServiceProvider(), anEvent());
      equal((await storage.users.find('Alice'))?.isDisabled, false);
      equal((await storage.sessions.find('session-hash'))?.csrfToken, 'anti-forgery');
      const provider = await storage.serviceProviders.find('Photos');
      inAnotherProcess(`await storage.users.update('Alice', { isDisabled: true }, event);`);
      equal((await storage.users.find('Alice'))?.isDisabled, true);
      equal(await storage.sessions.find('session-hash'), null);
      equal(await storage.serviceProviders.find('Photos'), provider);
      const other = new DatabaseSync(join(directory, 'countersign.db'));
      other.exec("update service_providers set base_url = 'https://new.example'");
      other.close();
      await arrival();
      equal((await storage.serviceProviders.find('Photos'))?.baseUrl, 'https://new.example');
    });
  });

  it('never shows a change before it is committed, nor one that is rolled back', async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      // A number that JSON cannot hold makes the audit entry fail after the token was updated.
      const impossible = anEvent({ before: { count: 1n } });
      let isOver = false;
      const revoking = storage.accessTokens.revoke('id-a', null, NOW, impossible).catch(() => {
        isOver = true;
      });
      while (!isOver) {
        equal((await storage.grounds.lookUp('wiki', 'a')).token?.revokedAt, null);
      }
      await revoking;
      equal((await storage.accessTokens.findById('id-a'))?.revokedAt, null);
    });
  });

  it('waits for another process that is writing, and goes on', async () => {
    await withStorage(async (storage) => {
      const other = new DatabaseSync(join(directory, 'countersign.db'));
      other.exec('begin immediate');
      const adding = storage.consumers.add(aConsumer(), anEvent());
      setTimeout(() => other.exec('commit'), 150);
      equal(await adding, true);
      other.close();
    });
  });

  it('says that it is unavailable once closed', async () => {
    const { storage } = await open();
    await storage.close();
    await rejects(storage.consumers.find('wiki'), StorageUnavailable);
    await rejects(storage.consumers.add(aConsumer(), anEvent()), StorageUnavailable);
    throws(() => storage.grounds.lookUp('wiki', ''), StorageUnavailable);
  });

  it('says that it is unavailable when its file is not a database', async () => {
    writeFileSync(
      join(directory, 'countersign.db'),
      'this is not a database, and long enough to tell so '.repeat(40),
    );
    await rejects(open(), { name: 'StorageUnavailable', message: /not a database/ });
  });

  it('does not start on a SQLite that can damage it', () => {
    for (const version of ['3.51.2', '3.50.9', '2.99.9']) throws(() => refuseOldSqlite(version), /3\.51\.3/);
    for (const version of ['3.51.3', '3.53.4', '4.0.0']) refuseOldSqlite(version);
  });
});

describe('secrets at rest', () => {
  const canary = 'CANARY-0123456789-canary';

  it('never stand in any file of the data directory', async () => {
    await withStorage(async (storage) => {
      const secret = new Secret(canary);
      const credential = { kind: 'shared-secret', secret } as const;
      await storage.consumers.add(
        aConsumer({ credential, retiring: { credential, validUntil: NOW } }),
        anEvent(),
      );
      await storage.users.add(aUser(), anEvent());
      await addAccessToken(storage, 'a', { secret });
      await storage.requestTokens.add(aRequestToken({ secret }));
      await storage.serviceProviders.add(aServiceProvider({ secret }), anEvent());
      const sealed = { token: secret, secret, sessionHandle: secret };
      equal(await storage.connections.save(aConnection('a', sealed), anEvent()), true);
      equal(await storage.connections.addPending(aPendingConnection('p', { secret })), true);
      const refused = unpackRefusal(aRefusal('r'));
      const request = packRefusal({ ...refused, query: canary, body: Buffer.from(canary) });
      await storage.refusals.add([aRefusal('r', { request })], { perConsumer: 9, inAll: 9 });
      const next = { publicKeySpki: 'bmV4dA==', privateKey: secret, activatesAt: NOW };
      await storage.installation.create(anInstallation({ privateKey: secret, next, assertionKey: secret }));
      const files = readdirSync(directory).filter((file) => file.startsWith('countersign.db'));
      ok(files.length > 1);
      for (const file of files) equal(readFileSync(join(directory, file)).includes(canary), false, file);
    });
  });

  it('do not open in another row or column', async () => {
    await withStorage(async (storage) => {
      await storage.consumers.add(aConsumer({ key: 'a' }), anEvent());
      const credential = aConsumer().credential;
      await storage.consumers.add(
        aConsumer({ key: 'b', retiring: { credential, validUntil: NOW } }),
        anEvent(),
      );
      const other = new DatabaseSync(join(directory, 'countersign.db'));
      other.exec(`update consumers set secret = (select secret from consumers where consumer_key = 'b')
        where consumer_key = 'a'`);
      await rejects(storage.consumers.find('a'), {
        name: 'StorageUnavailable',
        message: /consumers\.secret/,
      });
      throws(() => storage.grounds.lookUp('a', ''), StorageUnavailable);
      other.exec('update consumers set secret = retiring_secret');
      await rejects(storage.consumers.find('b'), StorageUnavailable);
      other.close();
    });
  });

  it('cannot be read without their key file, which says so', async () => {
    await withStorage((storage) => storage.consumers.add(aConsumer(), anEvent()));
    const keyFile = join(directory, 'secret.key');
    copyFileSync(keyFile, `${keyFile}.kept`);
    rmSync(keyFile);
    await rejects(open(), { name: 'StorageUnavailable', message: /secret\.key is missing.*Put back/ });
    writeFileSync(keyFile, `other ${'A'.repeat(43)}\n`);
    await rejects(open(), { name: 'StorageUnavailable', message: /not the key file that belongs.*Put back/ });
    writeFileSync(keyFile, 'nonsense\n');
    await rejects(open(), { name: 'StorageUnavailable', message: /damaged/ });
    copyFileSync(`${keyFile}.kept`, keyFile);
    ok(await withStorage((storage) => storage.consumers.find('wiki')));
  });

  it('open under every key of the file; the newest seals, in a running server too', async () => {
    const { addSealingKey } = await import('../sealing/index.ts');
    const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
    await withStorage(async (running) => {
      await running.consumers.add(aConsumer(), anEvent());
      await addSealingKey(join(directory, 'secret.key'), random);
      await withStorage((other) => other.consumers.add(aConsumer({ key: 'new' }), anEvent()));
      const found = await running.consumers.find('new');
      ok(found?.credential.kind === 'shared-secret');
      equal(found.credential.secret.reveal(), 'wiki secret');
      ok(await running.consumers.find('wiki'));
    });
    const database = new DatabaseSync(join(directory, 'countersign.db'));
    const keys = database.prepare('select substr(secret, 1, 8) as id from consumers').all();
    equal(new Set(keys.map(({ id }) => id)).size, 2);
    database.close();
  });

  it('are made once when several processes start together', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, open));
    await databases[0]!.storage.consumers.add(aConsumer(), anEvent());
    for (const { storage } of databases) {
      ok(await storage.consumers.find('wiki'));
      await storage.close();
    }
    match(readFileSync(join(directory, 'secret.key'), 'utf8'), /^#.*\n#.*\n[A-Za-z0-9]{8} \S{43}\n$/);
    deepEqual(
      readdirSync(directory).filter((file) => file.startsWith('secret.key')),
      ['secret.key'],
    );
  });
});

describe('the kinds of nonce stores', () => {
  const burnWith = async (kind: 'memory' | 'database', timestamp: number) => {
    const { storage, openNonces } = await open();
    const nonces = await openNonces(kind, 300);
    const outcome = await nonces.burn('wiki', 't', timestamp, 'n');
    await nonces.close();
    await storage.close();
    return outcome;
  };

  it('remember across a restart', async () => {
    for (const kind of ['memory', 'database'] as const) {
      directory = mkdtempSync(join(root, 'data-'));
      deepEqual([await burnWith(kind, NOW), await burnWith(kind, NOW)], ['fresh', 'used']);
    }
  });

  it('refuse the whole window when one takes over from the other', async () => {
    equal(await burnWith('memory', NOW), 'fresh');
    equal(await burnWith('database', NOW), 'unsure');
    equal(await burnWith('database', NOW + 300), 'unsure');
    equal(await burnWith('database', NOW + 301), 'fresh');
    equal(await burnWith('memory', NOW + 300), 'unsure');
  });

  it('share a database among servers, but never with one that keeps them in memory', async () => {
    const [one, two] = [await open(), await open()];
    const nonces = [await one.openNonces('database', 300), await two.openNonces('database', 300)] as const;
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => nonces[index % 2 === 0 ? 0 : 1].burn('wiki', 't', NOW, 'n')),
    );
    equal(outcomes.filter((outcome) => outcome === 'fresh').length, 1);
    await rejects(one.openNonces('memory', 300), /in use by process/);
    for (const store of nonces) await store.close();
    const alone = await one.openNonces('memory', 300);
    await rejects(two.openNonces('memory', 300), /in use by process/);
    await rejects(two.openNonces('database', 300), /in use by process/);
    await alone.close();
    await one.storage.close();
    await two.storage.close();
  });
});

describe('lists', () => {
  it('give an empty page for a search longer than the database’s patterns may be', async () => {
    await withStorage(async (storage) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a', anAccessToken('a'));
      equal((await storage.consumers.list({ ...everything('name'), search: 'w'.repeat(60_000) })).total, 0);
    });
  });
});
