/**
 * Published promises about backups, against the real program: a restore brings no revoked token and no replay back,
 * is refused while a server runs, and mends a damaged database.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../support/countersign.ts';
import { type GrantedInstallation, send, startGrantedInstallation } from '../support/granted-installation.ts';
import { placeOfStores } from '../support/stores.ts';
import { tallyOf } from './promise.ts';

const WHOAMI = '/oauth/whoami';

/** For what only SQLite can suffer. */
const skip = placeOfStores() !== 'SQLite';

describe('a backup of a running installation', () => {
  const revocations = tallyOf(1, 'an old backup restored');
  const replays = tallyOf(3, 'an old backup restored');
  let world: GrantedInstallation;
  let files: string;
  before(async () => {
    world = await startGrantedInstallation(['--timestamp-window', '2s']);
    files = await mkdtemp(join(tmpdir(), 'countersign-backup-'));
  });
  after(async () => {
    await world?.installation.stop();
    await rm(files, { recursive: true, force: true });
  });

  it('restored, brings neither a revoked token back nor a request that was accepted since', async () => {
    const { installation } = world;
    const file = join(files, 'monday.gz');
    const token = await world.grant();
    await installation.command(['backup', file]);
    const accepted = world.sign('GET', WHOAMI, token);
    assert.equal((await send(accepted)).status, 200);
    await installation.command(['token', 'revoke', '--user', 'alice']);
    await installation.whileStopped(() => installation.command(['restore', file]));
    assert.notEqual((await send(world.sign('GET', WHOAMI, token))).status, 200);
    const { status } = await send(accepted);
    replays.try(status === 400, 'its timestamp lies in the window that is refused');
    await acceptsAgain(world);
    revocations.try((await send(world.sign('GET', WHOAMI, token))).status === 401);
    for (const tally of [replays, revocations]) tally.assertKept();
    assert.equal((await send(world.sign('GET', WHOAMI, await world.grant()))).status, 200);
  });

  it('is refused as a restore while the server runs', { skip }, async () => {
    const file = join(files, 'tuesday.gz');
    await world.installation.command(['backup', file]);
    const data = world.installation.dataDirectory;
    const { status, stderr } = await runCommand(['restore', file, '--data', data]);
    assert.deepEqual(
      [status, stderr],
      [1, 'countersign: a server is running on this data: stop it first, then try again\n'],
    );
  });

  it('restores an installation whose database is damaged, and keeps that aside', { skip }, async () => {
    const { installation } = world;
    const file = join(files, 'wednesday.gz');
    await installation.command(['backup', file]);
    await installation.whileStopped(async () => {
      await writeFile(
        join(installation.dataDirectory, 'countersign.db'),
        'nobody reads this as a database'.repeat(1000),
      );
      const { stdout } = await installation.command(['restore', file, '--json']);
      const { damaged } = JSON.parse(stdout) as { damaged: string[] };
      assert.match(await readFile(damaged.at(-1)!, 'utf8'), /^nobody reads/);
    });
    await acceptsAgain(world);
    assert.equal((await send(world.sign('GET', WHOAMI, await world.grant()))).status, 200);
  });
});

/** Waits for the window after a restore to pass: until the consumer gets a request token. */
async function acceptsAgain({ consumer }: GrantedInstallation): Promise<void> {
  for (;;) {
    try {
      await consumer.requestToken('oob');
      return;
    } catch (error) {
      if (!String(error).includes('timestamp_refused')) throw error;
    }
  }
}
