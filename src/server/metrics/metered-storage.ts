/** Storage that counts what happens to tokens, once it is acknowledged: what failed or was lost to another did not happen. */
import type { Storage } from '../../model/index.ts';
import type { Meters } from './meters.ts';

/** The same storage, counted. */
export function meteredStorage(storage: Storage, { tokens }: Meters): Storage {
  const { requestTokens, accessTokens } = storage;
  return {
    ...storage,
    requestTokens: {
      ...requestTokens,
      async add(token) {
        await requestTokens.add(token);
        tokens.count('request-token-issued');
      },
      async decide(hash, decision, event) {
        const outcome = await requestTokens.decide(hash, decision, event);
        if (outcome === 'done') tokens.count(decision.state);
        return outcome;
      },
      async tryVerifier(hash, readings, limit) {
        const outcome = await requestTokens.tryVerifier(hash, readings, limit);
        if (outcome !== 'right') tokens.count('verifier-wrong');
        return outcome;
      },
      async exchange(hash, accessToken, event) {
        const outcome = await requestTokens.exchange(hash, accessToken, event);
        if (outcome === 'done') tokens.count('issued');
        return outcome;
      },
    },
    accessTokens: {
      ...accessTokens,
      async renew(oldHash, token, event) {
        const outcome = await accessTokens.renew(oldHash, token, event);
        if (outcome === 'done') tokens.count('renewed');
        return outcome;
      },
      async revoke(id, userName, at, event) {
        const isDone = await accessTokens.revoke(id, userName, at, event);
        if (isDone) tokens.count('revoked');
        return isDone;
      },
      async revokeAll(filter, at, event) {
        const revoked = await accessTokens.revokeAll(filter, at, event);
        tokens.add(revoked, 'revoked');
        return revoked;
      },
    },
  };
}
