/**
 * What a user name, a full name, an e-mail address and a password must look like. Passwords follow NIST
 * SP 800-63B: a length, not the user's own name, every character allowed, no composition rules.
 */
import { CLI_ACTOR, SETUP_ACTOR, SYSTEM_ACTOR } from './context.ts';
import {
  type AccountField,
  type AccountMistake,
  DISPLAY_NAME_LENGTH,
  EMAIL_LENGTH,
  PASSWORD_LENGTH,
  USER_NAME_LENGTH,
} from './mistakes.ts';

/** Names that stand for something else in the audit log. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([CLI_ACTOR, SETUP_ACTOR, SYSTEM_ACTOR, 'anonymous']);

/** Control characters, and those that turn the direction of writing: a name could disguise itself with them. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

const USER_NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+-]*$/u;

/** Whether a text shows as what it is. */
export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** The one spelling in which a user name is kept and looked up. */
export function normaliseUserName(name: string): string {
  return name.trim().normalize('NFC');
}

/** What is wrong with a new user name, if anything. */
export function checkUserName(name: string): AccountMistake | null {
  if (name === '') return { field: 'username', code: 'username-missing' };
  if (name.length > USER_NAME_LENGTH || !USER_NAME.test(name)) {
    return { field: 'username', code: 'username-malformed' };
  }
  return RESERVED_NAMES.has(name.toLowerCase()) ? { field: 'username', code: 'username-reserved' } : null;
}

/** What is wrong with a full name, if anything. */
export function checkDisplayName(name: string): AccountMistake | null {
  return name.length > DISPLAY_NAME_LENGTH || !isPrintable(name)
    ? { field: 'displayName', code: 'display-name-malformed' }
    : null;
}

/** What is wrong with an e-mail address, if anything; an empty one is fine. */
export function checkEmail(email: string): AccountMistake | null {
  if (email === '') return null;
  const isPlausible = email.length <= EMAIL_LENGTH && /^[^\s@]+@[^\s@]+$/.test(email) && isPrintable(email);
  return isPlausible ? null : { field: 'email', code: 'email-malformed' };
}

/** What is wrong with the issuer identifier of an OpenID provider, if anything. */
export function checkIssuer(issuer: string): AccountMistake | null {
  const isWebAddress = /^https?:$/.test(URL.parse(issuer)?.protocol ?? '');
  return isWebAddress ? null : { field: 'issuer', code: 'issuer-malformed' };
}

/** What is wrong with the subject of an identity, if anything (OpenID Connect Core s2: at most 255 ASCII characters). */
export function checkSubject(subject: string): AccountMistake | null {
  return /^[\x20-\x7e]{1,255}$/.test(subject) ? null : { field: 'subject', code: 'subject-malformed' };
}

/** What is wrong with a new password, if anything. Counts characters, not bytes. */
export function checkPassword(
  password: string,
  userName: string,
  field: AccountField = 'password',
): AccountMistake | null {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.least) return { field, code: 'password-too-short' };
  if (length > PASSWORD_LENGTH.most) return { field, code: 'password-too-long' };
  return password.toLowerCase() === userName.toLowerCase() ? { field, code: 'password-is-username' } : null;
}
