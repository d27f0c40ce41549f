/** What the PostgreSQL adapter promises beyond the contract of storage: keys, schemas, trouble, and what is said of it. */
import { doesNotMatch, equal, ok, rejects } from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { FixedClock, Secret } from '../../src/base/index.ts';
import { StorageUnavailable } from '../../src/model/index.ts';
import { openPostgresDatabase, type PostgresDatabase } from '../../src/storage/postgres/index.ts';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { aConsumer, anAccessToken, anEvent, aRequestToken, everything, NOW } from '../support/records.ts';
import { addAccessToken, addOwners } from './opened-storage.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-postgres-'));
const clock = new FixedClock(NOW);
let server: PostgresServer;
let url: string;
let directory: string;
before(async () => {
  server = await startPostgres();
});
after(async () => {
  await server.remove();
  rmSync(root, { recursive: true });
});
beforeEach(async () => {
  directory = mkdtempSync(join(root, 'data-'));
  url = await server.createDatabase();
});

const open = (place = url, more: object = {}) =>
  openPostgresDatabase({ url: new Secret(place), directory, clock, ...more });

const inDatabase = (sql: string) => server.query(sql, new URL(url).pathname.slice(1));

async function withDatabase<T>(use: (database: PostgresDatabase) => Promise<T>, place = url): Promise<T> {
  const database = await open(place);
  try {
    return await use(database);
  } finally {
    await database.storage.close();
  }
}

describe('secrets in PostgreSQL', () => {
  it('are sealed with a key that lies outside of it', async () => {
    await withDatabase(({ storage }) => storage.consumers.add(aConsumer(), anEvent()));
    const [row] = await inDatabase('select * from consumers');
    doesNotMatch(JSON.stringify(row), /wiki secret/);
  });

  it('need the key file that belongs to the database, on every server', async () => {
    await withDatabase(({ storage }) => storage.consumers.add(aConsumer(), anEvent()));
    const own = directory;
    directory = mkdtempSync(join(root, 'other-'));
    await rejects(open(), { name: 'StorageUnavailable', message: /secret\.key is missing.*Put back/ });
    writeFileSync(join(directory, 'secret.key'), `other ${'A'.repeat(43)}\n`);
    await rejects(open(), { name: 'StorageUnavailable', message: /not the key file that belongs.*Put back/ });
    copyFileSync(join(own, 'secret.key'), join(directory, 'secret.key'));
    ok(await withDatabase(({ storage }) => storage.consumers.find('wiki')));
  });
});

describe('a database that cannot be used', () => {
  it('is told with what to do, and never with the password', async () => {
    const name = new URL(url).pathname;
    const wrong: readonly (readonly [string, RegExp])[] = [
      [`postgres://owner:hush@127.0.0.1:${server.port}${name}`, /refused the login of owner.*--database/],
      [server.url('absent'), /has no database .*absent: create it with "createdb/],
      ['postgres://me:hush@127.0.0.1:1/x', /no PostgreSQL answers at 127\.0\.0\.1:1/],
      [`${url}?sslmode=verify-full`, /speaks no TLS/],
      [`${url}?sslmode=prefer`, /sslmode must be/],
      [`${url}?sslrootcert=/nowhere.pem`, /no sslmode/],
      [`${url}?application=x`, /"application" is not known/],
      ['postgres://me:hush@host', /must end with the name of a database/],
    ];
    for (const [place, sentence] of wrong) {
      await rejects(open(place), (error: Error) => {
        ok(error instanceof StorageUnavailable, String(error));
        ok(sentence.test(error.message), error.message);
        doesNotMatch(error.message, /hush|p@ss|p%40ss/);
        return true;
      });
    }
  });

  it('because it keeps texts in another encoding says which is needed', async () => {
    await server.query(
      `create database latin encoding 'SQL_ASCII' locale 'C' template template0 locale_provider libc`,
    );
    await rejects(open(server.url('latin')), /SQL_ASCII.*-E UTF8/);
  });
});

describe('the schema of a database in PostgreSQL', () => {
  it('is made once when several servers start together', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, () => open()));
    const [row] = await inDatabase(
      'select count(*)::int as steps, max(number)::int as last from schema_version',
    );
    equal(row?.steps, row?.last);
    await Promise.all(databases.map(({ storage }) => storage.close()));
  });

  it('that is newer is refused at start; one that is not up to date waits for being told', async () => {
    const old = await open(url, { migrations: 'leave' });
    equal((await old.schema.status()).version, 0);
    await rejects(async () => old.storage.users.isEmpty(), /countersign db migrate/);
    await old.schema.migrate();
    await old.storage.close();
    await inDatabase(`insert into schema_version values (1000, 'of the future', ${NOW})`);
    await rejects(open(), { name: 'StorageUnavailable', message: /newer version of Countersign/ });
  });

  it('may get columns and tables from a newer version while servers of this one run', async () => {
    await withDatabase(async ({ storage }) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      ok((await storage.grounds.lookUp('wiki', 'a')).token);
      for (const table of ['consumers', 'users', 'access_tokens', 'request_tokens', 'audit_events'])
        await inDatabase(
          `alter table ${table} add column of_the_future text, add column another int not null default 1`,
        );
      ok((await storage.grounds.lookUp('wiki', 'a')).token);
      await addAccessToken(storage, 'b');
      ok(await storage.consumers.find('wiki'));
      equal((await storage.accessTokens.list({}, everything('created'), NOW)).total, 2);
    });
  });
});

describe('PostgreSQL that goes and comes back', () => {
  it('is told as storage that does not answer, and is used again at once', async () => {
    await withDatabase(async ({ storage, openNonces }) => {
      await addOwners(storage);
      await addAccessToken(storage, 'a');
      const nonces = await openNonces(300);
      const uses: readonly (() => unknown)[] = [
        () => storage.grounds.lookUp('wiki', 'a'),
        () => nonces.burn('wiki', 'a', NOW, 'n'),
        () => storage.users.find('Alice'),
        () => storage.accessTokens.revoke('id-a', null, NOW, anEvent()),
      ];
      for (const use of uses.slice(0, 3)) await use();
      await server.stop('SIGKILL');
      for (const use of uses) await rejects(async () => use(), { name: 'StorageUnavailable' });
      await server.start();
      equal((await storage.grounds.lookUp('wiki', 'a')).token?.revokedAt, null);
      equal(await nonces.burn('wiki', 'a', NOW, 'n'), 'used');
      equal(await nonces.burn('wiki', 'a', NOW, 'another'), 'fresh');
      equal(await storage.accessTokens.revoke('id-a', null, NOW, anEvent()), true);
      await nonces.close();
    });
  });

  it('is not asked to commit twice: what a lost COMMIT did is looked up', async () => {
    const proxy = await startCuttingProxy(server.port);
    const byProxy = url.replace(`:${server.port}/`, `:${proxy.port}/`);
    await withDatabase(async ({ storage }) => {
      await addOwners(storage);
      const approved = aRequestToken({ state: 'approved', userName: 'Alice' });
      await storage.requestTokens.add(approved);
      const exchange = () => storage.requestTokens.exchange(approved.hash, anAccessToken('t'), anEvent());
      proxy.cut('before commit');
      await rejects(exchange(), { name: 'StorageUnavailable' });
      equal((await storage.requestTokens.find(approved.hash))?.state, 'approved');
      proxy.cut('after commit');
      equal(await exchange(), 'done');
      proxy.mend();
      equal(await exchange(), 'lost');
      const revoke = () => storage.accessTokens.revoke('id-t', null, NOW, anEvent());
      proxy.cut('before commit');
      await rejects(revoke(), { name: 'StorageUnavailable' });
      proxy.cut('after commit');
      equal(await revoke(), true);
      equal((await storage.grounds.lookUp('wiki', 't')).token?.revokedAt, NOW);
    }, byProxy);
    await proxy.close();
  });
});

describe('texts from strangers', () => {
  it('may hold what PostgreSQL cannot keep', async () => {
    await withDatabase(async ({ storage, openNonces }) => {
      const name = 'nobody\0knows';
      equal((await storage.grounds.lookUp(name, name)).consumer, null);
      equal(await storage.users.find(name), null);
      equal((await storage.consumers.list({ ...everything('key'), search: name })).total, 0);
      await storage.audit.append(anEvent({ note: name }));
      const nonces = await openNonces(300);
      equal(await nonces.burn(name, name, NOW, name), 'fresh');
      equal(await nonces.burn(name, name, NOW, name), 'used');
      await nonces.close();
    });
  });
});
