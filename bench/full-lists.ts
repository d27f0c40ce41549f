/**
 * An installation with long lists: 100 000 consumers of both kinds, as many tokens of a thousand users, put in by the
 * import that other programs' records come through. Who used what when is scattered, but the same in every run.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Secret } from '../src/base/index.ts';
import { type AccessToken, type Consumer, tokenHash, type User } from '../src/model/index.ts';
import { importModels, type Kept } from '../src/storage/transfer/index.ts';
import { alice, CLOCK, consumerOf, hmacClient } from './workload.ts';

const USERS = 1000;
const DAY = 86_400;
/** A prime: its multiples visit every number of a round list before they come back. */
const STRIDE = 7919;

/** Puts so many consumers, and so many tokens, into a database. @param kept where it is open */
export async function fillLists(kept: Kept, length: number): Promise<void> {
  const now = Math.floor(CLOCK.milliseconds() / 1000);
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const indices = Array.from({ length }, (_, index) => index);
  const report = await importModels(
    kept,
    {
      users: indices.slice(0, USERS).map(userNumber),
      consumers: indices.map((index) => consumerNumber(index, (index * STRIDE) % length, spki, now)),
      tokens: indices.map((index) => tokenNumber(index, (index * STRIDE) % length, now)),
    },
    {
      clock: CLOCK,
      random: { bytes: (count) => randomBytes(count) },
      onConflict: 'skip',
      withAccess: true,
      isDryRun: false,
    },
  );
  if (report.mistakes.length > 0) throw new Error(`not imported: ${JSON.stringify(report.mistakes[0])}`);
}

function userNumber(index: number): User {
  return { ...alice(), name: `user-${index}`, displayName: `User Number ${index}` };
}

function consumerNumber(index: number, scattered: number, spki: string, now: number): Consumer {
  const at = now - scattered * 60;
  const plain = consumerOf(hmacClient());
  return {
    ...plain,
    key: `application-${index}`,
    name: `Application ${scattered}`,
    description: `Department ${index % 97} reads the calendar of team ${scattered % 1009}`,
    credential: index % 2 === 0 ? plain.credential : { kind: 'public-key', spki, certificate: null },
    createdAt: at,
    updatedAt: at,
  };
}

function tokenNumber(index: number, scattered: number, now: number): AccessToken {
  const createdAt = now - (scattered % (6 * DAY));
  const hash = tokenHash(`token ${index}`);
  return {
    id: `bench${index}`,
    hash,
    secret: new Secret('benchmark-token-secret'),
    consumerKey: `application-${scattered}`,
    userName: `user-${index % USERS}`,
    gadgetUrl: null,
    sessionHandleHash: hash,
    createdAt,
    expiresAt: createdAt + 7 * DAY,
    sessionExpiresAt: createdAt + 37 * DAY,
    revokedAt: index % 20 === 0 ? now : null,
    lastUsedAt: index % 3 === 0 ? null : createdAt + (index % 3600),
  };
}
