/**
 * Two real servers share one installation's data: of everything that may happen once, it happens once on both
 * together, and what one has acknowledged holds on the other at once. Over each place where data and nonces may be.
 */
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Node } from '../support/countersign.ts';
import {
  ALICE,
  type Approved,
  type GrantedInstallation,
  type Signed,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { raceUntilAnswered } from '../support/race-until-answered.ts';
import { type RedisProcess, startRedis } from '../support/redis-server.ts';
import { rounds, tallyOf } from './promise.ts';
import type { Place } from './promises.ts';

const WHOAMI = '/oauth/whoami';
const AT_ONCE = 10;
/** Tokens that are raced for at the same time. */
const RACES = 10;
const KILLED_RACES = 5;
const REQUESTS_AFTERWARDS = 40;

/** Where as many races are run in a long run as are published. */
const PUBLISHED: ReadonlySet<Place> = new Set(['SQLite', 'PostgreSQL and Redis']);

/** Sends to one of the nodes, as a proxy in front of them would. Gives the status, 0 when the connection broke. */
function sendTo(port: number, { method, url, authorization }: Signed): Promise<number> {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve) => {
    const headers = { host, authorization };
    const sent = request({ port, method, path: pathname + search, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    sent.on('error', () => resolve(0));
    sent.end();
  });
}

/** Tries everything over one place. @param begin starts what the place needs; gives the arguments of `serve` */
function describeNodes(place: Exclude<Place, null | 'Redis'>, begin: () => Promise<readonly string[]>): void {
  describe(`two nodes over ${place}`, () => {
    const exchanges = tallyOf(2, 'races on two nodes', place);
    const kills = tallyOf(2, 'races on two nodes, one killed', place);
    const replays = tallyOf(3, 'fifty at once on two nodes', place);
    const ends = tallyOf(15, 'revoked on one node, asked on the other', place);
    const promised = PUBLISHED.has(place) ? 100 : 0;
    let world: GrantedInstallation;
    let other: Node;
    let ports: readonly number[];
    before(async () => {
      world = await startGrantedInstallation(await begin());
      other = await world.installation.addNode();
      ports = [Number(new URL(world.installation.url).port), other.port];
    });
    after(() => world?.installation.stop());

    /** Sends all at once, by turns to both. */
    const sendToBoth = (all: readonly Signed[]) =>
      Promise.all(all.map((one, index) => sendTo(ports[index % 2]!, one)));

    const exchangesOf = ({ requestToken, verifier }: Approved, howMany = AT_ONCE) =>
      Array.from({ length: howMany }, () =>
        world.sign('POST', '/oauth/access-token', requestToken, { verifier }),
      );

    it('exchange a request token once', async () => {
      for (const _ of rounds({ usually: 1, long: 100, promised })) {
        const races = (await world.approveMany(RACES)).map((approved) =>
          raceUntilAnswered(() => sendToBoth(exchangesOf(approved))),
        );
        for (const statuses of await Promise.all(races)) {
          const given = statuses.filter((status) => status === 200).length;
          exchanges.try(given === 1, `${given} were given: ${statuses}`);
        }
      }
      exchanges.assertKept();
    });

    it('exchange it once at most when one is killed meanwhile', async () => {
      for (const round of rounds({ usually: 1, long: 100, promised: promised / 5 })) {
        const all = await world.approveMany(KILLED_RACES);
        const racing = all.map((approved) =>
          exchangesOf(approved).map((one, index) => sendTo(ports[index % 2]!, one)),
        );
        await Promise.race(racing.flat().slice((round * 7) % (KILLED_RACES * AT_ONCE)));
        await other.crash();
        for (const [index, approved] of all.entries()) {
          const early = await Promise.all(racing[index]!);
          const late = [...early, ...(await sendToBoth(exchangesOf(approved, 2)))];
          const given = late.filter((status) => status === 200).length;
          kills.try(given <= 1, `${given} were given`);
        }
      }
      kills.assertKept();
    });

    it('accept one of fifty equal requests, and none later', async () => {
      const token = await world.grant();
      for (const _ of rounds({ usually: 5, long: 500 })) {
        const one = world.sign('GET', WHOAMI, token);
        const statuses = await sendToBoth(Array.from({ length: 50 }, () => one));
        const accepted = statuses.filter((status) => status === 200).length;
        replays.add(50, Math.abs(accepted - 1), `${accepted} were accepted: ${new Set(statuses)}`);
        const late = await sendToBoth([one, one]);
        replays.add(2, late.filter((status) => status < 400).length, 'accepted later');
      }
      replays.assertKept();
    });

    it('refuse what either of them revoked, at once', async () => {
      for (const round of rounds({ usually: 2, long: 100 })) {
        const [revoking, asked] = round % 2 === 0 ? [world.alice, ports[1]!] : [null, ports[0]!];
        // Alice's page shows all that she granted to Wiki: there has to be one.
        await world.installation.command(['token', 'revoke', '--user', ALICE.username]);
        const token = await world.grant();
        const accepted = await streamPast(asked, token, async () => {
          if (revoking !== null) await revoking.revoke('Wiki');
          else await world.installation.command(['token', 'revoke', '--user', ALICE.username]);
        });
        ends.add(REQUESTS_AFTERWARDS, accepted, `${accepted} were accepted`);
      }
      ends.assertKept();
    });

    /** How many requests were accepted that began after the end was acknowledged. */
    async function streamPast(port: number, token: TokenPair, end: () => Promise<void>): Promise<number> {
      let [isOver, tried, accepted] = [false, 0, 0];
      const stream = async () => {
        while (tried < REQUESTS_AFTERWARDS) {
          const isLate = isOver;
          const status = await sendTo(port, world.sign('GET', WHOAMI, token));
          if (!isLate) continue;
          tried += 1;
          if (status < 400) accepted += 1;
        }
      };
      const streams = [stream(), stream()];
      await end();
      isOver = true;
      await Promise.all(streams);
      return accepted;
    }
  });
}

let redis: RedisProcess;
let postgres: PostgresServer;
before(async () => {
  redis = await startRedis();
  postgres = await startPostgres();
});
after(async () => {
  delete process.env.COUNTERSIGN_DATABASE;
  await redis?.stop();
  await postgres?.remove();
});

/** A new database, which commands and servers find by their environment. */
async function onPostgres(): Promise<void> {
  process.env.COUNTERSIGN_DATABASE = await postgres.createDatabase();
}

describeNodes('SQLite', async () => ['--nonces', 'database']);
describeNodes('SQLite and Redis', async () => ['--nonces', redis.url]);
describeNodes('PostgreSQL', async () => {
  await onPostgres();
  return ['--nonces', 'database'];
});
describeNodes('PostgreSQL and Redis', async () => {
  await onPostgres();
  return ['--nonces', redis.url];
});
