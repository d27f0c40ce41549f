/**
 * An installation that has outgrown one machine moves from SQLite to PostgreSQL by the real program: exported here,
 * imported there under another key file. Then its sealing key is replaced, while the server runs.
 */
import { equal, ok } from 'node:assert/strict';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { endChild, runCommand, type Serving, startServing } from '../support/countersign.ts';
import {
  CONSUMER_SECRET,
  type GrantedInstallation,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const WHOAMI = '/oauth/whoami';

describe('an installation that moves from SQLite to PostgreSQL', () => {
  let server: PostgresServer;
  let world: GrantedInstallation;
  let directory: string;
  let place: readonly string[];
  let serving: Serving | undefined;
  let live: TokenPair;
  let revoked: TokenPair;

  const there = async (...args: string[]) => {
    const { status, stdout, stderr } = await runCommand([...args, ...place, '--json']);
    equal(status, 0, stderr);
    return JSON.parse(stdout);
  };
  const serve = async () => {
    serving = await startServing(['serve', '--listen', new URL(world.installation.url).host, ...place]);
  };
  const statusOf = async (token: TokenPair) => (await send(world.sign('GET', WHOAMI, token))).status;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-move-'));
    [server, world] = await Promise.all([startPostgres(), startGrantedInstallation()]);
    place = ['--data', join(directory, 'data'), '--database', await server.createDatabase()];
    revoked = await world.grant();
    await world.installation.command(['token', 'revoke', '--user', 'alice']);
    live = await world.grant();
  });
  after(async () => {
    if (serving !== undefined) await endChild(serving.child, 'SIGTERM');
    await world?.installation.stop();
    await server?.remove();
    await rm(directory, { recursive: true, force: true });
  });

  it('takes everything along: its secrets open, its tokens go on, and what was revoked stays so', async () => {
    const [file, passphrase] = [join(directory, 'all.ndjson.gz'), join(directory, 'passphrase')];
    await writeFile(passphrase, 'a passphrase that nobody guesses', { mode: 0o600 });
    await world.installation.command(['export', '--output', file, '--passphrase-file', passphrase]);
    const { status, stderr } = await runCommand(['import', file, '--passphrase-file', passphrase, ...place]);
    equal(status, 0, stderr);
    await world.installation.stop();
    await serve();
    equal(await statusOf(live), 200);
    equal(await statusOf(revoked), 401);
    // Who could log in there can do so here, and give access.
    equal(await statusOf(await world.grant()), 200);
  });

  it('has its secrets sealed with a new key while it runs, and needs the old one no more', async () => {
    const file = join(directory, 'data', 'secret.key');
    const keys = async () => {
      const lines = (await readFile(file, 'utf8')).split('\n');
      return lines.filter((line) => line !== '' && !line.startsWith('#'));
    };
    const [old, ...none] = await keys();
    equal(none.length, 0);
    const { resealed, broken } = await there('db', 'rotate-key');
    ok(resealed >= 3, String(resealed));
    equal(broken.length, 0);
    equal((await keys()).length, 2);
    equal(await statusOf(live), 200);
    // As if the new key had been there for as long as every server needs to learn of it.
    const before = new Date(Date.now() - 60_000);
    await utimes(file, before, before);
    equal((await there('db', 'rotate-key', '--drop-old')).dropped, 1);
    ok(!(await keys()).includes(old!));
    equal(await statusOf(live), 200);
    await endChild(serving!.child, 'SIGTERM');
    await serve();
    equal(await statusOf(live), 200);
    equal(await statusOf(await world.grant()), 200);
  });

  it('keeps no secret in clear in the database', async () => {
    const database = new URL(place[3]!).pathname.slice(1);
    const rows = await server.query<{ secret: string }>('select secret from consumers', database);
    equal(rows.length, 1);
    ok(!rows[0]!.secret.includes(CONSUMER_SECRET));
  });
});
