/** Users as rows. */
import { type User, userNameKey } from '../../model/index.ts';
import { flag, type UserRow } from './schema.ts';
import { searchText } from './search.ts';

export function userToRow(user: User): UserRow {
  return {
    name_key: userNameKey(user.name),
    name: user.name,
    search_text: searchText(user.name, user.displayName, user.email),
    display_name: user.displayName,
    email: user.email,
    is_administrator: flag(user.isAdministrator),
    is_disabled: flag(user.isDisabled),
    password_hash: user.passwordHash,
    created_at: user.createdAt,
    last_login_at: user.lastLoginAt,
  };
}

export function userFromRow(row: UserRow): User {
  return {
    name: row.name,
    displayName: row.display_name,
    email: row.email,
    isAdministrator: row.is_administrator === 1,
    isDisabled: row.is_disabled === 1,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
    lastLoginAt: row.last_login_at,
  };
}
