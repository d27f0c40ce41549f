/**
 * Request tokens over SQL. Every change of state is one conditional UPDATE whose count of changed rows tells
 * who won; nobody reads first and writes later.
 */
import { type RequestTokenStore, userNameKey } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import type { SqlContext } from './context.ts';
import { ownersExist } from './owners.ts';
import { accessTokenToRow, requestTokenFromRow, requestTokenToRow } from './token-rows.ts';

export function sqlRequestTokens({ db, sealer }: SqlContext): RequestTokenStore {
  return {
    add(token) {
      return db.transaction().execute(async (trx) => {
        if (!(await ownersExist(trx, token.consumerKey, token.userName))) return;
        await trx.insertInto('request_tokens').values(requestTokenToRow(token, sealer)).execute();
      });
    },
    async find(hash) {
      const row = await db
        .selectFrom('request_tokens')
        .selectAll()
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row === undefined ? null : requestTokenFromRow(row, sealer);
    },
    bindUser(hash, userName) {
      return db.transaction().execute(async (trx) => {
        const user = await trx
          .selectFrom('users')
          .select(['name_key', 'name'])
          .where('name_key', '=', userNameKey(userName))
          .executeTakeFirst();
        if (user !== undefined) {
          await trx
            .updateTable('request_tokens')
            .set({ user_key: user.name_key, user_name: user.name })
            .where('hash', '=', hash)
            .where('user_key', 'is', null)
            .execute();
        }
        const bound = await trx
          .selectFrom('request_tokens')
          .select('user_name')
          .where('hash', '=', hash)
          .executeTakeFirst();
        return bound?.user_name ?? null;
      });
    },
    decide(hash, decision, event) {
      return db.transaction().execute(async (trx) => {
        const decided = await trx
          .updateTable('request_tokens')
          .set({ state: decision.state, verifier_hash: decision.verifierHash })
          .where('hash', '=', hash)
          .where('state', '=', 'undecided')
          .where('user_key', '=', userNameKey(decision.userName))
          .executeTakeFirst();
        if (decided.numUpdatedRows !== 1n) return 'lost';
        await recordEvent(trx, event);
        return 'done';
      });
    },
    countFailedVerifier(hash, limit) {
      return db.transaction().execute(async (trx) => {
        const counted = await trx
          .updateTable('request_tokens')
          .set((e) => ({ failed_verifiers: e('failed_verifiers', '+', 1) }))
          .where('hash', '=', hash)
          .returning('failed_verifiers')
          .executeTakeFirst();
        if (counted !== undefined && counted.failed_verifiers < limit) return 'wrong';
        await trx.deleteFrom('request_tokens').where('hash', '=', hash).execute();
        return 'destroyed';
      });
    },
    exchange(hash, accessToken, event) {
      return db.transaction().execute(async (trx) => {
        if (!(await ownersExist(trx, accessToken.consumerKey, accessToken.userName))) return 'lost';
        const used = await trx
          .updateTable('request_tokens')
          .set({ state: 'used' })
          .where('hash', '=', hash)
          .where('state', '=', 'approved')
          .executeTakeFirst();
        if (used.numUpdatedRows !== 1n) return 'lost';
        await trx.insertInto('access_tokens').values(accessTokenToRow(accessToken, sealer)).execute();
        await recordEvent(trx, event);
        return 'done';
      });
    },
    async purge(expiredBefore, limit) {
      const over = db.selectFrom('request_tokens').select('hash').where('expires_at', '<', expiredBefore);
      const purged = await db
        .deleteFrom('request_tokens')
        .where('hash', 'in', over.limit(limit))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}
