/** Request tokens in memory. */
import type { RequestToken, RequestTokenStore } from '../../model/index.ts';
import { deleteWhere, isSameUser, type Tables } from './tables.ts';

export function memoryRequestTokens(tables: Tables): RequestTokenStore {
  const change = (token: RequestToken, fields: Partial<RequestToken>): void => {
    tables.requestTokens.set(token.hash, { ...token, ...fields });
  };

  return {
    async add(token) {
      if (tables.hasOwners(token.consumerKey, token.userName)) tables.requestTokens.set(token.hash, token);
    },
    async find(hash) {
      return tables.requestTokens.get(hash) ?? null;
    },
    async bindUser(hash, userName) {
      const token = tables.requestTokens.get(hash);
      const user = tables.user(userName);
      if (token === undefined) return null;
      if (token.userName !== null || user === null) return token.userName;
      change(token, { userName: user.name });
      return user.name;
    },
    async decide(hash, decision, event) {
      const token = tables.requestTokens.get(hash);
      if (token?.state !== 'undecided' || !isSameUser(token.userName, decision.userName)) return 'lost';
      change(token, { state: decision.state, verifierHash: decision.verifierHash });
      tables.record(event);
      return 'done';
    },
    async tryVerifier(hash, readings, limit) {
      const token = tables.requestTokens.get(hash);
      if (token === undefined) return 'destroyed';
      if (token.verifierHash !== null && readings.includes(token.verifierHash)) return 'right';
      const failedVerifiers = token.failedVerifiers + 1;
      change(token, { failedVerifiers });
      if (failedVerifiers < limit) return 'wrong';
      tables.requestTokens.delete(hash);
      return 'destroyed';
    },
    async exchange(hash, accessToken, event) {
      const token = tables.requestTokens.get(hash);
      if (token?.state !== 'approved') return 'lost';
      if (!tables.hasOwners(accessToken.consumerKey, accessToken.userName)) return 'lost';
      change(token, { state: 'used' });
      tables.accessTokens.set(accessToken.hash, accessToken);
      tables.record(event);
      return 'done';
    },
    async purge(expiredBefore, limit) {
      return deleteWhere(tables.requestTokens, (token) => token.expiresAt < expiredBefore, limit);
    },
  };
}
