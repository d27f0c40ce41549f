/**
 * The clock of the machine is moved under the running server, back and forth by ten minutes and by less: no request
 * that was accepted at whatever time it seemed to be is accepted again, and honest requests go on as soon as the
 * store is sure again.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type GrantedInstallation,
  type Signed,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { rounds, tallyOf } from './promise.ts';

const WHOAMI = '/oauth/whoami';

/** Seconds by which the clock is off, one after the other. */
const MOVES = [0, 600, 0, -600, 0, 290, -290, 310, -310, 600, -600, 3600, 0];

/** The library that stands between a program and the clock, where the `faketime` command has it. */
function fakeTimeLibrary(): string {
  const { stdout } = spawnSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });
  return stdout.trim();
}

describe('with the clock of the machine moved while the server runs', () => {
  const tally = tallyOf(3, 'with the clock of the machine moved while it runs');
  let world: GrantedInstallation;
  let token: TokenPair;
  let clockFile: string;
  const accepted: Signed[] = [];
  before(async () => {
    world = await startGrantedInstallation(['--access-token-ttl', '100d', '--session-ttl', '200d']);
    token = await world.grant();
    clockFile = join(world.installation.dataDirectory, 'clock');
    moveClock(0);
    await world.installation.crash({
      LD_PRELOAD: fakeTimeLibrary(),
      FAKETIME_TIMESTAMP_FILE: clockFile,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    });
  });
  after(() => world?.installation.stop());

  function moveClock(seconds: number): void {
    writeFileSync(clockFile, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  async function signedAt(timestamp: number): Promise<number> {
    const request = world.sign('GET', WHOAMI, token, { timestamp });
    const { status } = await send(request);
    if (status === 200) accepted.push(request);
    return status;
  }

  it('no replay is accepted, and new requests are as soon as nothing is uncertain', async () => {
    for (const _ of rounds({ usually: 1, long: 50 })) {
      for (const seconds of MOVES) {
        moveClock(seconds);
        const now = Math.floor(Date.now() / 1000) + seconds;
        for (const offset of [-280, -100, -1, 0, 1, 100, 280]) await signedAt(now + offset);
        for (const request of accepted.slice(-300)) {
          const { status } = await send(request);
          tally.try(status >= 400, `${status} with the clock at ${seconds} s`);
        }
      }
    }
    tally.assertKept();
    assert.ok(accepted.length > MOVES.length, `only ${accepted.length} requests were accepted at all`);
    moveClock(7200);
    assert.equal(await signedAt(Math.floor(Date.now() / 1000) + 7200), 200);
  });
});
