/**
 * The hot path: what a signed request is checked against, from memory when nothing changed since it was read.
 *
 * It reads over a connection of its own. So it never sees a transaction of this process that is not committed
 * yet, and a commit by anybody, this process or another, shows in `PRAGMA data_version`. Only then the version
 * that triggers count up (consumers, users, tokens; not the time of last use) is read, and only if that moved
 * too, everything remembered is dropped. What is not found is never remembered: strangers cannot fill the memory.
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
import { asTrouble } from './trouble.ts';

interface TokenAndUser {
  readonly token: AccessToken | null;
  readonly user: User | null;
}

const NO_TOKEN: TokenAndUser = { token: null, user: null };

/** Answers look-ups over a connection that nothing else uses. */
export class SqliteGrounds implements GroundsStore {
  readonly #sealer: Sealer;
  readonly #dataVersion: StatementSync;
  readonly #groundsVersion: StatementSync;
  readonly #consumer: StatementSync;
  readonly #token: StatementSync;
  readonly #user: StatementSync;
  readonly #consumers: BoundedCache<Consumer>;
  /** By the token itself, which spares a digest. */
  readonly #tokens: BoundedCache<TokenAndUser>;
  readonly #users: BoundedCache<User>;
  /** Whether the database was asked in this turn of the event loop, and when, in milliseconds. */
  #isLookedAt = false;
  #lookedAt = 0;
  #seenData: unknown;
  #seenGrounds: unknown;

  /** @param cached records of each kind remembered at most */
  constructor(connection: DatabaseSync, sealer: Sealer, cached: number) {
    this.#sealer = sealer;
    this.#dataVersion = connection.prepare('pragma data_version');
    this.#dataVersion.setReturnArrays(true);
    this.#groundsVersion = connection.prepare('select version from grounds_version where id = 1');
    this.#consumer = connection.prepare('select * from consumers where consumer_key = ?');
    this.#token = connection.prepare('select * from access_tokens where hash = ?');
    this.#user = connection.prepare('select * from users where name_key = ?');
    this.#consumers = new BoundedCache(cached);
    this.#tokens = new BoundedCache(cached);
    this.#users = new BoundedCache(cached);
  }

  lookUp(consumerKey: string, token: string): Grounds {
    try {
      this.#forgetIfChanged();
      const consumer = this.#consumers.get(consumerKey) ?? this.#readConsumer(consumerKey);
      if (token === '') return { consumer, token: null, user: null };
      const found = this.#tokens.get(token) ?? this.#readToken(token);
      return { consumer, token: found.token, user: found.user };
    } catch (error) {
      throw asTrouble(error);
    }
  }

  /** To be called after every statement of this process that may have changed something. */
  lookAgain(): void {
    this.#isLookedAt = false;
  }

  /**
   * Asks first and reads afterwards: what commits in between is noticed by the next look-up. Asking takes locks on
   * the database file, so it is done once for each turn of the event loop (and each millisecond of a long one). That
   * is not a moment too late: the requests of a turn had arrived before it began, so a change that was
   * acknowledged before such a request was sent had been committed when the turn's first look-up asked.
   */
  #forgetIfChanged(): void {
    const now = performance.now();
    if (this.#isLookedAt && now - this.#lookedAt < 1) return;
    this.#lookedAt = now;
    if (!this.#isLookedAt) {
      this.#isLookedAt = true;
      setImmediate(() => this.lookAgain());
    }
    const [data] = this.#dataVersion.get() as unknown as [number];
    if (data === this.#seenData) return;
    const version = this.#groundsVersion.get()?.version;
    if (version !== this.#seenGrounds) {
      this.#consumers.clear();
      this.#tokens.clear();
      this.#users.clear();
    }
    this.#seenGrounds = version;
    this.#seenData = data;
  }

  #readConsumer(consumerKey: string): Consumer | null {
    const row = this.#consumer.get(consumerKey) as ConsumerRow | undefined;
    if (row === undefined) return null;
    const consumer = consumerFromRow(row, this.#sealer);
    this.#consumers.set(consumerKey, consumer);
    return consumer;
  }

  #readToken(token: string): TokenAndUser {
    const row = this.#token.get(tokenHash(token)) as AccessTokenRow | undefined;
    if (row === undefined) return NO_TOKEN;
    const found = {
      token: accessTokenFromRow(row, this.#sealer),
      user: this.#users.get(row.user_key) ?? this.#readUser(row.user_key),
    };
    this.#tokens.set(token, found);
    return found;
  }

  #readUser(key: string): User | null {
    const row = this.#user.get(key) as UserRow | undefined;
    if (row === undefined) return null;
    const user = userFromRow(row);
    this.#users.set(key, user);
    return user;
  }
}
