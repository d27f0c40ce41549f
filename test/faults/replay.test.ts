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

  async function countAccepted(what: string, requests: readonly Signed[] = accepted): Promise<number> {
    const violations = (await statuses(requests)).filter((status) => status < 400).length;
    console.log(`${what}: ${requests.length} replays, ${violations} accepted`);
    return violations;
  }

  it('of one request, fifty at once, leave one accepted', async () => {
    let violations = 0;
    for (let round = 0; round < 5; round += 1) {
      const request = world.sign('GET', WHOAMI, token);
      const answers = await statuses(Array.from({ length: 50 }, () => request));
      violations += Math.abs(answers.filter((status) => status === 200).length - 1);
    }
    console.log(`in parallel: 5 × 50 requests, ${violations} violations`);
    assert.equal(violations, 0);
  });

  it('are refused after the server was killed', async () => {
    for (let round = 0; round < 3; round += 1) {
      await acceptSome();
      await world.installation.crash();
      assert.equal(await countAccepted('after a kill'), 0);
    }
  });

  it('are refused with the clock set ten minutes back or forth, and back again', async () => {
    await acceptSome();
    for (const seconds of [-600, 600, 300, -300, 0]) {
      await world.installation.crash(clockMovedBy(seconds));
      assert.equal(await countAccepted(`with the clock moved by ${seconds} s`), 0);
      const timestamp = Math.floor(Date.now() / 1000) + seconds;
      const fresh = world.sign('GET', WHOAMI, token, { timestamp });
      assert.equal((await send(fresh)).status, 200, `a fresh request at ${seconds} s`);
      accepted.push(fresh);
    }
  });
});

describe('senders without a valid signature', () => {
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
    let violations = 0;
    for (let i = 0; i < 20; i += 1) {
      const honest = world.sign('GET', WHOAMI, token);
      const strangers = await statuses(Array.from({ length: 5 }, () => forged(honest)));
      if (strangers.some((status) => status !== 401) || (await send(honest)).status !== 200) violations += 1;
    }
    console.log(`burning: 100 forged requests with the nonces of 20 honest ones, ${violations} violations`);
    assert.equal(violations, 0);
  });

  it('leave no trace in the store of nonces', async () => {
    const directory = join(world.installation.dataDirectory, 'nonces');
    const size = async () => {
      const sizes = (await readdir(directory)).map(async (name) => (await stat(join(directory, name))).size);
      return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
    };
    const before = await size();
    for (let i = 0; i < 10; i += 1) {
      await statuses(Array.from({ length: 50 }, () => forged(world.sign('GET', WHOAMI, token))));
    }
    const grown = (await size()) - before;
    console.log(`flooding: 500 forged requests, the store grew by ${grown} bytes`);
    assert.equal(grown, 0);
  });
});
