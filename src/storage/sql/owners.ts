/**
 * Whether those whom a token belongs to are still there: a token that lost a race against their removal is dropped.
 * Those that are there stay until the end of the transaction, so that a removal, or a revocation of everything they
 * own, sees what this transaction adds.
 */
import { userNameKey } from '../../model/index.ts';
import type { Queries } from './context.ts';
import type { Locks } from './locks.ts';

export async function ownersExist(
  trx: Queries,
  locks: Locks,
  consumerKey: string,
  userName: string | null,
): Promise<boolean> {
  if (!(await consumerExists(trx, locks, consumerKey))) return false;
  return userName === null || userExists(trx, locks, userName);
}

async function consumerExists(trx: Queries, locks: Locks, consumerKey: string): Promise<boolean> {
  const query = trx.selectFrom('consumers').select('consumer_key').where('consumer_key', '=', consumerKey);
  return (await locks.keep(query).executeTakeFirst()) !== undefined;
}

export async function userExists(trx: Queries, locks: Locks, userName: string): Promise<boolean> {
  const query = trx.selectFrom('users').select('name_key').where('name_key', '=', userNameKey(userName));
  return (await locks.keep(query).executeTakeFirst()) !== undefined;
}
