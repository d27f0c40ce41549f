/**
 * The few tokens of a program that uses the library: the part of the connection store that connecting and signing
 * need, in this process only. One program, so no claim of another node has to be respected.
 */
import type { Connection, PendingConnection } from '../model/index.ts';
import type { ConsumerStorage } from './context.ts';

/** Tokens in memory. */
export type TokenBook = ConsumerStorage['connections'] & {
  /** Puts a connection in, in place of the one of the same user. */
  restore(connection: Connection): Promise<void>;
};

/** Makes an empty book. */
export function createTokenBook(): TokenBook {
  const pending = new Map<string, PendingConnection>();
  const byUser = new Map<string, Connection>();
  const find = (id: string): Connection | null =>
    byUser.values().find((connection) => connection.id === id) ?? null;
  const replace = (id: string, version: number, next: (old: Connection) => Connection): 'done' | 'lost' => {
    const old = find(id);
    if (old?.version !== version) return 'lost';
    byUser.set(old.userName, next(old));
    return 'done';
  };
  const restore = async (connection: Connection): Promise<void> => {
    byUser.set(connection.userName, connection);
  };
  return {
    restore,
    async addPending(one) {
      if (pending.has(one.hash)) return false;
      pending.set(one.hash, one);
      return true;
    },
    async takePending(hash, { sessionHash, userName }, now) {
      for (const old of pending.values()) if (old.expiresAt <= now) pending.delete(old.hash);
      const one = pending.get(hash);
      if (one?.sessionHash !== sessionHash || one.userName !== userName) return null;
      pending.delete(hash);
      return one;
    },
    async save(connection) {
      await restore(connection);
      return true;
    },
    async find(id) {
      return find(id);
    },
    async findFor(userName) {
      return byUser.get(userName) ?? null;
    },
    async claimRenewal(id, version) {
      return find(id)?.version === version;
    },
    async renew(connection, expectedVersion) {
      return replace(connection.id, expectedVersion, () => connection);
    },
    async releaseRenewal() {},
    async markDead(id, version, problem) {
      return replace(id, version, (old) => ({ ...old, state: 'dead', problem }));
    },
    async noteUse() {},
    async remove(id, userName) {
      return find(id)?.userName === userName && byUser.delete(userName);
    },
  };
}
