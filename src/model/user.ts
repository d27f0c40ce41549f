/** People who can log in here, their sessions, and what is counted against guessing. */

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
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
}

/** What can change about a user; fields left out stay as they are stored, whoever changes those at the same time. */
export type UserChanges = Partial<
  Pick<User, 'displayName' | 'email' | 'isAdministrator' | 'isDisabled' | 'passwordHash'>
>;

/** What must hold at the moment of a change, whoever changes something else at the same time. */
export interface UserConditions {
  /** Afterwards there still is an administrator who is not disabled. */
  readonly keepsAnAdministrator?: boolean;
  /** The password is still this one. */
  readonly passwordHash?: string | null;
}

/** What became of a change; 'changed': the password is another one by now. */
export type UserOutcome = 'done' | 'unknown' | 'last-administrator' | 'changed';

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
  readonly expiresAt: number;
}
