/**
 * Keeping a connection alive (OAuth Session 1.0 draft 1): the session handle buys a new token, once. Of several
 * requests that find the old one over, one renews and the others wait for it: within this process by a shared
 * promise, between processes by a claim in storage. Whatever is found out about a token is written only while the
 * connection still has that token, so a late answer about an old one never kills a new one.
 */
import { nowSeconds, Secret } from '../base/index.ts';
import type { Connection, ServiceProvider } from '../model/index.ts';
import { askForToken } from './ask-for-token.ts';
import { connectionEvent, endOf } from './connect.ts';
import type { ConsumerContext } from './context.ts';
import { ConnectionNeedsApproval, ProviderAnswerRefused, RequestNotAllowed } from './errors.ts';
import { tokenOf } from './token-of.ts';

/** A token that ends sooner than this is renewed before it is used. */
const AHEAD_SECONDS = 30;

/** How long a claim to renew holds: longer than the request can take. */
const CLAIM_SECONDS = 20;

const WAIT_MILLISECONDS = 250;

/** Problems of a renewal after which only the user can help. Others are an administrator's business, or pass. */
const ENDING_RENEWAL = new Set([
  'token_rejected',
  'token_revoked',
  'token_expired',
  'token_used',
  'permission_denied',
  'permission_unknown',
  'user_refused',
  'additional_authorization_required',
]);

/**
 * A user's connection to a provider, if it can be used.
 * @throws {ConnectionNeedsApproval} when there is none, or it is dead
 */
export async function connectionFor(
  context: ConsumerContext,
  userName: string,
  providerName: string,
  gadgetUrl: string | null = null,
): Promise<Connection> {
  const found = await context.storage.connections.findFor(userName, providerName, gadgetUrl);
  if (found === null) throw new ConnectionNeedsApproval(providerName, 'not-connected');
  requireActive(found);
  return found;
}

/** Whether a connection's token is over, or will be before a request arrives. */
export function isOver(connection: Connection, now: number): boolean {
  return connection.expiresAt !== null && now >= connection.expiresAt - AHEAD_SECONDS;
}

/**
 * Renews a connection, or waits for whoever is at it.
 * @param seen the connection as it was used; if it has another token by now, that one is given
 * @throws {ConnectionNeedsApproval} when it cannot be renewed without the user
 * @throws {ProviderAnswerRefused | ProviderUnreachable} when it may yet be
 */
export function renewConnection(context: ConsumerContext, seen: Connection): Promise<Connection> {
  return whenNobodyRenews(context, seen, (present) => renew(context, present));
}

/**
 * What to go on with when the provider has refused a token as dead: the token that was renewed meanwhile, which is
 * what ends the one before, or nothing.
 * @throws {ConnectionNeedsApproval} when it is dead
 */
export function successorOf(
  context: ConsumerContext,
  refused: Connection,
  problem: string,
): Promise<Connection> {
  return whenNobodyRenews(context, refused, async (present) => {
    await endConnection(context, present, problem);
    throw new ConnectionNeedsApproval(present.providerName, problem);
  });
}

/** Marks a connection dead, unless it has another token by now. */
export async function endConnection(
  context: ConsumerContext,
  connection: Connection,
  problem: string,
): Promise<void> {
  const at = nowSeconds(context.clock);
  const event = connectionEvent(connection, 'connection.die', at, problem);
  await context.storage.connections.markDead(connection.id, connection.version, problem, event);
}

/** The connection as it is now. @throws {ConnectionNeedsApproval} when it is gone or dead */
export async function presentState(context: ConsumerContext, seen: Connection): Promise<Connection> {
  const present = await context.storage.connections.find(seen.id);
  if (present === null) throw new ConnectionNeedsApproval(seen.providerName, 'not-connected');
  requireActive(present);
  return present;
}

function requireActive({ state, providerName, problem }: Connection): void {
  if (state === 'dead') throw new ConnectionNeedsApproval(providerName, problem ?? 'token_rejected');
}

/** Does something to a connection alone, or gives the connection that somebody else has renewed meanwhile. */
function whenNobodyRenews(
  context: ConsumerContext,
  seen: Connection,
  work: (present: Connection) => Promise<Connection>,
): Promise<Connection> {
  const { renewals } = context;
  const running = renewals.get(seen.id);
  if (running !== undefined) return running;
  const turn = claimOrWait(context, seen, work).finally(() => renewals.delete(seen.id));
  renewals.set(seen.id, turn);
  return turn;
}

async function claimOrWait(
  context: ConsumerContext,
  seen: Connection,
  work: (present: Connection) => Promise<Connection>,
): Promise<Connection> {
  const { storage, clock } = context;
  const giveUpAt = nowSeconds(clock) + CLAIM_SECONDS;
  for (let waits = 0; ; waits += 1) {
    const present = await presentState(context, seen);
    if (present.version !== seen.version) return present;
    const now = nowSeconds(clock);
    const until = now + CLAIM_SECONDS;
    if (await storage.connections.claimRenewal(seen.id, seen.version, now, until)) {
      return work(present);
    }
    if (now >= giveUpAt || waits * WAIT_MILLISECONDS >= CLAIM_SECONDS * 1000) {
      throw new ProviderAnswerRefused(seen.providerName, 'status', { status: 504 });
    }
    await context.pause(WAIT_MILLISECONDS);
  }
}

async function renew(context: ConsumerContext, old: Connection): Promise<Connection> {
  const { storage, clock } = context;
  const now = nowSeconds(clock);
  const isSessionOver = old.sessionExpiresAt !== null && now >= old.sessionExpiresAt;
  if (old.sessionHandle === null || isSessionOver) {
    await endConnection(context, old, 'token_expired');
    throw new ConnectionNeedsApproval(old.providerName, 'token_expired');
  }
  try {
    const renewed = await askForRenewal(context, old, old.sessionHandle);
    const event = connectionEvent(renewed, 'connection.renew', now);
    const outcome = await storage.connections.renew(renewed, old.version, event);
    return outcome === 'done' ? renewed : await presentState(context, old);
  } catch (error) {
    const problem = error instanceof ProviderAnswerRefused ? error.problem : null;
    if (problem === null || !ENDING_RENEWAL.has(problem)) {
      await storage.connections.releaseRenewal(old.id, old.version);
      throw error;
    }
    await endConnection(context, old, problem);
    // Somebody may have renewed it meanwhile, which is why the handle was refused: then that token is given.
    return presentState(context, old);
  }
}

async function askForRenewal(context: ConsumerContext, old: Connection, handle: Secret): Promise<Connection> {
  const provider: ServiceProvider | null = await context.storage.serviceProviders.find(old.providerName);
  if (provider === null) throw new RequestNotAllowed(old.providerName, 'unknown-provider');
  const response = await askForToken(context, provider, provider.accessTokenUrl, {
    presented: tokenOf(old, provider),
    sessionHandle: handle.reveal(),
  });
  const now = nowSeconds(context.clock);
  return {
    ...old,
    token: new Secret(response.token),
    secret: response.secret,
    sessionHandle: response.sessionHandle ?? old.sessionHandle,
    accountLabel: response.accountLabel ?? old.accountLabel,
    expiresAt: endOf(now, response.expiresIn),
    sessionExpiresAt: endOf(now, response.authorizationExpiresIn) ?? old.sessionExpiresAt,
    version: old.version + 1,
    renewedAt: now,
  };
}
