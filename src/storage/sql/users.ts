/** Users over SQL. Removal cascades to sessions and tokens by foreign keys. */
import {
  type AuditEvent,
  hasFields,
  type Identity,
  type User,
  type UserConditions,
  type UserStore,
  userNameKey,
} from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import { changeRecorded } from './change-recorded.ts';
import type { Queries, SqlContext } from './context.ts';
import { FACTS, removeFact } from './facts.ts';
import { type LongList, listPage } from './lists/list-page.ts';
import type { Locks } from './locks.ts';
import { transact } from './transact.ts';
import { userFromRow, userToRow } from './user-rows.ts';

const LIST: LongList<'name' | 'created' | 'login'> = {
  list: 'user',
  key: 'name_key',
  orders: { name: 'name_key', created: 'created_at', login: 'last_login_at' },
  nullable: 'login',
};

export function sqlUsers({ db, dialect, locks }: SqlContext): UserStore {
  return {
    async find(name) {
      const row = await db
        .selectFrom('users')
        .selectAll()
        .where('name_key', '=', userNameKey(name))
        .executeTakeFirst();
      return row === undefined ? null : userFromRow(row);
    },
    findByIdentity: (identity) => findByIdentity(db, identity),
    isEmpty: () => hasNobody(db),
    async list(query) {
      const { rows: keys, ...around } = await listPage(db, dialect, LIST, query);
      if (keys.length === 0) return { ...around, rows: [] };
      const found = await db.selectFrom('users').selectAll().where('name_key', 'in', keys).execute();
      const byKey = new Map(found.map((row) => [row.name_key, row]));
      const rows = keys.flatMap((key) => byKey.get(key) ?? []).map(userFromRow);
      return { ...around, rows };
    },
    namesOf: (names) => fullNames(db, names),
    add: (user, event) => transact(db, (trx) => insertUser(trx, user, event)),
    addFirst(user, event) {
      return transact(db, async (trx) => {
        await locks.alone(trx, 'first user');
        return (await hasNobody(trx)) && (await insertUser(trx, user, event));
      });
    },
    update(name, changes, event, conditions = {}) {
      return transact(db, async (trx) => {
        const before = await holdUser(trx, locks, name, conditions);
        if (typeof before === 'string') return before;
        const holder = changes.identity ? await findByIdentity(trx, changes.identity) : null;
        if (holder !== null && holder.name !== before.user.name) return 'taken';
        const after = { ...before.user, ...changes };
        if (before.isLastAdministrator && !isActiveAdministrator(after)) return 'last-administrator';
        const { name_key, ...fields } = userToRow(after);
        await trx.updateTable('users').set(fields).where('name_key', '=', name_key).execute();
        if (after.isDisabled) await trx.deleteFrom('sessions').where('user_key', '=', name_key).execute();
        await recordEvent(trx, event);
        return 'done';
      });
    },
    remove(name, event, conditions = {}) {
      return transact(db, async (trx) => {
        const before = await holdUser(trx, locks, name, conditions);
        if (typeof before === 'string') return before;
        if (before.isLastAdministrator) return 'last-administrator';
        await trx.deleteFrom('users').where('name_key', '=', userNameKey(name)).execute();
        await recordEvent(trx, event);
        return 'done';
      });
    },
    async noteLogin(name, at, event) {
      await transact(db, async (trx) => {
        const noted = trx
          .updateTable('users')
          .set({ last_login_at: at })
          .where('name_key', '=', userNameKey(name));
        await changeRecorded(trx, noted, event);
      });
    },
  };
}

interface HeldUser {
  readonly user: User;
  /** Always false where nobody asked. */
  readonly isLastAdministrator: boolean;
}

/**
 * Reads a user that nobody else can change until the end of the transaction, nor, where one has to stay, the other
 * administrators: of two that are taken away at the same time, the second is seen to be the last.
 */
async function holdUser(
  trx: Queries,
  locks: Locks,
  name: string,
  { keepsAnAdministrator = false, still = {} }: UserConditions,
): Promise<HeldUser | 'unknown' | 'changed'> {
  const key = userNameKey(name);
  const administrators = keepsAnAdministrator ? await holdAdministrators(trx, locks) : [];
  const row = await locks
    .hold(trx.selectFrom('users').selectAll().where('name_key', '=', key))
    .executeTakeFirst();
  if (row === undefined) return 'unknown';
  const user = userFromRow(row);
  if (!hasFields(user, still)) return 'changed';
  return { user, isLastAdministrator: administrators.length === 1 && administrators[0] === key };
}

async function holdAdministrators(trx: Queries, locks: Locks): Promise<readonly string[]> {
  const active = trx
    .selectFrom('users')
    .select('name_key')
    .where('is_administrator', '=', 1)
    .where('is_disabled', '=', 0)
    .orderBy('name_key');
  return (await locks.hold(active).execute()).map((row) => row.name_key);
}

function isActiveAdministrator({ isAdministrator, isDisabled }: User): boolean {
  return isAdministrator && !isDisabled;
}

async function findByIdentity(db: Queries, { issuer, subject }: Identity): Promise<User | null> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('identity_issuer', '=', issuer)
    .where('identity_subject', '=', subject)
    .executeTakeFirst();
  return row === undefined ? null : userFromRow(row);
}

async function hasNobody(db: Queries): Promise<boolean> {
  return (await db.selectFrom('users').select('name_key').limit(1).executeTakeFirst()) === undefined;
}

async function fullNames(db: Queries, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select(['name_key', 'display_name'])
    .where('name_key', 'in', names.map(userNameKey))
    .execute();
  const byKey = new Map(rows.map((row) => [row.name_key, row.display_name]));
  return new Map(
    names.flatMap((name) => {
      const fullName = byKey.get(userNameKey(name));
      return fullName === undefined ? [] : [[name, fullName] as const];
    }),
  );
}

/** With the first user the set-up link has done its work. */
async function insertUser(trx: Queries, user: User, event: AuditEvent): Promise<boolean> {
  const addition = trx
    .insertInto('users')
    .values(userToRow(user))
    .onConflict((conflict) => conflict.doNothing());
  const isAdded = await changeRecorded(trx, addition, event);
  if (isAdded) await removeFact(trx, FACTS.setupHash);
  return isAdded;
}
