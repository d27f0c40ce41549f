/** Users as rows, and the step of the schema that keeps who vouches for them. */
import type { SchemaModule } from 'kysely';
import { type Identity, type User, userNameKey } from '../../model/index.ts';
import { searchText } from './lists/search.ts';
import { flag, type UserRow } from './schema/schema.ts';

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
    identity_issuer: user.identity?.issuer ?? null,
    identity_subject: user.identity?.subject ?? null,
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
    identity: identityFromRow(row),
    createdAt: row.created_at,
    lastLoginAt: row.last_login_at,
  };
}

function identityFromRow({ identity_issuer: issuer, identity_subject: subject }: UserRow): Identity | null {
  return issuer === null || subject === null ? null : { issuer, subject };
}

/** The step: two users can never be the same person at one provider, whoever adds them at the same time. */
export async function addIdentity({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema.alterTable('users').addColumn('identity_issuer', 'text').execute();
  await schema.alterTable('users').addColumn('identity_subject', 'text').execute();
  await schema
    .createIndex('users_by_identity')
    .on('users')
    .columns(['identity_issuer', 'identity_subject'])
    .unique()
    .execute();
}
