/** The hot path's look-up in memory. */
import { type GroundsStore, tokenHash } from '../../model/index.ts';
import type { Tables } from './tables.ts';

export function memoryGrounds(tables: Tables): GroundsStore {
  return {
    lookUp(consumerKey, token) {
      const found = token === '' ? null : (tables.accessTokens.get(tokenHash(token)) ?? null);
      return {
        consumer: tables.consumers.get(consumerKey) ?? null,
        token: found,
        user: found === null ? null : tables.user(found.userName),
      };
    },
  };
}
