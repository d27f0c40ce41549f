/**
 * Revokes tokens, several at once on connections of their own, and kills something the moment that one of them was
 * acknowledged, while others are still being written. Whatever was acknowledged has to be found revoked.
 */
import assert from 'node:assert/strict';
import { ALICE, type GrantedInstallation, send } from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { type Rounds, rounds, type Tally } from './promise.ts';
import { statusAfterRecovery } from './recovery.ts';

const WHOAMI = '/oauth/whoami';
const ACCESS = '/oauth/users/access-tokens';
const AT_ONCE = 4;

/** How many of the revocations before are looked for after each kill. */
const LOOKED_FOR = 20;

/** What is counted. */
export interface Tallies {
  /** One try for each kill. */
  readonly kills: Tally;
  /** One for each revocation, when all is over. */
  readonly revocations: Tally;
}

/** By the public id that pages know. */
type Granted = ReadonlyMap<string, TokenPair>;

/** Revokes, kills, and looks; again and again. @param kill kills something, and starts it again */
export async function killAtAcknowledgements(
  world: GrantedInstallation,
  kill: () => Promise<void>,
  howOften: Rounds,
  { kills, revocations }: Tallies,
): Promise<void> {
  const revoked: TokenPair[] = [];
  for (const round of rounds(howOften)) {
    const granted = await grantSome(world);
    revoked.push(...(await revokeAndKill(world, granted, kill, round)));
    const lost = await stillAccepted(world, revoked.slice(-LOOKED_FOR));
    kills.try(lost === 0, `${lost} came back after kill ${round + 1}`);
  }
  const lost = await stillAccepted(world, revoked);
  revocations.add(revoked.length, lost, `${lost} came back in the end`);
  kills.assertKept();
  revocations.assertKept();
}

async function grantSome(world: GrantedInstallation): Promise<Granted> {
  const granted = new Map<string, TokenPair>();
  const known = await listedIds(world);
  while (granted.size < AT_ONCE) {
    const token = await world.grant();
    assert.equal(await statusOf(world, token), 200);
    const id = (await listedIds(world)).find((one) => !known.includes(one) && !granted.has(one));
    granted.set(id ?? assert.fail('a new token is not on the page'), token);
  }
  return granted;
}

/** What the person's page offers to revoke. */
async function listedIds({ alice }: GrantedInstallation): Promise<readonly string[]> {
  const { html } = await alice.open(ACCESS);
  return [...html.matchAll(/revoke\?token=([\w-]+)/g)].map(([, id = '']) => id);
}

/** Gives those whose revocation was acknowledged. */
async function revokeAndKill(
  world: GrantedInstallation,
  granted: Granted,
  kill: () => Promise<void>,
  round: number,
): Promise<readonly TokenPair[]> {
  const { alice, installation } = world;
  if (round % 10 === 9) {
    await installation.command(['token', 'revoke', '--user', ALICE.username]);
    await kill();
    return [...granted.values()];
  }
  if (round % 2 === 1) {
    const question = await alice.open(`${ACCESS}/revoke-all`);
    const status = await alice.pressOnly(question, /^Revoke all/);
    await kill();
    assert.equal(status, 303);
    return [...granted.values()];
  }
  const acknowledged: TokenPair[] = [];
  const question = await alice.open(`${ACCESS}/revoke?token=${[...granted.keys()][0]}`);
  const revoking = [...granted].map(async ([id, token]) => {
    const status = await alice.pressOnly(question, /^Revoke OAuth Access Token$/, { token: id });
    if (status === 303) acknowledged.push(token);
  });
  await Promise.race(revoking.slice((round / 2) % AT_ONCE));
  await kill();
  await Promise.all(revoking);
  return acknowledged;
}

async function stillAccepted(world: GrantedInstallation, revoked: readonly TokenPair[]): Promise<number> {
  let accepted = 0;
  for (const token of revoked) {
    const ask = () => statusOf(world, token);
    accepted += Number(
      (await statusAfterRecovery(ask, (status) => status === 401 || status === 200)) !== 401,
    );
  }
  return accepted;
}

async function statusOf(world: GrantedInstallation, token: TokenPair): Promise<number> {
  return (await send(world.sign('GET', WHOAMI, token))).status;
}
