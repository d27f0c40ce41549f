/**
 * The first administrator: while there is no user, the server prints a link with a one-time token; whoever opens
 * it names the first administrator. Only the token's SHA-256 is stored, a new token replaces the old one, and
 * storage lets exactly one first user win, so two browsers with the same link make one account.
 */
import { equalInConstantTime, randomAlphanumeric, sha256Hex } from '../base/index.ts';
import type { User } from '../model/index.ts';
import { type AccountsContext, SETUP_ACTOR } from './context.ts';
import { startSession } from './sessions.ts';
import { draftUser, type NewUser, userEvent } from './users.ts';

/** A new token for the set-up link, or null when there are users already. Earlier tokens stop working. */
export async function createSetupToken(context: AccountsContext): Promise<string | null> {
  if (!(await context.storage.users.isEmpty())) return null;
  const token = randomAlphanumeric(context.random, 43);
  await context.storage.installation.writeSetupHash(sha256Hex(token));
  return token;
}

/** Whether a set-up token works at this moment. */
export async function isSetupToken(context: AccountsContext, token: string): Promise<boolean> {
  const hash = await context.storage.installation.readSetupHash();
  return (
    hash !== null && equalInConstantTime(hash, sha256Hex(token)) && (await context.storage.users.isEmpty())
  );
}

/** What the first administrator enters. */
export type FirstAdministrator = Omit<NewUser, 'isAdministrator'>;

/**
 * Adds the first administrator and logs them in; null when the token does not work (any more).
 * @param namedByProxy whom a trusted proxy names meanwhile
 * @throws {AccountRefused} when something entered is wrong; the token stays good
 */
export async function setUpFirstAdministrator(
  context: AccountsContext,
  token: string,
  input: FirstAdministrator,
  namedByProxy: string | null = null,
): Promise<{ readonly user: User; readonly cookie: string } | null> {
  if (!(await isSetupToken(context, token))) return null;
  const user = await draftUser(context, { ...input, isAdministrator: true });
  const event = userEvent(context, SETUP_ACTOR, 'user.add', null, user);
  if (!(await context.storage.users.addFirst(user, event))) return null;
  await context.storage.installation.writeSetupHash(null);
  return { user, cookie: await startSession(context, user, namedByProxy) };
}
