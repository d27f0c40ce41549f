/** Users and their sessions in memory. */
import type { SessionStore, User, UserStore } from '../../model/index.ts';
import { userNameKey } from '../../model/index.ts';
import { pageOf } from './paging.ts';
import { deleteWhere, isSameUser, type Tables } from './tables.ts';

const ORDER = {
  name: (user: User) => userNameKey(user.name),
  created: (user: User) => user.createdAt,
  login: (user: User) => user.lastLoginAt ?? 0,
};

export function memoryUsers(tables: Tables): UserStore {
  const endSessions = (name: string): void => {
    deleteWhere(tables.sessions, (session) => isSameUser(session.userName, name));
  };

  const add: UserStore['add'] = async (user, event) => {
    if (tables.user(user.name) !== null) return false;
    tables.users.set(userNameKey(user.name), user);
    tables.setupHash = null;
    tables.record(event);
    return true;
  };

  return {
    add,
    async addFirst(user, event) {
      return tables.users.size === 0 && (await add(user, event));
    },
    async find(name) {
      return tables.user(name);
    },
    async count() {
      return tables.users.size;
    },
    async list(query) {
      return pageOf(tables.users.values(), {
        ...query,
        searched: (user) => [user.name, user.displayName, user.email],
        order: ORDER[query.sort],
        tie: (user) => userNameKey(user.name),
      });
    },
    async update(user, event) {
      const old = tables.user(user.name);
      if (old === null) return false;
      tables.users.set(userNameKey(user.name), { ...user, name: old.name });
      if (user.isDisabled) endSessions(user.name);
      tables.record(event);
      return true;
    },
    async remove(name, event) {
      if (!tables.users.delete(userNameKey(name))) return false;
      endSessions(name);
      tables.dropTokens((token) => isSameUser(token.userName, name));
      tables.dropConnections((connection) => isSameUser(connection.userName, name));
      deleteWhere(tables.apiKeys, (key) => isSameUser(key.userName, name));
      tables.disown(name);
      tables.record(event);
      return true;
    },
    async noteLogin(name, at, event) {
      const user = tables.user(name);
      if (user === null) return;
      tables.users.set(userNameKey(name), { ...user, lastLoginAt: at });
      tables.record(event);
    },
  };
}

export function memorySessions(tables: Tables): SessionStore {
  return {
    async add(session) {
      if (tables.user(session.userName) !== null) tables.sessions.set(session.hash, session);
    },
    async find(hash) {
      return tables.sessions.get(hash) ?? null;
    },
    async touch(hash, at) {
      const session = tables.sessions.get(hash);
      if (session !== undefined) tables.sessions.set(hash, { ...session, lastSeenAt: at });
    },
    async remove(hash) {
      tables.sessions.delete(hash);
    },
    async removeOfUser(userName) {
      deleteWhere(tables.sessions, (session) => isSameUser(session.userName, userName));
    },
    async purge(expiredBefore, limit) {
      return deleteWhere(tables.sessions, (session) => session.expiresAt < expiredBefore, limit);
    },
  };
}
