/** Which access tokens count as live: all that lists show and revocation ends. */
import type { Kysely, SelectQueryBuilder } from 'kysely';
import { type TokenFilter, userNameKey } from '../../../model/index.ts';
import type { Database } from '../schema/schema.ts';

/** Rows of tokens, beside their consumers' in `consumer_list` where these are gone through first. */
export type Tokens = SelectQueryBuilder<Database, 'access_tokens' | 'consumer_list', object>;

/** All tokens there are. */
export function allTokens(db: Kysely<Database>): Tokens {
  return db.selectFrom('access_tokens') as unknown as Tokens;
}

/** Those of some tokens that work or can be renewed. */
export function liveTokens(tokens: Tokens, { userName, consumerKey }: TokenFilter, now: number): Tokens {
  let live = tokens
    .where('access_tokens.revoked_at', 'is', null)
    .where((e) =>
      e.or([e('access_tokens.expires_at', '>', now), e('access_tokens.session_expires_at', '>', now)]),
    );
  if (userName !== undefined) live = live.where('access_tokens.user_key', '=', userNameKey(userName));
  if (consumerKey !== undefined) live = live.where('access_tokens.consumer_key', '=', consumerKey);
  return live;
}
