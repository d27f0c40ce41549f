/**
 * The demo: two installations, *Tracker* with a sample application behind it and *Wiki*, linked both ways, in a folder
 * of their own that is gone afterwards. It performs the whole dance once, then stays open for whoever wants to look
 * around.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomTypeable } from '../../base/index.ts';
import { performDance } from './dance.ts';
import { type DemoUser, openSite, type Site } from './site.ts';
import { startTracker } from './tracker/tracker.ts';

/** How the demo is run. */
export interface DemoOptions {
  /** The port that is tried first for Tracker; Wiki takes the one after it. */
  readonly port: number;
  /** Prints a line. */
  say(line: string): void;
  /** Resolves when whoever looks around has seen enough; null: end after the dance. */
  readonly end: Promise<void> | null;
}

/** Runs the demo. Rejects when the dance does not end as it should. */
export async function runDemo({ port, say, end }: DemoOptions): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'countersign-demo-'));
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const trackerPort = await findPort(port, 'Tracker', say);
  const wikiPort = await findPort(Math.max(port, trackerPort) + 1, 'Wiki', say);
  const sample = await startTracker(() => `http://127.0.0.1:${trackerPort}`);
  opened.defer(() => sample.close());

  const users = demoUsers();
  const tracker = await openSite({
    name: 'Tracker',
    port: trackerPort,
    otherPort: wikiPort,
    directory,
    upstream: sample.url,
    users,
  });
  opened.defer(() => tracker.close());
  say(`✔ Tracker is open at ${tracker.url}, with a sample application behind it`);
  const wiki = await openSite({ name: 'Wiki', port: wikiPort, otherPort: trackerPort, directory, users });
  opened.defer(() => wiki.close());
  say(`✔ Wiki is open at ${wiki.url}`);
  await tracker.link(wiki.url);
  await wiki.link(tracker.url);
  say('✔ Each is linked from the other, by its base URL');
  await wiki.arrangeGadgets(tracker.url);
  say('✔ Wiki shows gadgets of Tracker on its dashboard');

  const count = await performDance({
    tracker,
    wiki,
    user: users.find(({ name }) => name === 'alice')!,
    foreignIssue: 'TRACK-3',
    tell: (step, details = []) => {
      say(`✔ ${step}`);
      for (const detail of details) say(`    ${detail}`);
    },
  });
  say(`✔ Done: ${count} issues were read, and the access is over.`);
  if (end === null) return;
  tellAddresses(say, tracker, wiki);
  await end;
}

/** The same people in both installations: an account here says nothing about one there. */
function demoUsers(): DemoUser[] {
  const random = { bytes: (length: number) => randomBytes(length) };
  const password = () => randomTypeable(random, 10);
  return [
    { name: 'admin', fullName: 'Ada Min', isAdministrator: true, password: password() },
    { name: 'alice', fullName: 'Alice Jones', isAdministrator: false, password: password() },
    { name: 'bob', fullName: 'Bob Brown', isAdministrator: false, password: password() },
  ];
}

function tellAddresses(say: DemoOptions['say'], tracker: Site, wiki: Site): void {
  const addresses: readonly [address: string, what: string][] = [
    [`${tracker.url}/`, 'the sample application'],
    [`${wiki.url}/dashboards`, 'gadgets of Tracker on a dashboard of Wiki; log in as alice or bob'],
    [`${wiki.url}/oauth/connections`, 'connect Wiki to Tracker, as alice or bob'],
    [`${tracker.url}/oauth/users/access-tokens`, 'what a user granted'],
    [`${tracker.url}/oauth/admin/consumers`, 'administration of Tracker'],
    [`${wiki.url}/oauth/admin/service-providers`, 'administration of Wiki'],
  ];
  const widest = Math.max(...addresses.map(([address]) => address.length));
  say('');
  say('Look around:');
  for (const [address, what] of addresses) say(`  ${address.padEnd(widest)}  ${what}`);
  say('');
  say('Log in, to either, as:');
  for (const { name, password, isAdministrator } of tracker.users) {
    say(`  ${name.padEnd(6)} ${password}${isAdministrator ? '   (administrator)' : ''}`);
  }
  say('');
  say('Ctrl-C ends the demo and removes its data.');
}

/** The port, or the next one that is free, which is said. */
async function findPort(port: number, name: string, say: DemoOptions['say']): Promise<number> {
  for (let candidate = port; ; candidate++) {
    if (candidate > port + 100) throw new Error(`no port from ${port} to ${candidate} is free`);
    if (!(await isFree(candidate))) continue;
    if (candidate !== port) say(`Port ${port} is taken; ${name} uses ${candidate}.`);
    return candidate;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
