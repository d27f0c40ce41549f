/**
 * That a second factor is new. A thief of a password can turn one on, which locks the user out and keeps the thief in:
 * so for a week it is told since when there is one and from where it was turned on, to the user, who meets it at the
 * latest when a code is asked for, and of administrators to all administrators, who can take it away.
 */
import { nowSeconds } from '../base/index.ts';
import type { SecondFactorAddition } from '../model/index.ts';
import type { AccountsContext } from './context.ts';
import { holderOf } from './log-in-with-code.ts';

/** How long it is told. */
const NEWS_SECONDS = 7 * 86_400;

/** The most that are told at once. */
const MOST_NEWS = 5;

/** Whose is new. */
export interface SecondFactorNews extends SecondFactorAddition {
  /** The network address that it was turned on from; null where that was not written down. */
  readonly clientAddress: string | null;
}

/** The user's own; null unless it is new. */
export async function secondFactorNewsOf(
  context: AccountsContext,
  userName: string,
): Promise<SecondFactorNews | null> {
  const factor = await context.storage.secondFactors.find(userName);
  return factor === null || factor.createdAt < newSince(context) ? null : located(context, factor);
}

/** Of whoever holds the ticket between the steps of a login; null unless it is new. */
export async function secondFactorNewsForTicket(
  context: AccountsContext,
  ticket: string,
): Promise<SecondFactorNews | null> {
  const holder = await holderOf(context, ticket);
  return holder === null ? null : secondFactorNewsOf(context, holder.user.name);
}

/** Those of administrators, the latest first; at most five. */
export async function newSecondFactorsOfAdministrators(
  context: AccountsContext,
): Promise<readonly SecondFactorNews[]> {
  const { secondFactors } = context.storage;
  const additions = await secondFactors.listNewOfAdministrators(newSince(context), MOST_NEWS);
  return Promise.all(additions.map((addition) => located(context, addition)));
}

function newSince({ clock }: AccountsContext): number {
  return nowSeconds(clock) - NEWS_SECONDS;
}

async function located(
  { storage }: AccountsContext,
  { userName, createdAt }: SecondFactorAddition,
): Promise<SecondFactorNews> {
  const filter = { object: userName, action: 'second-factor.add' };
  const { rows } = await storage.audit.list(filter, { search: '', offset: 0, limit: 1 });
  const from = rows[0]?.at === createdAt ? rows[0].after?.clientAddress : null;
  return { userName, createdAt, clientAddress: typeof from === 'string' ? from : null };
}
