/**
 * What long lists cost whoever looks at them: pages of an installation with 100 000 consumers and as many tokens
 * against the same pages of an empty one, over the embedded database and over PostgreSQL. Every page is asked for as a
 * logged-in browser asks, one at a time, and on both sides in turn. The fastest answer of each counts: one request at a
 * time takes what it takes, and whatever is beyond that the machine did for somebody else.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '../../src/base/index.ts';
import { openPostgresDatabase } from '../../src/storage/postgres/index.ts';
import { openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { startPostgres } from '../../test/support/postgres-server.ts';
import { fillLists } from '../full-lists.ts';
import { sendAll } from '../load.ts';
import { type MeasuredServer, startCountersign } from '../processes.ts';
import { CLOCK } from '../workload.ts';

/** How long each list is. */
const LENGTH = 100_000;
const ADMINISTRATOR = { username: 'root', password: 'correct horse battery staple' };

/**
 * Texts that are in all rows or in none, in one of a hundred, of a few characters and of many; common pieces of which
 * only the whole is rare; characters that a pattern takes for its own.
 */
const SEARCHES = [
  ...['application', '4711', 'nowhere', 'user', 'calendar', 'q', 'zz', '%', '77', '477', 'team 77', 'r 77'],
  'reads the calendar of team 77',
];

/**
 * Searches of which pages far down are looked at: texts in a hundredth, a tenth and all of the rows, of as few characters
 * as the index keeps together and of more.
 */
const FAR_SEARCHES = ['77', 'team 77', '9 reads', 'calendar of team 7', 'team 1', 'application'];

/** How far down: as many pages as somebody turns at most, and the half of that. */
const FAR = [20, 40] as const;

/** A page of a list: the address of the first, and which it is, there by turning one after the other. */
interface View {
  readonly address: string;
  readonly page: number;
}

/** Each list by every order, searched, and paged through. */
const VIEWS = [
  ...views('/oauth/admin/consumers', ['name', 'key', 'created', 'used']),
  ...views('/oauth/admin/tokens', ['created', 'expires', 'used', 'user', 'consumer']),
  ...views('/oauth/admin/users', ['name', 'created', 'login']),
];

/** A page of the long list and of the empty one, the fastest of several in milliseconds. */
export interface PageMeasured {
  readonly page: string;
  readonly longMs: number;
  readonly emptyMs: number;
}

/** Measures both over one kind of database. @param directory where their data may go */
export async function measurePages(
  directory: string,
  database: 'sqlite' | 'postgres',
  rounds: number,
): Promise<readonly PageMeasured[]> {
  const long = await mkdtemp(join(directory, 'long-'));
  const empty = await mkdtemp(join(directory, 'empty-'));
  if (database === 'sqlite') return measureBoth([long, []], [empty, []], rounds);
  const postgres = await startPostgres({ fsync: 'on' });
  try {
    const over = async () => ['--database', await postgres.createDatabase()];
    return await measureBoth([long, await over()], [empty, await over()], rounds);
  } finally {
    await postgres.remove();
  }
}

/** A data directory and the options that every command over it gets. */
type Place = readonly [directory: string, options: readonly string[]];

async function measureBoth(long: Place, empty: Place, rounds: number): Promise<readonly PageMeasured[]> {
  await fill(long);
  const [longServer, emptyServer] = [await serve(long), await serve(empty)];
  try {
    const cookies = [await logIn(longServer), await logIn(emptyServer)] as const;
    const measured: PageMeasured[] = [];
    for (const view of VIEWS) {
      const page = await turnTo(longServer, cookies[0], view);
      const first = view.address;
      const pairs: (readonly [number, number])[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const long = await timeOf(longServer, cookies[0], page);
        pairs.push([long, await timeOf(emptyServer, cookies[1], first)]);
      }
      const fastest = (side: 0 | 1) => Math.min(...pairs.slice(1).map((pair) => pair[side]));
      measured.push({ page: nameOf(view), longMs: fastest(0), emptyMs: fastest(1) });
    }
    return measured;
  } finally {
    await Promise.all([longServer.stop(), emptyServer.stop()]);
  }
}

async function fill([directory, [, url]]: Place): Promise<void> {
  const { kept, storage } =
    url === undefined
      ? await openSqliteDatabase({ directory, clock: CLOCK })
      : await openPostgresDatabase({ url: new Secret(url), directory, clock: CLOCK });
  await fillLists(kept, LENGTH);
  await storage.close();
}

async function serve([directory, options]: Place): Promise<MeasuredServer> {
  const program = fileURLToPath(new URL('../../bin/countersign', import.meta.url));
  const user = ['user', 'add', ADMINISTRATOR.username, '--admin', '--password-stdin'];
  execFileSync(program, [...user, '--data', directory, ...options], { input: ADMINISTRATOR.password });
  return startCountersign(directory, options);
}

async function logIn({ port }: MeasuredServer): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/oauth/login`, {
    method: 'POST',
    body: new URLSearchParams(ADMINISTRATOR),
    redirect: 'manual',
  });
  const [cookie = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';');
  return cookie;
}

/** The fastest of a few requests, one after the other. */
async function timeOf({ port }: MeasuredServer, cookie: string, page: string): Promise<number> {
  const request = `GET ${page} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`;
  const requests = Array.from({ length: 5 }, () => Buffer.from(request));
  const { fastestMs, statuses } = await sendAll(port, requests, 1);
  if (statuses.get(200) !== requests.length)
    throw new Error(`${page} answered ${JSON.stringify([...statuses])}`);
  return fastestMs;
}

/** The address of a page, which the pages before lead to; of the last where there are not as many. */
async function turnTo({ port }: MeasuredServer, cookie: string, { address, page }: View): Promise<string> {
  let found = address;
  for (let turned = 1; turned < page; turned += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}${found}`, { headers: { cookie } });
    const next = /rel="next" href="([^"]+)"/u.exec(await answer.text())?.[1];
    if (next === undefined) break;
    found = next.replaceAll('&amp;', '&');
  }
  return found;
}

function nameOf({ address, page }: View): string {
  return page === 1 ? address : `${address}, page ${page}`;
}

/**
 * The first page by each order both ways, the last that is reached by a number, and searches: their first page, pages far
 * down, and of one that finds a tenth of the rows pages far down by each order.
 */
function views(path: string, sorts: readonly string[]): readonly View[] {
  const orders = sorts.flatMap((sort) => ['up', 'down'].map((order) => `?sort=${sort}&order=${order}`));
  const searches = SEARCHES.map((text) => `?q=${encodeURIComponent(text)}`);
  const first = ['', ...orders, '?page=3500', ...searches, `?q=1&sort=${sorts[0]}&order=down`];
  const far = [
    ...FAR_SEARCHES.map((text) => `?q=${encodeURIComponent(text)}`),
    ...orders.flatMap((order) => [order, `${order}&q=77`]),
  ];
  return [
    ...first.map((query) => ({ address: path + query, page: 1 })),
    ...far.flatMap((query) => FAR.map((page) => ({ address: path + query, page }))),
  ];
}
