/**
 * The demo: an installation *Tracker* with a sample application behind it, three users and a consumer, in a folder of
 * its own that is gone afterwards. It performs the whole dance once, then stays open for whoever wants to look around.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI_ACTOR, createPasswordHasher, createUser } from '../../accounts/index.ts';
import { registerConsumer } from '../../administration/index.ts';
import { randomTypeable } from '../../base/index.ts';
import { openInstallation, type RunningServer, readSettings, startServer } from '../../server/index.ts';
import { DemoConsumer } from './consumer.ts';
import { performDance } from './dance.ts';
import { startTracker } from './tracker/tracker.ts';

/** How the demo is run. */
export interface DemoOptions {
  /** The port that is tried first. */
  readonly port: number;
  /** Prints a line. */
  say(line: string): void;
  /** Resolves when whoever looks around has seen enough; null: end after the dance. */
  readonly end: Promise<void> | null;
}

interface DemoUser {
  readonly name: string;
  readonly fullName: string;
  readonly isAdministrator: boolean;
  readonly password: string;
}

/** Runs the demo. Rejects when the dance does not end as it should. */
export async function runDemo({ port, say, end }: DemoOptions): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), 'countersign-demo-'));
  opened.defer(() => rm(data, { recursive: true, force: true }));
  const freePort = await findFreePort(port);
  if (freePort !== port) say(`Port ${port} is taken; the demo uses ${freePort}.`);

  const url = `http://127.0.0.1:${freePort}`;
  const tracker = await startTracker(() => url);
  opened.defer(() => tracker.close());
  const { settings } = readSettings({
    flags: {
      data,
      name: 'Tracker',
      listen: `127.0.0.1:${freePort}`,
      upstream: tracker.url,
      publicPath: ['/status'],
      logLevel: 'warn',
    },
    environment: {},
    readFile: () => '',
  });
  const consumer = new DemoConsumer('http://127.0.0.1:8081/oauth/callback');
  const { users, server } = await prepare(settings, consumer);
  opened.defer(() => server.close(1000));
  tellOpening(say, server, consumer);

  const alice = users.find(({ name }) => name === 'alice')!;
  const count = await performDance({
    url: server.url,
    consumer,
    user: alice,
    foreignIssue: 'TRACK-3',
    tell: (step, details = []) => {
      say(`✔ ${step}`);
      for (const detail of details) say(`    ${detail}`);
    },
  });
  say(`✔ Done: ${count} issues were read, and the access is over.`);
  if (end === null) return;
  tellAddresses(say, server, users);
  await end;
}

/** Everything that an administrator would have done before: users, the consumer, the server. */
async function prepare(
  settings: ReturnType<typeof readSettings>['settings'],
  consumer: DemoConsumer,
): Promise<{ users: DemoUser[]; server: RunningServer }> {
  const open = await openInstallation(settings);
  const password = () => randomTypeable(open.random, 10);
  const users: DemoUser[] = [
    { name: 'admin', fullName: 'Ada Min', isAdministrator: true, password: password() },
    { name: 'alice', fullName: 'Alice Jones', isAdministrator: false, password: password() },
    { name: 'bob', fullName: 'Bob Brown', isAdministrator: false, password: password() },
  ];
  try {
    const accounts = { ...open, passwords: createPasswordHasher(open.random) };
    for (const { name, fullName, ...user } of users) {
      await createUser(accounts, { ...user, username: name, displayName: fullName, email: '' }, CLI_ACTOR);
    }
    const { key, name, callback, publicKey } = consumer;
    const description = 'Shows your issues on the pages of your team.';
    const credential = { kind: 'public-key', text: publicKey } as const;
    await registerConsumer(open, { key, name, description, callback, credential }, CLI_ACTOR);
  } finally {
    await open.storage.close();
  }
  return { users, server: await startServer(settings) };
}

function tellOpening(say: DemoOptions['say'], server: RunningServer, consumer: DemoConsumer): void {
  say(`✔ Tracker is open at ${server.url}, with a sample application behind it`);
  say(`✔ ${consumer.name} is registered there as a consumer, with an RSA key`);
}

function tellAddresses(say: DemoOptions['say'], { url }: RunningServer, users: readonly DemoUser[]): void {
  say('');
  say('Look around:');
  say(`  ${url}/                             the sample application`);
  say(`  ${url}/oauth/users/access-tokens    what a user granted`);
  say(`  ${url}/oauth/admin/consumers        administration`);
  say('');
  say('Log in as:');
  for (const { name, password, isAdministrator } of users) {
    say(`  ${name.padEnd(6)} ${password}${isAdministrator ? '   (administrator)' : ''}`);
  }
  say('');
  say('Ctrl-C ends the demo and removes its data.');
}

/** The port, or the next one that is free. */
async function findFreePort(port: number): Promise<number> {
  for (let candidate = port; ; candidate++) {
    if (candidate > port + 100) throw new Error(`no port from ${port} to ${candidate} is free`);
    if (await isFree(candidate)) return candidate;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
