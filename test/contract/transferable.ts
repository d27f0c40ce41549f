/** An installation with one of everything, for tests of backups, exports and imports. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type Clock, FixedClock, Secret } from '../../src/base/index.ts';
import type { Storage } from '../../src/model/index.ts';
import { systemRandom } from '../../src/server/index.ts';
import type { FileSecrets, Kept } from '../../src/storage/transfer/index.ts';
import { newFileSecrets, openFileSecrets, writeFile } from '../../src/storage/transfer/index.ts';
import {
  aConnection,
  aConsumer,
  aDashboard,
  aGadget,
  aGadgetFeed,
  anApiKey,
  anEvent,
  anInstallation,
  anOutboundRule,
  aPendingConnection,
  aRefusal,
  aRequestToken,
  aSecondFactor,
  aServiceProvider,
  aSession,
  aUser,
  NOW,
} from '../support/records.ts';
import { addAccessToken, addOwners } from './opened-storage.ts';

/** A database as the transfers see it. */
export interface Transferable {
  readonly storage: Storage;
  readonly kept: Kept;
}

/** Opens an empty one. */
export type OpenTransferable = (clock: Clock) => Promise<Transferable>;

export const CLOCK = new FixedClock(NOW);
export const PASSPHRASE = new Secret('a passphrase that nobody guesses');

/** A directory of its own for the files of one suite. */
export function ownDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-transfer-'));
  after(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Adds one record of every kind, and some that are left behind. */
export async function addEverything(storage: Storage): Promise<void> {
  await storage.installation.create(anInstallation());
  await addOwners(storage);
  const identity = { issuer: 'https://id.example.org/', subject: 's-1' };
  await storage.users.add(aUser({ name: 'Carol', identity }), anEvent());
  const retiring = {
    credential: { kind: 'shared-secret' as const, secret: new Secret('the secret before') },
    validUntil: NOW + 60,
  };
  await storage.consumers.add(aConsumer({ key: 'calendar', name: 'Calendar', retiring }), anEvent());
  for (const token of ['first', 'second', 'third']) await addAccessToken(storage, token);
  await storage.accessTokens.revoke(
    'id-third',
    null,
    NOW,
    anEvent({ action: 'token.revoke', object: 'id-third' }),
  );
  await storage.serviceProviders.add(aServiceProvider(), anEvent());
  await storage.connections.save(aConnection('c1'), anEvent());
  await storage.connections.addPending(aPendingConnection('pending'));
  await storage.secondFactors.add(aSecondFactor(), anEvent());
  await storage.apiKeys.add(anApiKey('k1'), anEvent());
  await storage.usage.add([
    { consumerKey: 'wiki', day: 20_000, method: 'HMAC-SHA1', version: '1.0a', requests: 7, lastAt: NOW },
  ]);
  await addGadgets(storage);
  await storage.sessions.add(aSession(), 9);
  await storage.requestTokens.add(aRequestToken());
  await storage.refusals.add([aRefusal('r1')], { perConsumer: 10, inAll: 10 });
  await storage.audit.append(anEvent({ before: { a: 1 }, after: { b: ['x', null] }, note: 'a note' }));
}

async function addGadgets(storage: Storage): Promise<void> {
  await storage.gadgetFeeds.add(aGadgetFeed('tracker'), anEvent());
  await storage.gadgets.add(aGadget('clock', { feedId: 'tracker' }), anEvent());
  await storage.gadgets.setHidden('quick-links', true, anEvent());
  await storage.allowList.add(anOutboundRule('https://*.example.org'), anEvent());
  await storage.dashboards.add(aDashboard('default', { ownerName: null, sharing: 'everyone' }), null);
  await storage.dashboards.add(aDashboard('own'), anEvent());
  await storage.dashboards.setFavourite('Alice', 'own', true);
}

/** The secrets of a file that is sealed with the keys of this database. */
export function sealedSecrets({ kept }: Transferable): FileSecrets {
  return newFileSecrets('sealed', kept.sealer, systemRandom, null);
}

/** Reads a file's header with these keys, and with the passphrase of these tests. */
export function secretsReader({ kept }: Transferable) {
  return (header: Parameters<typeof openFileSecrets>[0]) =>
    openFileSecrets(header, kept.sealer, systemRandom, PASSPHRASE);
}

/** Writes everything to a file with plain secrets. @returns its lines, without the first and the last */
export async function plainLines({ kept }: Transferable, path: string): Promise<string[]> {
  const secrets = newFileSecrets('plain', kept.sealer, systemRandom, null);
  await writeFile({ path, isCompressed: false, mayReplace: true }, kept, { secrets, clock: CLOCK });
  return linesOf(path).slice(1, -1);
}

/** The lines of a file. */
export function linesOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = bytes[0] === 0x1f ? gunzipSync(bytes).toString() : bytes.toString();
  return text.trimEnd().split('\n');
}
