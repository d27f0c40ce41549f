/**
 * Every press of Connect, Renew, Test or "Login & approve" sends requests to somebody else's server in our name, and
 * some leave a record here, so a user gets so many a minute, however they are pressed. Counted in storage, like all
 * limits: for all nodes together.
 */
import { type AttemptStore, userNameKey } from '../model/index.ts';

/** Requests to providers that one user may begin in a minute, by pages. */
export const BEGINNINGS_A_MINUTE = 20;

/** The time after which there are as many again. */
export const BEGINNINGS_WINDOW_SECONDS = 60;

/** Counts one beginning; false when it is one too many. @param now seconds since 1970 */
export async function mayBegin(
  { attempts }: { readonly attempts: Pick<AttemptStore, 'count'> },
  userName: string,
  now: number,
): Promise<boolean> {
  const bucket = `outgoing:${userNameKey(userName)}`;
  return (await attempts.count(bucket, now, BEGINNINGS_WINDOW_SECONDS)) <= BEGINNINGS_A_MINUTE;
}
