/**
 * The hot path: what signed requests are checked against, read anew for every one of them, so that no server ever
 * shows a token or a consumer as it was before a change that somebody was told is done. One statement answers all
 * look-ups of a batch in one round trip. Its columns are named: with `*` it would stop working when a newer version
 * of the program, beside this one, adds a column.
 */
import { type Grounds, type GroundsStore, tokenHash } from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import {
  type AccessTokenRow,
  accessTokenFromRow,
  type ConsumerRow,
  consumerFromRow,
  type UserRow,
  userFromRow,
} from '../sql/index.ts';
import type { PostgresAddress } from './address.ts';
import { Batches } from './batches.ts';
import { Channel, type HotRow, type HotStatement } from './channel.ts';
import type { Manner } from './connections.ts';
import { storable } from './pool.ts';

const CHANNELS = 2;

/** Whatever the statistics say of tables that were empty a moment ago, each record is found by its key. */
const MANNER: Manner = {
  patienceMs: 5000,
  parameters: {
    plan_cache_mode: 'force_generic_plan',
    enable_seqscan: 'off',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
  },
};

const CONSUMER = columns<ConsumerRow>()(
  'consumer_key',
  'name',
  'sort_name',
  'search_text',
  'description',
  'credential_kind',
  'public_key',
  'certificate',
  'secret',
  'retiring_kind',
  'retiring_public_key',
  'retiring_certificate',
  'retiring_secret',
  'retiring_until',
  'callback',
  'legacy10',
  'allow_plaintext',
  'two_legged',
  'execute_as',
  'may_impersonate',
  'read_only',
  'paths',
  'base_url',
  'owner_key',
  'owner_name',
  'base_key',
  'created_at',
  'updated_at',
);

const TOKEN = columns<AccessTokenRow>()(
  'hash',
  'id',
  'secret',
  'consumer_key',
  'user_key',
  'user_name',
  'gadget_url',
  'session_handle_hash',
  'created_at',
  'expires_at',
  'session_expires_at',
  'revoked_at',
  'last_used_at',
);

const USER = columns<UserRow>()(
  'name_key',
  'name',
  'search_text',
  'display_name',
  'email',
  'is_administrator',
  'is_disabled',
  'password_hash',
  'identity_issuer',
  'identity_subject',
  'created_at',
  'last_login_at',
);

const LOOK_UP: HotStatement = {
  name: 'look-up',
  text: `select ${[...CONSUMER.map((name) => `c.${name}`), ...TOKEN.map((name) => `t.${name}`), ...USER.map((name) => `u.${name}`)].join(', ')}
    from unnest($1::text[], $2::text[]) with ordinality as asked (consumer_key, token_hash, number)
    left join consumers c on c.consumer_key = asked.consumer_key
    left join access_tokens t on t.hash = asked.token_hash
    left join users u on u.name_key = t.user_key
    order by asked.number`,
};

interface Asked {
  readonly consumerKey: string;
  /** '' for none. */
  readonly tokenHash: string;
}

/** Answers look-ups over connections of its own. */
export class PostgresGrounds implements GroundsStore {
  readonly #batches: Batches<Asked, HotRow>;
  readonly #sealer: Sealer;

  constructor(address: PostgresAddress, sealer: Sealer) {
    this.#sealer = sealer;
    const channels = Array.from({ length: CHANNELS }, () => new Channel(address, MANNER));
    this.#batches = new Batches(channels, (channel, batch) =>
      channel.run(LOOK_UP, [
        batch.map(({ consumerKey }) => storable(consumerKey)),
        batch.map((asked) => asked.tokenHash),
      ]),
    );
  }

  async lookUp(consumerKey: string, token: string): Promise<Grounds> {
    const row = await this.#batches.ask({ consumerKey, tokenHash: token === '' ? '' : tokenHash(token) });
    const consumer = record<ConsumerRow>(CONSUMER, row, 0);
    const found = record<AccessTokenRow>(TOKEN, row, CONSUMER.length);
    const user = record<UserRow>(USER, row, CONSUMER.length + TOKEN.length);
    return {
      consumer: consumer && consumerFromRow(consumer, this.#sealer),
      token: found && accessTokenFromRow(found, this.#sealer),
      user: user && userFromRow(user),
    };
  }

  close(): Promise<void> {
    return this.#batches.close();
  }
}

/** The names of all columns of a table, and of nothing else. */
function columns<Row>() {
  return <const Names extends readonly (keyof Row & string)[]>(
    ...names: keyof Row extends Names[number] ? Names : never
  ): readonly (keyof Row & string)[] => names;
}

/** A record from its place in a row; null if there is none: the first column of each is its key. */
function record<Row>(names: readonly (keyof Row & string)[], row: HotRow, at: number): Row | null {
  if (row[at] === null) return null;
  return Object.fromEntries(names.map((name, index) => [name, row[at + index]])) as Row;
}
