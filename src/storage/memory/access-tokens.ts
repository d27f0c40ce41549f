/** Access tokens in memory. */
import type { AccessToken, AccessTokenStore, TokenFilter, TokenSummary } from '../../model/index.ts';
import { userNameKey } from '../../model/index.ts';
import { pageOf } from './paging.ts';
import { deleteWhere, isSameUser, type Tables } from './tables.ts';

/** Whether a token works at the moment, or can be renewed. */
export function isLive(token: AccessToken, now: number): boolean {
  return token.revokedAt === null && (token.expiresAt > now || token.sessionExpiresAt > now);
}

function matches(filter: TokenFilter, token: AccessToken): boolean {
  return (
    (filter.userName === undefined || isSameUser(token.userName, filter.userName)) &&
    (filter.consumerKey === undefined || token.consumerKey === filter.consumerKey)
  );
}

const ORDER = {
  created: ({ token }: TokenSummary) => token.createdAt,
  expires: ({ token }: TokenSummary) => token.expiresAt,
  used: ({ token }: TokenSummary) => token.lastUsedAt ?? 0,
  user: ({ token }: TokenSummary) => userNameKey(token.userName),
  consumer: ({ consumerName }: TokenSummary) => consumerName.toLowerCase(),
};

export function memoryAccessTokens(tables: Tables): AccessTokenStore {
  const byId = (id: string): AccessToken | null =>
    tables.accessTokens.values().find((token) => token.id === id) ?? null;

  const change = (token: AccessToken, fields: Partial<AccessToken>): void => {
    tables.accessTokens.set(token.hash, { ...token, ...fields });
  };

  const summary = (token: AccessToken): TokenSummary => ({
    token,
    consumerName: tables.consumers.get(token.consumerKey)?.name ?? '',
    consumerDescription: tables.consumers.get(token.consumerKey)?.description ?? '',
    userDisplayName: tables.user(token.userName)?.displayName ?? '',
  });

  return {
    async find(hash) {
      return tables.accessTokens.get(hash) ?? null;
    },
    async findById(id) {
      return byId(id);
    },
    async list(filter, query, now) {
      const live = tables.accessTokens
        .values()
        .filter((token) => isLive(token, now) && matches(filter, token));
      return pageOf(live.map(summary), {
        ...query,
        searched: (row) => [
          row.token.consumerKey,
          row.consumerName,
          row.consumerDescription,
          row.token.userName,
          row.userDisplayName,
          tables.user(row.token.userName)?.email ?? null,
        ],
        order: ORDER[query.sort],
        tie: (row) => row.token.id,
      });
    },
    async renew(oldHash, token, event) {
      const old = tables.accessTokens.get(oldHash);
      if (old === undefined || old.revokedAt !== null) return 'lost';
      change(old, { revokedAt: token.createdAt });
      tables.accessTokens.set(token.hash, token);
      tables.record(event);
      return 'done';
    },
    async revoke(id, userName, at, event) {
      const token = byId(id);
      if (token === null || token.revokedAt !== null) return false;
      if (userName !== null && !isSameUser(token.userName, userName)) return false;
      change(token, { revokedAt: at });
      tables.record(event);
      return true;
    },
    async revokeAll(filter, at, event) {
      let revoked = 0;
      for (const token of [...tables.accessTokens.values()]) {
        if (token.revokedAt !== null || !matches(filter, token)) continue;
        if (isLive(token, at)) revoked += 1;
        change(token, { revokedAt: at });
      }
      if (revoked > 0) tables.record(event);
      return revoked;
    },
    async noteUse(uses) {
      for (const token of [...tables.accessTokens.values()]) {
        const at = uses.get(token.id);
        if (at !== undefined && at > (token.lastUsedAt ?? 0)) change(token, { lastUsedAt: at });
      }
    },
    async purge(endedBefore, limit) {
      return deleteWhere(
        tables.accessTokens,
        (token) => token.sessionExpiresAt < endedBefore && token.expiresAt < endedBefore,
        limit,
      );
    },
  };
}
