/**
 * The disk fails under the running server: single calls and all of them, input/output errors and a full disk. It may
 * say 503, or do what it was asked and say so; it never says so without, and it heals by itself when the disk does.
 */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { makeSmallDisk, type SmallDisk } from '../support/full-disk.ts';
import {
  type GrantedInstallation,
  type Signed,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import type { Page } from '../support/person.ts';
import { attachStrace } from '../support/strace.ts';
import { rounds, type Tally, tallyOf } from './promise.ts';

const WHOAMI = '/oauth/whoami';
const ACCESS = '/oauth/users/access-tokens';

/** Within which time the server is itself again after a fault. */
const RECOVERY_MS = 2000;

/** Where a fault strikes: which calls on which of the server's files. */
const SCENES: readonly (readonly [calls: string, files: readonly string[], error: string])[] = [
  ['fsync,fdatasync', ['countersign.db', 'countersign.db-wal'], 'EIO'],
  ['pwrite64', ['countersign.db-wal'], 'EIO'],
  ['pwrite64', ['countersign.db-wal'], 'ENOSPC'],
  ['pread64', ['countersign.db', 'countersign.db-wal'], 'EIO'],
  ['write', ['nonces/*.log'], 'ENOSPC'],
  ['write', ['nonces/*.log'], 'EIO'],
  ['openat,fsync,rename', ['nonces/fence.json.new', 'nonces/fence.json'], 'EIO'],
  ['openat', ['nonces/fence.json.new', 'nonces'], 'EMFILE'],
];

/** Every call, and single ones: the first, the second, the fourth. */
const MOMENTS = ['1+', '2', '1', '4'];

/** The paths; those with an asterisk are the ones that are there. */
function filesOf(directory: string, patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    const path = join(directory, pattern);
    return pattern.includes('*') ? globSync(path) : [path];
  });
}

const now = () => Math.floor(Date.now() / 1000);

let latest = 0;

/** A timestamp so much later than the ones before that the fence has to be raised for it. */
function laterThanAnyBefore(): number {
  latest = Math.max(now(), Math.min(latest + 3, now() + 290));
  return latest;
}

/** What one server said while its disk failed. */
class Trial {
  readonly #world: GrantedInstallation;
  readonly #tally: Tally;
  readonly #what: string;
  readonly #timestamp: () => number;
  readonly #accepted: Signed[] = [];
  #survivor!: TokenPair;
  #approved!: Awaited<ReturnType<GrantedInstallation['approve']>>;
  #question!: Page;
  #exchanged: TokenPair | null = null;
  #isRevoked = false;
  /** How often the server said that it cannot, which shows that the fault struck. */
  refusals = 0;

  constructor(world: GrantedInstallation, tally: Tally, what: string, timestamp = now) {
    [this.#world, this.#tally, this.#what, this.#timestamp] = [world, tally, what, timestamp];
  }

  /** Gets everything ready that has to be there before the fault. */
  async prepare(): Promise<void> {
    const { alice } = this.#world;
    while (/Revoke access of Wiki/.test((await alice.open(ACCESS)).html)) await alice.revoke('Wiki');
    this.#survivor = await this.#world.grant();
    this.#approved = await this.#world.approve();
    this.#question = await alice.follow(await alice.open(ACCESS), /^Revoke access of Wiki$/);
  }

  /** Asks for everything that writes, while it cannot be written. */
  async suffer(): Promise<void> {
    for (let i = 0; i < 6; i += 1) {
      const timestamp = this.#timestamp();
      const request = this.#world.sign('GET', WHOAMI, this.#survivor, { timestamp });
      const { status } = await send(request);
      this.#told(status, [200], 'a signed request');
      if (status === 200) this.#accepted.push(request);
    }
    const { requestToken, verifier } = this.#approved;
    const exchange = await send(this.#world.sign('POST', '/oauth/access-token', requestToken, { verifier }));
    this.#told(exchange.status, [200], 'an exchange');
    if (exchange.status === 200) {
      const answer = new URLSearchParams(exchange.body);
      this.#exchanged = {
        token: answer.get('oauth_token') ?? '',
        tokenSecret: answer.get('oauth_token_secret') ?? '',
      };
    }
    const page = await this.#world.alice.press(this.#question, /^Revoke OAuth Access Token$/);
    this.#told(page.status, [200], 'a revocation');
    this.#isRevoked = page.status === 200;
  }

  /** Looks at what became of it, now that the disk is whole again. */
  async recover(): Promise<void> {
    const probe = this.#exchanged ?? this.#survivor;
    const start = performance.now();
    let status = 0;
    for (;;) {
      status = (await send(this.#world.sign('GET', WHOAMI, probe))).status;
      if (status === 200 || status === 401 || performance.now() - start > RECOVERY_MS) break;
      await pause(20);
    }
    this.#check(status === 200 || (status === 401 && this.#exchanged === null), `${status} after the fault`);
    await this.keepWord();
  }

  /** Whatever was acknowledged holds, now and after each restart. */
  async keepWord(): Promise<void> {
    for (const request of this.#accepted) {
      const { status } = await send(request);
      this.#check(status >= 400 && status < 500, `a replay got ${status}`);
    }
    if (this.#isRevoked) {
      const { status } = await send(this.#world.sign('GET', WHOAMI, this.#survivor));
      this.#check(status === 401, `a revoked token got ${status}`);
    }
    if (this.#exchanged === null) return;
    const { status } = await send(this.#world.sign('GET', WHOAMI, this.#exchanged));
    this.#check(status === 200, `a token that was given got ${status}`);
  }

  /** An answer under a fault: done, or 503, and nothing else. */
  #told(status: number, done: readonly number[], asked: string): void {
    if (status === 503) this.refusals += 1;
    this.#check(done.includes(status) || status === 503, `${asked} got ${status}`);
  }

  #check(isKept: boolean, what: string): void {
    this.#tally.try(isKept, `${what} (${this.#what})`);
  }
}

describe('a disk that fails', () => {
  const tally = tallyOf(16, 'system calls that fail: EIO, ENOSPC, EMFILE');
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  for (const [calls, files, error] of SCENES) {
    it(`is told, believed by nobody, and forgotten when it is over: ${error} of ${calls} on ${files[0]}`, async () => {
      const { installation } = world;
      let refusals = 0;
      for (const round of rounds({ usually: 2, long: 100 })) {
        const moment = MOMENTS[round] ?? String(round);
        const timestamp = calls.startsWith('openat') ? laterThanAnyBefore : now;
        const what = `${error} at ${moment} of ${calls} on ${files[0]}`;
        const trial = new Trial(world, tally, what, timestamp);
        await trial.prepare();
        const paths = filesOf(installation.dataDirectory, files).flatMap((path) => ['-P', path]);
        const fault = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}:when=${moment}`];
        const strace = await attachStrace(installation.processId, [...paths, ...fault, '-o', '/dev/null']);
        await trial.suffer().finally(() => strace.detach());
        refusals += trial.refusals;
        await trial.recover();
        if (round % MOMENTS.length === 0) {
          await installation.crash();
          await trial.keepWord();
        }
      }
      tally.assertKept();
      assert.ok(refusals > 0, 'the fault never struck');
    });
  }
});

describe('a full disk', () => {
  const tally = tallyOf(16, 'a full disk');
  let disk: SmallDisk;
  let world: GrantedInstallation;
  before(async () => {
    disk = makeSmallDisk(24);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = disk.directory;
    world = await startGrantedInstallation();
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  after(async () => {
    await world?.installation.stop();
    disk?.remove();
  });

  it('is told, believed by nobody, and forgotten when there is room again', async () => {
    const { installation } = world;
    assert.ok(installation.dataDirectory.startsWith(disk.directory));
    for (const _ of rounds({ usually: 2, long: 100 })) {
      const trial = new Trial(world, tally, disk.isMounted ? 'a full disk' : 'a disk that says it is full');
      await trial.prepare();
      await disk.fill(installation.processId);
      await trial.suffer().finally(() => disk.empty());
      assert.ok(trial.refusals > 0, 'the disk was never full');
      await trial.recover();
      await installation.crash();
      await trial.keepWord();
    }
    tally.assertKept();
  });
});
