/**
 * A published promise, against the real program: hostile load spares honest users. Beside each kind of attack an
 * honest consumer goes on and every one of its requests succeeds; how much slower it got is printed. And the program
 * outlives what its machine refuses it: descriptors, memory.
 */
import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type GrantedInstallation,
  type Signed,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import { ATTACKS, startHostileLoad } from '../support/hostile-load.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { exchange } from '../support/raw-wire.ts';
import { rounds, tallyOf } from './promise.ts';
import { statusAfterRecovery } from './recovery.ts';

const WHOAMI = '/oauth/whoami';
const HONEST_REQUESTS = 40;
/** An attack takes a moment until it is one. */
const LEAST_MS = 1000;

const portOf = ({ installation }: GrantedInstallation) => Number(new URL(installation.url).port);

/** Sends on a connection that is there already, or says that it broke (0). */
function sendOver(agent: Agent, { url, authorization }: Signed): Promise<number> {
  return new Promise((resolve) => {
    const request = get(url, { agent, headers: { authorization } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', () => resolve(0));
  });
}

describe('honest users', () => {
  const tally = tallyOf(17, 'honest requests beside each kind of attack');
  let world: GrantedInstallation;
  let token: TokenPair;
  before(async () => {
    world = await startGrantedInstallation();
    token = await world.grant();
  });
  after(() => world?.installation.stop());

  /** Median of the milliseconds that honest requests took. */
  async function goOn(what: string): Promise<number> {
    const took: number[] = [];
    const end = performance.now() + LEAST_MS;
    while (took.length < HONEST_REQUESTS || performance.now() < end) {
      const began = performance.now();
      const { status } = await send(world.sign('GET', WHOAMI, token));
      took.push(performance.now() - began);
      tally.try(status === 200, `${status} beside ${what}`);
    }
    return took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
  }

  for (const attack of ATTACKS) {
    it(`are answered beside ${attack}`, async () => {
      for (const _ of rounds({ usually: 1, long: 50 })) {
        const quiet = await goOn('nothing');
        const load = await startHostileLoad(attack, portOf(world));
        const beside = await goOn(attack).finally(() => load.stop());
        console.log(`${attack}: honest requests took ${(beside / quiet).toFixed(1)} times as long`);
      }
      tally.assertKept();
    });
  }
});

describe('a server without descriptors', () => {
  const tally = tallyOf(
    17,
    'requests while strangers hold all connections that 150 descriptors allow, and after',
  );
  let world: GrantedInstallation;
  let token: TokenPair;
  before(async () => {
    world = await startGrantedInstallation();
    token = await world.grant();
  });
  after(() => world?.installation.stop());

  it('answers who is connected, and everybody again as soon as strangers have gone', async () => {
    await world.installation.crash({}, ['prlimit', '--nofile=150:150']);
    const { processId } = world.installation;
    for (const _ of rounds({ usually: 1, long: 20 })) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      assert.equal(await sendOver(agent, world.sign('GET', WHOAMI, token)), 200);
      const load = await startHostileLoad('idle connections', portOf(world));
      await untilNoneIsAccepted();
      for (let i = 0; i < 20; i += 1) {
        const timestamp = Math.floor(Date.now() / 1000) + i * 10;
        const status = await sendOver(agent, world.sign('GET', WHOAMI, token, { timestamp }));
        tally.try(status === 200, `${status} without descriptors`);
      }
      await load.stop();
      agent.destroy();
      const status = await statusAfterRecovery(
        async () => (await send(world.sign('GET', WHOAMI, token))).status,
        (one) => one === 200,
      );
      tally.try(status === 200, `${status} afterwards`);
      assert.equal(world.installation.processId, processId);
    }
    tally.assertKept();
  });

  /** Waits until a new connection is closed unanswered. */
  async function untilNoneIsAccepted(): Promise<void> {
    const request = 'GET /oauth/consumer-info HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    while ((await exchange(portOf(world), request)) !== '') await pause(20);
  }
});

describe('a server with little memory', () => {
  const tally = tallyOf(17, 'honest requests beside all attacks at once, with 64 MiB of heap');
  let world: GrantedInstallation;
  let token: TokenPair;
  before(async () => {
    world = await startGrantedInstallation();
    token = await world.grant();
    await world.installation.crash({ NODE_OPTIONS: '--max-old-space-size=64' });
  });
  after(() => world?.installation.stop());

  it('outlives everything that strangers may send', async () => {
    const heavy = ['slow bodies', 'large heads', 'large bodies', 'forged requests'] as const;
    const loads = await Promise.all(heavy.map((attack) => startHostileLoad(attack, portOf(world))));
    for (const _ of rounds({ usually: 60, long: 5000 })) {
      const { status } = await send(world.sign('GET', WHOAMI, token));
      tally.try(status === 200 || status === 503, `${status} with little memory`);
    }
    await Promise.all(loads.map((load) => load.stop()));
    tally.try((await send(world.sign('GET', WHOAMI, token))).status === 200, 'dead afterwards');
    tally.assertKept();
  });
});
