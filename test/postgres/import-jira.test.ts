/** Consumers and tokens are taken over from the PostgreSQL of a running Jira, which notices nothing. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Installation, runCommand, startInstallation } from '../support/countersign.ts';
import { OAuthConsumer } from '../support/oauth-consumer.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const READER = 'reader';
const PASSWORD = 'a p@ssword/of the reader';

/** As a Jira makes them; the tables stand in a schema of their own. */
function jiraTables(publicKey: string, yesterday: string): string {
  return `create schema jira;
    set search_path = jira;
    create table oauthspconsumer (id numeric(18,0) primary key, created timestamptz, consumer_key varchar(255),
      consumername varchar(255), public_key text, description text, callback text, two_l_o_allowed varchar(60),
      executing_two_l_o_user varchar(255), two_l_o_impersonation_allowed varchar(60), three_l_o_allowed varchar(60));
    create table oauthsptoken (id numeric(18,0) primary key, created timestamptz, token varchar(255),
      token_secret varchar(255), token_type varchar(60), consumer_key varchar(255), username varchar(255),
      ttl numeric(18,0), spauth varchar(60), callback text, spverifier varchar(255), spversion varchar(60),
      session_handle varchar(255), session_creation_time timestamptz, session_last_renewal_time timestamptz,
      session_time_to_live numeric(18,0));
    create table "APP_USER" (id numeric(18,0) primary key, user_key varchar(255), lower_user_name varchar(255));
    create table cwd_user (id numeric(18,0) primary key, user_name varchar(255), active integer,
      display_name varchar(255), email_address varchar(255));
    insert into oauthspconsumer values
      (1, '${yesterday}', 'wiki', 'The Wiki', '${publicKey}', 'it''s \\about', null, '0', null, '0', '1'),
      (2, '${yesterday}', 'robot', 'Robot', '${publicKey}', null, 'https://robot.example/back', '1', 'JIRAUSER10100', '1', '1'),
      (3, '${yesterday}', 'broken', 'Broken', 'no key', null, null, '0', null, '0', '1');
    insert into oauthsptoken (id, created, token, token_secret, token_type, consumer_key, username, ttl) values
      (1, '${yesterday}', 'aliceToken', 'aliceSecret', 'ACCESS', 'wiki', 'JIRAUSER10100', 157680000000),
      (2, '${yesterday}', 'bobToken', 'bobSecret', 'ACCESS', 'wiki', 'bob', 157680000000);
    insert into "APP_USER" values (1, 'JIRAUSER10100', 'alice');
    insert into cwd_user values (1, 'Bob', 0, 'Bob Builder', 'bob@example.com');
    create role ${READER} login password '${PASSWORD}';
    grant usage on schema jira to ${READER};
    grant select on all tables in schema jira to ${READER};`;
}

describe('consumers and tokens taken over from the database of a Jira', () => {
  let server: PostgresServer;
  let installation: Installation;
  let database: string;
  /** Of a user who may only read. */
  let url: string;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  before(async () => {
    [server, installation] = await Promise.all([startPostgres(), startInstallation()]);
    const owned = new URL(await server.createDatabase());
    database = owned.pathname.slice(1);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    await server.query(jiraTables(publicKey.toString('base64'), yesterday), database);
    owned.username = READER;
    owned.password = encodeURIComponent(PASSWORD);
    url = owned.href;
    await installation.command(['user', 'add', 'Alice', '--password-stdin'], 'correct horse battery staple');
  });
  after(async () => {
    await installation?.stop();
    await server?.remove();
  });

  const run = (...args: string[]) =>
    runCommand(['import-jira', ...args, '--data', installation.dataDirectory]);
  const whoami = async (token: string) => {
    const consumer = new OAuthConsumer(installation.url, 'wiki', { privateKey });
    return consumer.get('/oauth/whoami', { token, tokenSecret: '' });
  };
  it('are looked at first: the same report as from a dump, without lines', async () => {
    const { status, stdout, stderr } = await run(url, '--dry-run', '--json');
    equal(status, 0, stderr);
    const { file, consumers, tokens, skipped } = JSON.parse(stdout);
    equal(file, `127.0.0.1:${server.port}/${database}`);
    deepEqual(
      consumers.map(({ key, twoLegged }: { key: string; twoLegged: unknown }) => [key, twoLegged]),
      [
        ['wiki', { allowed: false, executeAs: null, mayImpersonate: false }],
        ['robot', { allowed: true, executeAs: 'Alice', mayImpersonate: true }],
      ],
    );
    deepEqual(
      tokens.map(({ user }: { user: string }) => user),
      ['Alice'],
    );
    deepEqual(
      skipped.map(({ line, about }: { line: number | null; about: string }) => [line, about]),
      [
        [null, 'consumer broken'],
        [null, 'token of bob for wiki'],
      ],
    );
    equal((await whoami('aliceToken')).status, 401);
    const text = await run(url, '--dry-run');
    match(text.stdout, /\n {2}consumer broken: [\s\S]*Nothing was changed/);
  });

  it('go on working, users along with them where that is asked for', async () => {
    const { status, stderr } = await run(url, '--add-users');
    equal(status, 0, stderr);
    equal(JSON.parse((await whoami('aliceToken')).body).user, 'Alice');
    // Bob is added as he is there: not active.
    equal((await whoami('bobToken')).status, 401);
    const shown = await installation.command(['user', 'show', 'bob', '--json']);
    deepEqual(
      [JSON.parse(shown.stdout).displayName, JSON.parse(shown.stdout).isDisabled],
      ['Bob Builder', true],
    );
    const [consumer] = JSON.parse((await installation.command(['consumer', 'list', '--json'])).stdout).filter(
      ({ key }: { key: string }) => key === 'wiki',
    );
    equal(consumer.description, "it's \\about");
  });

  it('are read with a password from the environment as well', async () => {
    const bare = new URL(url);
    bare.password = '';
    process.env.PGPASSWORD = PASSWORD;
    try {
      const { status, stderr } = await run(bare.href, '--dry-run');
      equal(status, 0, stderr);
    } finally {
      delete process.env.PGPASSWORD;
    }
  });

  it('are refused with what to do, and without the password', async () => {
    const refusedAs = async (change: (changed: URL) => void, sentence: RegExp) => {
      const changed = new URL(url);
      change(changed);
      const { status, stdout, stderr } = await run(changed.href, '--dry-run');
      equal(status, 1);
      match(stderr, sentence);
      for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'another secret'])
        ok(!(stdout + stderr).includes(secret), stderr);
    };
    await refusedAs((changed) => {
      changed.password = 'another secret';
    }, /^countersign: PostgreSQL at \S+ refused the login of reader: check user and password in the URL/);
    await refusedAs((changed) => {
      changed.pathname = '/nowhere';
    }, /has no database \S+nowhere: correct the URL/);
    await refusedAs((changed) => {
      changed.pathname = '/postgres';
    }, /the database has no table oauthspconsumer that this user may see/);
    await refusedAs((changed) => {
      changed.port = '1';
    }, /no PostgreSQL answers at .*correct host and port in the URL/);
    await refusedAs((changed) => {
      changed.searchParams.set('colour', 'red');
    }, /the URL of the database cannot be used: "colour" is not known/);
    await server.query(`revoke select on jira.oauthsptoken from ${READER}`, database);
    await refusedAs(() => {}, /reader may not read a table .*oauthsptoken.*GRANT SELECT/);
    await server.query(`grant select on jira.oauthsptoken to ${READER}`, database);
    await server.query('create schema copy; create table copy.oauthspconsumer (id integer)', database);
    await server.query(`grant usage on schema copy to ${READER}`, database);
    await refusedAs(() => {}, /there more than once \(copy\.oauthspconsumer, jira\.oauthspconsumer\)/);
  });

  it('are read in a transaction that can write nothing, whatever the user of the URL may do', async () => {
    const owned = await server.createDatabase(database);
    const copy = new URL(owned).pathname.slice(1);
    await server.query(
      `create sequence jira.counter;
      drop table jira.cwd_user;
      create view jira.cwd_user as select nextval('jira.counter') as user_name;`,
      copy,
    );
    await server.query('drop schema if exists copy cascade', copy);
    const { status, stderr } = await run(owned, '--dry-run');
    equal(status, 1);
    match(stderr, /^countersign: the database is read-only/);
  });
});
