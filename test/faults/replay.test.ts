/**
 * Two published promises, against the real program: no replay is ever accepted, also in parallel, across kills and
 * with the clock set back; and who cannot sign can neither burn nor flood nonces.
 */
import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type GrantedInstallation,
  type Signed,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { placeOfStores } from '../support/stores.ts';
import { rounds, type Tally, tallyOf } from './promise.ts';

const WHOAMI = '/oauth/whoami';

/** A process whose clock is off by so many seconds. */
function clockMovedBy(seconds: number): Readonly<Record<string, string>> {
  const script = `const now = Date.now; Date.now = () => now() + ${seconds * 1000};`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

async function statuses(requests: readonly Signed[]): Promise<number[]> {
  return (await Promise.all(requests.map(send))).map(({ status }) => status);
}

describe('replays', () => {
  const parallel = tallyOf(3, 'fifty at once on one node');
  const kills = tallyOf(3, 'after a kill');
  const clocks = tallyOf(3, 'with the clock of the process moved');
  let world: GrantedInstallation;
  let token: TokenPair;
  const accepted: Signed[] = [];
  before(async () => {
    world = await startGrantedInstallation();
    token = await world.grant();
  });
  after(() => world?.installation.stop());

  async function acceptSome(): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    const fresh = Array.from({ length: 20 }, (_, i) =>
      world.sign('GET', WHOAMI, token, { timestamp: now - 280 + i * 29 }),
    );
    assert.deepEqual(new Set(await statuses(fresh)), new Set([200]));
    accepted.push(...fresh);
  }

  /** Replays the latest thousand: no connection may break and hide what would have been accepted. */
  async function replay(tally: Tally, what: string): Promise<void> {
    for (const status of await statuses(accepted.slice(-1000))) tally.try(status >= 400, `${status} ${what}`);
    tally.assertKept();
  }

  it('of one request, fifty at once, leave one accepted', async () => {
    for (const _ of rounds({ usually: 5, long: 1000 })) {
      const request = world.sign('GET', WHOAMI, token);
      const answers = await statuses(Array.from({ length: 50 }, () => request));
      const accepted = answers.filter((status) => status === 200).length;
      parallel.add(answers.length, Math.abs(accepted - 1), `${accepted} of fifty were accepted`);
    }
    parallel.assertKept();
  });

  it('are refused after the server was killed', async () => {
    for (const round of rounds({ usually: 3, long: 200 })) {
      await acceptSome();
      await world.installation.crash();
      await replay(kills, `after kill ${round + 1}`);
    }
  });

  it('are refused with the clock set ten minutes back or forth, and back again', async () => {
    await acceptSome();
    // The clock as it was until now.
    let furthest = 0;
    for (const seconds of [-600, 600, 300, -300, 0]) {
      furthest = Math.max(furthest, seconds);
      await world.installation.crash(clockMovedBy(seconds));
      await replay(clocks, `with the clock moved by ${seconds} s`);
      const timestamp = Math.floor(Date.now() / 1000) + seconds;
      const fresh = world.sign('GET', WHOAMI, token, { timestamp });
      const { status } = await send(fresh);
      // Redis forgets by the clock: with that set back behind what was forgotten, nothing can be sure of being new.
      const isForgotten = placeOfStores() !== 'SQLite' && seconds < furthest;
      assert.equal(status, isForgotten && status === 400 ? 400 : 200, `a fresh request at ${seconds} s`);
      if (status === 200) accepted.push(fresh);
    }
  });
});

describe('senders without a valid signature', () => {
  const burning = tallyOf(4, 'forged requests with the nonce of an honest one');
  const flooding = tallyOf(4, 'forged requests that would fill the store');
  let world: GrantedInstallation;
  let token: TokenPair;
  before(async () => {
    world = await startGrantedInstallation();
    token = await world.grant();
  });
  after(() => world?.installation.stop());

  const forged = (request: Signed): Signed => ({
    ...request,
    authorization: request.authorization.replace(/oauth_signature="[^"]{4}/, 'oauth_signature="AAAA'),
  });

  it('do not burn the nonce of an honest request', async () => {
    for (const _ of rounds({ usually: 20, long: 2000 })) {
      const honest = world.sign('GET', WHOAMI, token);
      const strangers = await statuses(Array.from({ length: 5 }, () => forged(honest)));
      for (const status of strangers) burning.try(status === 401, `a forged one got ${status}`);
      burning.try((await send(honest)).status === 200, 'the honest one was refused');
    }
    burning.assertKept();
  });

  // Looks into the files of the store that a server has to itself.
  const skip = placeOfStores() !== 'SQLite';
  it('leave no trace in the store of nonces', { skip }, async () => {
    const directory = join(world.installation.dataDirectory, 'nonces');
    const size = async () => {
      const sizes = (await readdir(directory)).map(async (name) => (await stat(join(directory, name))).size);
      return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
    };
    const before = await size();
    for (const _ of rounds({ usually: 10, long: 500 })) {
      await statuses(Array.from({ length: 50 }, () => forged(world.sign('GET', WHOAMI, token))));
      const grown = (await size()) - before;
      flooding.add(50, grown === 0 ? 0 : 1, `the store grew by ${grown} bytes`);
    }
    flooding.assertKept();
  });
});
