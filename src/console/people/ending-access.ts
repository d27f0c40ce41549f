/** Access that an application loses soon unless its user approves it again: its tokens cannot be renewed for long. */
import type { AccessTokenStore } from '../../model/index.ts';
import { type Content, count, notice, type SignedInContext } from '../../web/index.ts';
import { endsSoon } from '../ends-soon.ts';
import { messages } from './messages.ts';

/** Tokens that are looked at, the first to expire first. */
const MOST_TOKENS = 100;

/** How many of a user's tokens end for good soon. */
export async function countEnding(store: AccessTokenStore, userName: string, now: number): Promise<number> {
  const query = { search: '', sort: 'expires', descending: false, offset: 0, limit: MOST_TOKENS } as const;
  const { rows } = await store.list({ userName }, { ...query, countUpTo: 1 }, now);
  return rows.filter(({ token: { createdAt, expiresAt, sessionExpiresAt } }) =>
    endsSoon({ from: createdAt, end: Math.max(expiresAt, sessionExpiresAt) }, now),
  ).length;
}

/** Says how many end soon, when any do. */
export async function endingNotice(store: AccessTokenStore, c: SignedInContext): Promise<Content> {
  const ending = await countEnding(store, c.viewer.user.name, c.now);
  return ending === 0 ? '' : notice('info', count(c, c.messages(messages).endSoon, ending));
}
