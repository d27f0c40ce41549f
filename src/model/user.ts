/** People who can log in here, their sessions, and what is counted against guessing. */
import { isDeepStrictEqual } from 'node:util';

/** Who somebody is at an OpenID provider: the pair that it never gives to another person. */
export interface Identity {
  /** The provider's issuer identifier, as `identityOf` spells it. */
  readonly issuer: string;
  readonly subject: string;
}

/** An identity in the one spelling in which it is kept and compared. @throws {TypeError} when the issuer is no URL */
export function identityOf(issuer: string, subject: string): Identity {
  return { issuer: new URL(issuer).href, subject };
}

/** A local user. */
export interface User {
  /** Login name; never changes. Compared case-insensitively, kept as entered. */
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly isAdministrator: boolean;
  readonly isDisabled: boolean;
  /** Password hash in PHC form (`$scrypt$…`), or null: cannot log in with a password. */
  readonly passwordHash: string | null;
  /** Who they are at the OpenID provider, once it has vouched for them; nobody else here has the same. */
  readonly identity: Identity | null;
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
}

/** What can change about a user; fields left out stay as they are stored, whoever changes those at the same time. */
export type UserChanges = Partial<
  Pick<User, 'displayName' | 'email' | 'isAdministrator' | 'isDisabled' | 'passwordHash' | 'identity'>
>;

/** What must hold at the moment of a change, whoever changes something else at the same time. */
export interface UserConditions {
  /** Afterwards there still is an administrator who is not disabled. */
  readonly keepsAnAdministrator?: boolean;
  /** These fields are still as they were looked at. */
  readonly still?: UserChanges;
}

/** Whether fields of a user are these. */
export function hasFields(user: User, fields: UserChanges): boolean {
  return isDeepStrictEqual({ ...user, ...fields }, user);
}

/**
 * What became of a change; 'changed': a field is not as it was looked at any more; 'taken': the identity is somebody
 * else's here.
 */
export type UserOutcome = 'done' | 'unknown' | 'last-administrator' | 'changed' | 'taken';

/** The form in which user names are compared: two names that give the same key are the same user's. */
export function userNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** A browser that a user logged in with. */
export interface Session {
  /** SHA-256 of the cookie's value. */
  readonly hash: string;
  readonly userName: string;
  /** Anti-forgery token of this session's forms. */
  readonly csrfToken: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** When whoever is at the browser last proved who they are: at the login, or anew since. */
  readonly provenAt: number;
  readonly expiresAt: number;
}
