/**
 * Request tokens over SQL. Every change of state is one conditional UPDATE whose count of changed rows tells
 * who won; nobody reads first and writes later.
 */
import { type RequestTokenStore, userNameKey } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import type { Queries, SqlContext } from './context.ts';
import { ownersExist } from './owners.ts';
import { accessTokenToRow, requestTokenFromRow, requestTokenToRow } from './token-rows.ts';
import { transact } from './transact.ts';

export function sqlRequestTokens({ db, locks, sealer }: SqlContext): RequestTokenStore {
  return {
    add(token) {
      return transact(db, async (trx) => {
        if (!(await ownersExist(trx, locks, token.consumerKey, token.userName))) return;
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
      return transact(db, async (trx) => {
        const named = trx
          .selectFrom('users')
          .select(['name_key', 'name'])
          .where('name_key', '=', userNameKey(userName));
        const user = await locks.keep(named).executeTakeFirst();
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
      return transact(db, async (trx) => {
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
    async tryVerifier(hash, readings, limit) {
      const counted = await db
        .updateTable('request_tokens')
        .set((e) => ({ failed_verifiers: e('failed_verifiers', '+', 1) }))
        .where('hash', '=', hash)
        .where('failed_verifiers', '<', limit)
        .where((e) => e.or([e('verifier_hash', 'is', null), e('verifier_hash', 'not in', readings)]))
        .returning('failed_verifiers')
        .executeTakeFirst();
      if (counted === undefined) {
        const right = await db
          .selectFrom('request_tokens')
          .select('hash')
          .where('hash', '=', hash)
          .where('failed_verifiers', '<', limit)
          .where('verifier_hash', 'in', readings)
          .executeTakeFirst();
        return right === undefined ? 'destroyed' : 'right';
      }
      if (counted.failed_verifiers < limit) return 'wrong';
      await db.deleteFrom('request_tokens').where('hash', '=', hash).execute();
      return 'destroyed';
    },
    exchange(hash, accessToken, event) {
      return transact(
        db,
        async (trx) => {
          if (!(await ownersExist(trx, locks, accessToken.consumerKey, accessToken.userName))) return 'lost';
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
        },
        async (outcome) => outcome === 'done' && (await isIssued(db, accessToken.hash)),
      );
    },
    async purge(expiredBefore, limit) {
      const over = db.selectFrom('request_tokens').select('hash').where('expires_at', '<', expiredBefore);
      const purged = await db
        .with('over', () => locks.take(over.limit(limit)))
        .deleteFrom('request_tokens')
        .where('hash', 'in', (e) => e.selectFrom('over').select('hash'))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}

/** Nobody but its own exchange can have stored a token of that hash: it was drawn for it. */
async function isIssued(db: Queries, accessTokenHash: string): Promise<boolean> {
  const token = db.selectFrom('access_tokens').select('hash').where('hash', '=', accessTokenHash);
  return (await token.executeTakeFirst()) !== undefined;
}
