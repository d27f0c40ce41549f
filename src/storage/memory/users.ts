/** Users and their sessions in memory. */
import type { Identity, SessionStore, User, UserStore } from '../../model/index.ts';
import { hasFields, userNameKey } from '../../model/index.ts';
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

  const isLastAdministrator = (user: User): boolean => {
    const active = [...tables.users.values()].filter(isActiveAdministrator);
    return active.length === 1 && active[0] === user;
  };

  const holderOf = (identity: Identity | null): User | null =>
    identity === null ? null : ([...tables.users.values()].find((user) => isSame(user, identity)) ?? null);

  const add: UserStore['add'] = async (user, event) => {
    if (tables.user(user.name) !== null || holderOf(user.identity) !== null) return false;
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
    async findByIdentity(identity) {
      return holderOf(identity);
    },
    async isEmpty() {
      return tables.users.size === 0;
    },
    async list(query) {
      return pageOf(tables.users.values(), {
        ...query,
        searched: (user) => [user.name, user.displayName, user.email],
        order: ORDER[query.sort],
        tie: (user) => userNameKey(user.name),
      });
    },
    async namesOf(names) {
      return new Map(
        names.flatMap((name) => {
          const user = tables.user(name);
          return user === null ? [] : [[name, user.displayName] as const];
        }),
      );
    },
    async update(name, changes, event, { keepsAnAdministrator = false, still = {} } = {}) {
      const before = tables.user(name);
      if (before === null) return 'unknown';
      if (!hasFields(before, still)) return 'changed';
      const holder = holderOf(changes.identity ?? null);
      if (holder !== null && holder !== before) return 'taken';
      const after = { ...before, ...changes };
      if (keepsAnAdministrator && isLastAdministrator(before) && !isActiveAdministrator(after))
        return 'last-administrator';
      tables.users.set(userNameKey(name), after);
      if (after.isDisabled) endSessions(name);
      tables.record(event);
      return 'done';
    },
    async remove(name, event, { keepsAnAdministrator = false, still = {} } = {}) {
      const before = tables.user(name);
      if (before === null) return 'unknown';
      if (!hasFields(before, still)) return 'changed';
      if (keepsAnAdministrator && isLastAdministrator(before)) return 'last-administrator';
      tables.users.delete(userNameKey(name));
      endSessions(name);
      tables.secondFactors.delete(userNameKey(name));
      tables.dropTokens((token) => isSameUser(token.userName, name));
      tables.dropConnections((connection) => isSameUser(connection.userName, name));
      deleteWhere(tables.apiKeys, (key) => isSameUser(key.userName, name));
      tables.dropDashboards(name);
      tables.disown(name);
      tables.record(event);
      return 'done';
    },
    async noteLogin(name, at, event) {
      const user = tables.user(name);
      if (user === null) return;
      tables.users.set(userNameKey(name), { ...user, lastLoginAt: at });
      tables.record(event);
    },
  };
}

function isSame({ identity }: User, { issuer, subject }: Identity): boolean {
  return identity !== null && identity.issuer === issuer && identity.subject === subject;
}

function isActiveAdministrator({ isAdministrator, isDisabled }: User): boolean {
  return isAdministrator && !isDisabled;
}

export function memorySessions(tables: Tables): SessionStore {
  return {
    async add(session, mostOfUser) {
      if (tables.user(session.userName) === null) return;
      const others = [...tables.sessions.values()]
        .filter(({ userName }) => isSameUser(userName, session.userName))
        .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt || (a.hash < b.hash ? -1 : 1));
      for (const { hash } of others.slice(mostOfUser - 1)) tables.sessions.delete(hash);
      tables.sessions.set(session.hash, session);
    },
    async find(hash) {
      return tables.sessions.get(hash) ?? null;
    },
    async touch(hash, at) {
      const session = tables.sessions.get(hash);
      if (session !== undefined) tables.sessions.set(hash, { ...session, lastSeenAt: at });
    },
    async noteProof(hash, at) {
      const session = tables.sessions.get(hash);
      if (session !== undefined) tables.sessions.set(hash, { ...session, provenAt: at });
    },
    async remove(hash) {
      tables.sessions.delete(hash);
    },
    async removeOfUser(userName, keptHash) {
      deleteWhere(
        tables.sessions,
        (session) => isSameUser(session.userName, userName) && session.hash !== keptHash,
      );
    },
    async purge(expiredBefore, limit) {
      return deleteWhere(tables.sessions, (session) => session.expiresAt < expiredBefore, limit);
    },
  };
}
