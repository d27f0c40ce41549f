/**
 * The power is cut at every sync of the real server, as its system calls tell: whatever it had acknowledged by then
 * is found again, and nothing that it had accepted is accepted once more. The machine that comes up finds what was
 * synced for certain, and of the rest nothing, all, or torn parts.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type NonceStore, type Storage, tokenHash } from '../../src/model/index.ts';
import { openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import {
  CONSUMER_KEY,
  type GrantedInstallation,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import { Person } from '../support/person.ts';
import { aConsumer, anEvent, aUser } from '../support/records.ts';
import { SimulatedDisk, type Survival } from '../support/simulated-disk.ts';
import { type Operation, type WatchedProcess, watchProcess } from '../support/system-call-log.ts';
import { type Tally, tallyOf } from './promise.ts';

const ADMINISTRATOR = { username: 'root', password: 'a password of the administrator' };
const ROUNDS = Number(process.env.FAULTS_SECONDS ?? 0) > 0 ? 40 : 4;
const REMOVED = Array.from({ length: ROUNDS }, (_, round) => `removed-${round}`);
const DISABLED = Array.from({ length: ROUNDS }, (_, round) => `disabled-${round}`);

const SURVIVALS: readonly Survival[] = ['synced', 'torn', 'written'];
const clock = { milliseconds: () => Date.now() };

interface Found {
  readonly storage: Storage;
  readonly nonces: NonceStore;
}

/** Something that was acknowledged, and how one sees that it still holds. */
interface Acknowledged {
  /** Id of a request that was sent after the acknowledgement. */
  readonly markedBy: string;
  /** Status of the answer that acknowledged it: the first such one since the mark before. */
  readonly status: number;
  readonly what: string;
  readonly tally: Tally;
  isKept(found: Found): Promise<boolean>;
}

describe('after a power cut at any sync', () => {
  const revocations = tallyOf(1, 'power cut at each sync: revocations, removals and disabling found again');
  const exchanges = tallyOf(2, 'power cut at each sync: exchanges found again');
  const replays = tallyOf(3, 'power cut at each sync: accepted requests replayed');
  const directory = mkdtempSync(join(tmpdir(), 'countersign-power-'));
  const acknowledged: Acknowledged[] = [];
  /** Ids of the requests that part the log. */
  const marks = new Set<string>();
  let operations: readonly Operation[];
  let disk: SimulatedDisk;
  let world: GrantedInstallation;

  before(async () => {
    world = await startGrantedInstallation();
    const { installation } = world;
    await installation.command(
      ['user', 'add', ADMINISTRATOR.username, '--admin', '--password-stdin'],
      ADMINISTRATOR.password,
    );
    await addWhatWillGo(installation.dataDirectory);
    const root = new Person(installation.url);
    await root.logIn(await root.open('/oauth/login'), ADMINISTRATOR);
    const isRebuilt = (name: string) => name.endsWith('-shm') || name === 'lock';
    const watched: WatchedProcess = await watchProcess(
      installation.processId,
      installation.dataDirectory,
      join(directory, 'calls'),
    );
    disk = new SimulatedDisk(installation.dataDirectory, isRebuilt);
    for (let round = 0; round < ROUNDS; round += 1) await live(root, round);
    // An orderly end says that the journal of nonces can be trusted afterwards: it is cut at every sync, too.
    await installation.stop();
    operations = await watched.stop();
  });
  after(async () => {
    await world?.installation.stop();
    rmSync(directory, { recursive: true });
  });

  async function addWhatWillGo(directory: string): Promise<void> {
    const { storage } = await openSqliteDatabase({ directory, clock });
    for (const key of REMOVED) await storage.consumers.add(aConsumer({ key, name: key }), anEvent());
    for (const name of DISABLED) await storage.users.add(aUser({ name, displayName: name }), anEvent());
    await storage.close();
  }

  /** One round of everything that is promised to last. */
  async function live(root: Person, round: number): Promise<void> {
    const { requestToken, verifier } = await world.approve();
    await mark();
    const granted = await world.consumer.accessToken(requestToken, verifier);
    await note(200, 'an exchange', exchanges, async ({ storage }) => {
      const isThere = (await storage.accessTokens.find(tokenHash(granted.token))) !== null;
      const old = await storage.requestTokens.find(tokenHash(requestToken.token));
      return isThere && (old === null || old.state === 'used');
    });
    const [nonce, timestamp] = [randomUUID(), Math.floor(Date.now() / 1000) + (round % 3) * 40];
    const { status } = await send(world.sign('GET', '/oauth/whoami', granted, { nonce, timestamp }));
    assert.equal(status, 200);
    await note(200, 'an accepted request', replays, async ({ nonces }) => {
      return (await nonces.burn(CONSUMER_KEY, granted.token, timestamp, nonce)) !== 'fresh';
    });
    const list = await world.alice.open('/oauth/users/access-tokens');
    const question = await world.alice.follow(list, /^Revoke access of Wiki$/);
    await mark();
    await world.alice.press(question, /^Revoke OAuth Access Token$/);
    await note(303, 'a revocation', revocations, async ({ storage }) => {
      const token = await storage.accessTokens.find(tokenHash(granted.token));
      return token === null || token.revokedAt !== null;
    });
    const key = REMOVED[round]!;
    await root.press(await root.open(`/oauth/admin/consumers/remove?key=${key}`), /^Remove/);
    await note(303, 'a removal', revocations, async ({ storage }) => {
      return (await storage.consumers.find(key)) === null;
    });
    const name = DISABLED[round]!;
    await root.press(await root.open(`/oauth/admin/users/disable?name=${name}`), /^Disable/);
    await note(303, 'a disabling', revocations, async ({ storage }) => {
      return (await storage.users.find(name))?.isDisabled !== false;
    });
  }

  /** Sends a request that means nothing but can be found again in the log by its id. */
  async function mark(): Promise<string> {
    const answer = await fetch(`${world.installation.url}/oauth/consumer-info`);
    await answer.arrayBuffer();
    const id = answer.headers.get('x-request-id') ?? '';
    marks.add(id);
    return id;
  }

  async function note(
    status: number,
    what: string,
    tally: Tally,
    isKept: Acknowledged['isKept'],
  ): Promise<void> {
    acknowledged.push({ status, what, tally, isKept, markedBy: await mark() });
  }

  /** At which operation each of them was acknowledged. */
  function moments(): ReadonlyMap<Acknowledged, number> {
    const found = new Map<Acknowledged, number>();
    for (const one of acknowledged) {
      const marked = operations.findIndex((op) => op.kind === 'answer' && op.requestId === one.markedBy);
      assert.ok(marked > 0, `${one.what}: its mark is not in the log`);
      let [at, moment] = [marked - 1, -1];
      for (; at >= 0; at -= 1) {
        const op = operations[at]!;
        if (op.kind !== 'answer') continue;
        if (marks.has(op.requestId)) break;
        if (op.status === one.status) moment = at;
      }
      assert.ok(moment >= 0, `${one.what}: its answer is not in the log`);
      found.set(one, moment);
    }
    return found;
  }

  it('everything that was acknowledged is found again, and nothing is accepted twice', async () => {
    const momentOf = moments();
    const chance = seeded(5849);
    let [syncs, cuts] = [0, 0];
    for (const [index, operation] of operations.entries()) {
      disk.perform(operation);
      if (operation.kind !== 'sync' && operation.kind !== 'answer') continue;
      syncs += Number(operation.kind === 'sync');
      const known = acknowledged.filter((one) => momentOf.get(one)! <= index);
      for (const survival of operation.kind === 'sync' ? SURVIVALS : SURVIVALS.slice(0, 1)) {
        await cutPower(survival, chance, known);
        cuts += 1;
      }
    }
    for (const tally of [revocations, exchanges, replays]) tally.assertKept();
    console.log(`${operations.length} operations, ${syncs} syncs, ${cuts} power cuts`);
    assert.ok(syncs > ROUNDS * 5, `only ${syncs} syncs were seen`);
  });

  async function cutPower(survival: Survival, chance: () => number, known: readonly Acknowledged[]) {
    const found = join(directory, 'found');
    disk.restoreTo(found, survival, chance);
    const database = await openSqliteDatabase({ directory: found, clock, readBootId: () => 'another boot' });
    const nonces = await database.openNonces('memory', 300);
    try {
      assert.deepEqual(database.health().faults, []);
      for (const { what, tally, isKept } of known) {
        tally.try(await isKept({ storage: database.storage, nonces }), `${what} after ${survival}`);
      }
    } finally {
      await nonces.close();
      await database.storage.close();
    }
  }
});

/** Numbers from 0 up to 1, the same for the same seed. @see xorshift32 of Marsaglia, 2003 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
