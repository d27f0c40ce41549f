import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { addEverything } from '../../test/contract/transferable.ts';
import { aConnection, aConsumer, anEvent, everything } from '../../test/support/records.ts';
import { Secret } from '../base/index.ts';
import { readSettings } from '../settings/index.ts';
import { KEY_FILE } from '../storage/sqlite/index.ts';
import { sealedByOlderKeys } from '../storage/transfer/index.ts';
import { type OpenInstallation, openInstallation } from './open-installation.ts';
import { dropOldSealingKeys, rotateSealingKey } from './sealing-key.ts';

describe('a new key for the secrets in the database', () => {
  const data = mkdtempSync(join(tmpdir(), 'countersign-rotate-'));
  const keyFile = join(data, KEY_FILE);
  const { settings } = readSettings({ flags: { data }, environment: {}, readFile: () => '' });
  let open: OpenInstallation;
  let server: OpenInstallation;
  before(async () => {
    [open, server] = [await openInstallation(settings), await openInstallation(settings)];
    await addEverything(open.storage);
  });
  after(async () => {
    for (const one of [open, server]) await one.storage.close();
    rmSync(data, { recursive: true });
  });

  it('seals everything anew, while others write, and they write with it at once', async () => {
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      while (!isOver) {
        const key = `busy-${written}`;
        const credential = { kind: 'shared-secret' as const, secret: new Secret(`secret of ${key}`) };
        await server.storage.consumers.add(aConsumer({ key, credential }), anEvent());
        await server.storage.connections.save(aConnection('c1'), anEvent());
        written += 1;
        await nextTurn();
      }
    })();
    const { secrets, broken } = await rotateSealingKey(open, settings);
    const seenDuring = written;
    isOver = true;
    await writing;
    assert.deepEqual(broken, []);
    assert.ok(secrets >= 10, String(secrets));
    assert.ok(seenDuring > 0);
    assert.deepEqual(await sealedByOlderKeys(open.kept), []);
  });

  it('drops no older key until the file has settled', async () => {
    await assert.rejects(dropOldSealingKeys(open, settings), /the key file changed .* ago: wait/);
    assert.equal(keysIn(keyFile), 2);
  });

  it('drops no older key that anything still needs, in whatever table', async () => {
    settle(keyFile);
    const older = open.kept.sealer.olderKeyIds()[0]!;
    await open.storage.consumers.add(aConsumer({ key: 'odd', description: `${older}.x` }), anEvent());
    await assert.rejects(dropOldSealingKeys(open, settings), /consumers\.description/);
    assert.equal(keysIn(keyFile), 2);
    await open.storage.consumers.remove('odd', anEvent());
  });

  it('is then the only one, and opens every secret', async () => {
    settle(keyFile);
    assert.equal(await dropOldSealingKeys(open, settings), 1);
    assert.equal(keysIn(keyFile), 1);
    const again = await openInstallation(settings);
    await everySecret(again);
    await again.storage.close();
    assert.equal(await dropOldSealingKeys(open, settings), 0);
  });

  async function everySecret({ storage }: OpenInstallation): Promise<void> {
    const { rows } = await storage.consumers.list(everything('key'));
    for (const { consumer } of rows) assert.equal(consumer.credential.kind, 'shared-secret');
    assert.equal((await storage.installation.read())?.privateKey.reveal(), 'the private key');
    assert.equal((await storage.accessTokens.findById('id-first'))?.secret.reveal(), 'secret of first');
    assert.equal((await storage.connections.find('c1'))?.token.reveal(), 'token of c1');
    assert.ok((await storage.refusals.find('r1'))?.request);
  }
});

function keysIn(file: string): number {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\w/.test(line)).length;
}

function settle(file: string): void {
  const past = Date.now() / 1000 - 60;
  utimesSync(file, past, past);
}
