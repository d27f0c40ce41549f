/** The contract of files that everything is written to and read from, over any database that kysely speaks to. */
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { TransferRefused } from '../../src/model/index.ts';
import { systemRandom } from '../../src/server/index.ts';
import { FACTS, readFact } from '../../src/storage/sql/index.ts';
import {
  examineForRestore,
  importFile,
  newFileSecrets,
  openFileSecrets,
  restoreFile,
  writeFile,
} from '../../src/storage/transfer/index.ts';
import { LEFT_BEHIND, RECORD_TYPES } from '../../src/storage/transfer/record-types.ts';
import { aConsumer, anEvent, everything, NOW } from '../support/records.ts';
import { addAccessToken } from './opened-storage.ts';
import {
  addEverything,
  CLOCK,
  linesOf,
  type OpenTransferable,
  ownDirectory,
  PASSPHRASE,
  plainLines,
  sealedSecrets,
  secretsReader,
  type Transferable,
} from './transferable.ts';

const MERGE = { clock: CLOCK, onConflict: 'fail', withAccess: false, isDryRun: false } as const;

/** Tables in which SQLite keeps the index of texts. */
const isOfTextIndex = (table: string) => /^((consumer|user)_search|audit_blocks)_/.test(table);

/** @param open an empty database each time */
export function describeTransfer(name: string, open: OpenTransferable): void {
  const directory = ownDirectory();
  const path = join(directory, 'file.ndjson');
  let ours: Transferable;
  let other: Transferable;

  async function write(from: Transferable, secrets = sealedSecrets(from)): Promise<void> {
    await writeFile({ path, isCompressed: false, mayReplace: true }, from.kept, { secrets, clock: CLOCK });
  }
  const writePortable = (from: Transferable, protection: 'plain' | 'passphrase' = 'plain') =>
    write(from, newFileSecrets(protection, from.kept.sealer, systemRandom, PASSPHRASE));
  const imported = (into: Transferable, more: Partial<Parameters<typeof importFile>[1]> = {}) =>
    importFile(into.kept, { ...MERGE, path, secretsOf: secretsReader(into), ...more });
  async function restored(into: Transferable, keepAccess = false) {
    const options = { path, secretsOf: secretsReader(into), clock: CLOCK, keepAccess };
    return restoreFile(into.kept, options, await examineForRestore(into.kept, options));
  }
  const everyLine = (of: Transferable) => plainLines(of, join(directory, 'compared.ndjson'));
  /** Changes the file, and takes out its checksum, as people do. */
  function edit(change: (lines: string[]) => string[]): void {
    const lines = change(linesOf(path).slice(0, -1));
    writeFileSync(path, `${lines.join('\n')}\n{"type":"end","records":{}}\n`);
  }

  beforeEach(async () => {
    ours = await open(CLOCK);
    other = await open(CLOCK);
    await addEverything(ours.storage);
  });
  afterEach(() => Promise.all([ours, other].map(({ storage }) => storage.close())));

  describe(`what is carried from ${name}`, () => {
    it('is every column of every table, but for those that are left behind for a reason', async () => {
      for (const { name: table, columns } of await ours.kept.db.introspection.getTables()) {
        if (table === 'schema_version' || isOfTextIndex(table) || table in LEFT_BEHIND) continue;
        const type = RECORD_TYPES.find((one) => one.table === table);
        assert.ok(type, `${table} is neither carried nor left behind: see storage/transfer/record-types.ts`);
        const carried = new Set([
          ...type.fields.map(({ column }) => column),
          ...Object.keys(type.derive({ paths: '[]' })),
          ...(table === 'audit_events' ? ['id'] : []),
        ]);
        assert.deepEqual(
          columns.map((column) => column.name).filter((column) => !carried.has(column)),
          [],
          table,
        );
      }
    });

    it('arrives in another database under another key file, whole', async () => {
      await writePortable(ours, 'passphrase');
      const { mistakes } = await imported(other);
      assert.deepEqual(mistakes, []);
      const there = await everyLine(other);
      assert.deepEqual(there.slice(0, -1), await everyLine(ours));
      assert.match(there.at(-1)!, /"action":"data.import"/);
      assert.equal(
        (await other.storage.accessTokens.findById('id-first'))?.secret.reveal(),
        'secret of first',
      );
      const { rows } = await other.storage.consumers.list({ ...everything('name'), search: 'CALEN' });
      assert.equal(rows.length, 1);
    });

    it('stays behind one moment, whatever is written meanwhile', async () => {
      let change: Promise<unknown> | undefined;
      await writeFile({ path, isCompressed: true, mayReplace: true }, ours.kept, {
        secrets: sealedSecrets(ours),
        clock: CLOCK,
        onProgress: () => {
          change ??= ours.storage.consumers.add(aConsumer({ key: 'late' }), anEvent({ object: 'late' }));
        },
      });
      assert.equal(await change, true);
      assert.ok(!linesOf(path).some((line) => line.includes('"late"')));
    });

    it('is for its owner only, and never in the place of another file', async () => {
      await write(ours);
      assert.equal(statSync(path).mode & 0o777, 0o600);
      const before = readFileSync(path);
      const again = { path, isCompressed: false, mayReplace: false };
      const options = { secrets: sealedSecrets(ours), clock: CLOCK };
      await assert.rejects(writeFile(again, ours.kept, options), /is there already.*--force/);
      assert.deepEqual(readFileSync(path), before);
    });

    it('holds no secret in clear, unless that is asked for', async () => {
      await writePortable(ours, 'passphrase');
      const text = readFileSync(path, 'utf8');
      for (const secret of [
        'wiki secret',
        'the private key',
        'secret of first',
        'token of c1',
        'handle of c1',
      ])
        assert.ok(!text.includes(secret), secret);
    });
  });

  describe(`an import into ${name}`, () => {
    it('that is done again changes nothing', async () => {
      await writePortable(ours);
      await imported(other);
      const { counts, mistakes } = await imported(other, { withAccess: true });
      assert.deepEqual(mistakes, []);
      for (const { added, replaced, skipped, leftOut } of Object.values(counts))
        assert.deepEqual([added, replaced, skipped, leftOut], [0, 0, 0, 0]);
    });

    it('goes on where something ended it', async () => {
      await writePortable(ours);
      const stop = (done: number) => {
        if (done >= 6) throw new Error('the power went');
      };
      await assert.rejects(imported(other, { onConflict: 'skip', onProgress: stop }), /the power went/);
      const { resumedAt, counts, mistakes } = await imported(other, { onConflict: 'skip' });
      assert.deepEqual(mistakes, []);
      assert.ok(resumedAt > 0);
      assert.equal(counts['access-token']?.leftOut ?? 0, 0);
      assert.deepEqual((await everyLine(other)).slice(0, -1), await everyLine(ours));
    });

    it('tells every bad line with its number, and touches nothing', async () => {
      await writePortable(ours);
      edit((lines) => [
        ...lines,
        'not JSON',
        '{"type":"teapot"}',
        '{"type":"user","name":"Carol","isAdministrator":"yes"}',
        lines
          .find((line) => line.includes('"type":"consumer"'))!
          .replace('"legacy10":false', '"legacy10":false,"color":"red"'),
      ]);
      const empty = await everyLine(other);
      const { mistakes } = await imported(other);
      const first = linesOf(path).indexOf('not JSON') + 1;
      assert.deepEqual(
        [...new Set(mistakes.map(({ line }) => line))],
        [first, first + 1, first + 2, first + 3],
      );
      assert.match(
        mistakes.map(({ sentence }) => sentence).join(),
        /no JSON.*none that this version knows.*true or false.*`color` is no field/s,
      );
      assert.deepEqual(await everyLine(other), empty);
    });

    it('lets in no public key that would verify forgeries', async () => {
      await writePortable(ours);
      const weak = 'MA0GCSqGSIb3DQEBAQUAAwA=';
      edit((lines) =>
        lines.map((line) =>
          line.includes('"consumerKey":"wiki","name"')
            ? line
                .replace('"shared-secret"', '"public-key"')
                .replace('"publicKey":null', `"publicKey":"${weak}"`)
                .replace(/"secret":"[^"]+"/, '"secret":null')
            : line,
        ),
      );
      const { mistakes } = await imported(other);
      assert.match(mistakes[0]!.sentence, /not a public key|RSA/);
    });

    it('refuses by default what is there and says something else, before it touches anything', async () => {
      await writePortable(ours);
      await other.storage.consumers.add(aConsumer({ name: 'Another wiki' }), anEvent());
      const before = await everyLine(other);
      const { mistakes } = await imported(other);
      assert.match(mistakes[0]!.sentence, /says something else/);
      assert.deepEqual(await everyLine(other), before);
      await imported(other, { onConflict: 'skip' });
      assert.equal((await other.storage.consumers.find('wiki'))?.name, 'Another wiki');
      await imported(other, { onConflict: 'replace' });
      assert.equal((await other.storage.consumers.find('wiki'))?.name, 'Wiki');
    });

    it('brings no token back: revoked ones stay so, and others come in only when that is asked for', async () => {
      await write(ours);
      await ours.storage.accessTokens.revoke('id-first', null, NOW, anEvent());
      await imported(ours, { onConflict: 'replace', withAccess: true });
      assert.notEqual((await ours.storage.accessTokens.findById('id-first'))?.revokedAt, null);
      await ours.storage.consumers.remove('wiki', anEvent());
      await addAccessToken(ours.storage, 'other', { consumerKey: 'calendar' });
      const { counts } = await imported(ours, { onConflict: 'skip' });
      assert.equal(counts['access-token']?.leftOut, 3);
      assert.equal(await ours.storage.accessTokens.findById('id-first'), null);
    });

    it('tells of records whose owners are nowhere, and takes the others', async () => {
      await writePortable(ours);
      edit((lines) => lines.filter((line) => !line.includes('"type":"user","name":"Alice"')));
      const { mistakes } = await imported(other, { onConflict: 'skip' });
      assert.ok(mistakes.length > 0);
      for (const { sentence } of mistakes)
        assert.match(sentence, /belongs to "(alice|own)", which is neither here/);
      assert.equal((await other.storage.consumers.find('wiki'))?.name, 'Wiki');
      assert.equal(await other.storage.accessTokens.findById('id-first'), null);
    });

    it('refuses another passphrase, and a file that was cut off or altered', async () => {
      await writePortable(ours, 'passphrase');
      const secretsOf = (header: Parameters<typeof openFileSecrets>[0]) =>
        openFileSecrets(header, other.kept.sealer, systemRandom, null);
      await assert.rejects(imported(other, { secretsOf }), /--passphrase-stdin/);
      await writePortable(ours);
      const whole = readFileSync(path, 'utf8');
      writeFileSync(path, whole.slice(0, whole.lastIndexOf('{"type":"end"')));
      await assert.rejects(imported(other), /cut off/);
      writeFileSync(path, whole.replace('"Alice Liddell"', '"Alice Little"'));
      await assert.rejects(imported(other), /checksum/);
    });

    it('survives any file: it says what is wrong or takes it, and never anything else', async () => {
      await write(ours);
      const whole = readFileSync(path);
      const cut = fc.record({ at: fc.nat(whole.length - 1), bytes: fc.uint8Array({ maxLength: 20 }) });
      await fc.assert(
        fc.asyncProperty(cut, async ({ at, bytes }) => {
          writeFileSync(
            path,
            Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)]),
          );
          await imported(ours, { isDryRun: true }).catch((error) => {
            if (!(error instanceof TransferRefused)) throw error;
          });
        }),
        { numRuns: 60 },
      );
    });
  });

  describe(`a restore into ${name}`, () => {
    it('brings back what there was, and no token, session or API key', async () => {
      await write(ours);
      await ours.storage.accessTokens.revoke('id-first', null, NOW, anEvent());
      await ours.storage.consumers.remove('calendar', anEvent());
      await ours.storage.users.remove('Bob', anEvent());
      const report = await restored(ours);
      assert.deepEqual(report.returned, { users: ['Bob'], consumers: ['calendar'] });
      assert.deepEqual([report.endedTokens, report.keptTokens, report.endedApiKeys], [2, 0, 1]);
      for (const id of ['id-first', 'id-second', 'id-third'])
        assert.equal((await ours.storage.accessTokens.findById(id))?.revokedAt, NOW, id);
      assert.deepEqual(await ours.storage.apiKeys.listOfUser('Alice'), []);
      assert.equal(await ours.storage.sessions.find('session-hash'), null);
      assert.equal((await ours.storage.consumers.find('calendar'))?.name, 'Calendar');
      assert.equal(
        await readFact(ours.kept.db, FACTS.nonceKind),
        'restored',
        'no store takes the nonces for its own',
      );
      const { rows } = await ours.storage.audit.list({ action: 'data.restore' }, everything('at'));
      assert.equal(rows.length, 1);
    });

    it('keeps on request what the replaced database knows to be alive, and nothing else', async () => {
      await write(ours);
      await ours.storage.accessTokens.revoke('id-first', null, NOW, anEvent());
      const report = await restored(ours, true);
      assert.deepEqual([report.endedTokens, report.keptTokens, report.endedApiKeys], [1, 1, 0]);
      assert.notEqual((await ours.storage.accessTokens.findById('id-first'))?.revokedAt, null);
      assert.equal((await ours.storage.accessTokens.findById('id-second'))?.revokedAt, null);
      assert.equal((await ours.storage.apiKeys.listOfUser('Alice')).length, 1);
    });

    it('keeps no token of a user who was disabled since', async () => {
      await write(ours);
      await ours.storage.users.update('Alice', { isDisabled: true }, anEvent());
      const report = await restored(ours, true);
      assert.equal(report.keptTokens, 0);
      assert.deepEqual(report.returned?.users, ['Alice']);
    });

    it('that fails on the way changes nothing', async () => {
      await write(ours);
      await ours.storage.consumers.add(aConsumer({ key: 'newer', name: 'Newer' }), anEvent());
      const before = await everyLine(ours);
      const options = {
        path,
        secretsOf: secretsReader(ours),
        clock: CLOCK,
        keepAccess: false,
        onProgress: (done: number) => {
          if (done >= 6) throw new Error('the power went');
        },
      };
      const examined = await examineForRestore(ours.kept, options);
      await assert.rejects(restoreFile(ours.kept, options, examined), /the power went/);
      assert.deepEqual(await everyLine(ours), before);
    });

    it('refuses what people edited, and another key file', async () => {
      await write(ours);
      await assert.rejects(restored(other), /--key-file/);
      edit((lines) => lines);
      await assert.rejects(restored(ours), /no checksum/);
    });
  });
}
