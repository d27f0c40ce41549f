/**
 * The hot path: what a signed request is checked against, from memory when nothing changed since it was read. It reads
 * over a connection of its own, so it never sees a transaction of this process that is not committed yet. With each
 * change of a consumer, a user or a token (but not of the time of last use), everything remembered is dropped. What is
 * not found is never remembered: strangers cannot fill the memory.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type AccessToken,
  type Consumer,
  type Grounds,
  type GroundsStore,
  tokenHash,
  type User,
} from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import {
  type AccessTokenRow,
  accessTokenFromRow,
  type ConsumerRow,
  consumerFromRow,
  type UserRow,
  userFromRow,
} from '../sql/index.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { CommittedChanges } from './committed-changes.ts';
import { freeze } from './freeze.ts';
import { asTrouble } from './trouble.ts';

interface TokenAndUser {
  readonly token: AccessToken | null;
  readonly user: User | null;
}

const NO_TOKEN: TokenAndUser = { token: null, user: null };

/** Answers look-ups over a connection that nothing else uses. */
export class SqliteGrounds implements GroundsStore {
  readonly #sealer: Sealer;
  readonly #changes: CommittedChanges;
  readonly #consumer: StatementSync;
  readonly #token: StatementSync;
  readonly #user: StatementSync;
  readonly #consumers: BoundedCache<Consumer>;
  /** By the token itself, which spares a digest. */
  readonly #tokens: BoundedCache<TokenAndUser>;
  readonly #users: BoundedCache<User>;

  /** @param cached records of each kind remembered at most */
  constructor(connection: DatabaseSync, changes: CommittedChanges, sealer: Sealer, cached: number) {
    this.#sealer = sealer;
    this.#changes = changes;
    this.#consumer = connection.prepare('select * from consumers where consumer_key = ?');
    this.#token = connection.prepare('select * from access_tokens where hash = ?');
    this.#user = connection.prepare('select * from users where name_key = ?');
    this.#consumers = new BoundedCache(cached);
    this.#tokens = new BoundedCache(cached);
    this.#users = new BoundedCache(cached);
    changes.onChange('grounds', () => {
      this.#consumers.clear();
      this.#tokens.clear();
      this.#users.clear();
    });
  }

  lookUp(consumerKey: string, token: string): Grounds {
    try {
      this.#changes.look();
      const consumer = this.#consumers.get(consumerKey) ?? this.#readConsumer(consumerKey);
      if (token === '') return { consumer, token: null, user: null };
      const found = this.#tokens.get(token) ?? this.#readToken(token);
      return { consumer, token: found.token, user: found.user };
    } catch (error) {
      throw asTrouble(error);
    }
  }

  #readConsumer(consumerKey: string): Consumer | null {
    const row = this.#consumer.get(consumerKey) as ConsumerRow | undefined;
    if (row === undefined) return null;
    const consumer = freeze(consumerFromRow(row, this.#sealer));
    this.#consumers.set(consumerKey, consumer);
    return consumer;
  }

  #readToken(token: string): TokenAndUser {
    const row = this.#token.get(tokenHash(token)) as AccessTokenRow | undefined;
    if (row === undefined) return NO_TOKEN;
    const found = {
      token: freeze(accessTokenFromRow(row, this.#sealer)),
      user: this.#users.get(row.user_key) ?? this.#readUser(row.user_key),
    };
    this.#tokens.set(token, found);
    return found;
  }

  #readUser(key: string): User | null {
    const row = this.#user.get(key) as UserRow | undefined;
    if (row === undefined) return null;
    const user = freeze(userFromRow(row));
    this.#users.set(key, user);
    return user;
  }
}
