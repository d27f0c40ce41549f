/** Whether those whom a token belongs to are still there: a token that lost a race against their removal is dropped. */
import { userNameKey } from '../../model/index.ts';
import type { Queries } from './context.ts';

export async function ownersExist(
  trx: Queries,
  consumerKey: string,
  userName: string | null,
): Promise<boolean> {
  const consumer = await trx
    .selectFrom('consumers')
    .select('consumer_key')
    .where('consumer_key', '=', consumerKey)
    .executeTakeFirst();
  if (consumer === undefined) return false;
  return userName === null || userExists(trx, userName);
}

export async function userExists(trx: Queries, userName: string): Promise<boolean> {
  const user = await trx
    .selectFrom('users')
    .select('name_key')
    .where('name_key', '=', userNameKey(userName))
    .executeTakeFirst();
  return user !== undefined;
}
