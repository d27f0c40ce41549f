/**
 * The closed catalogue of what can be wrong with what was entered about a person. The command line and the
 * interface for programs print these sentences; the pages print them, or their translation, beside the field.
 */

/** Bounds that forms state in their help. */
export const PASSWORD_LENGTH = { least: 8, most: 256 } as const;
export const USER_NAME_LENGTH = 64;
export const DISPLAY_NAME_LENGTH = 100;
export const EMAIL_LENGTH = 254;
export const API_KEY_LABEL_LENGTH = 100;

/** Every mistake, with its English sentence. */
export const ACCOUNT_MISTAKES = {
  'username-missing': 'Enter a user name.',
  'username-malformed':
    'A user name begins with a letter or digit, and holds letters, digits and . _ @ + - only, at most 64 of them.',
  'username-reserved': 'This name is reserved; choose another one.',
  'username-taken': 'There is a user of this name already.',
  'username-unknown':
    'There is no user of this name. Look the name up in the list of users, or with: countersign user list.',
  'changed-meanwhile':
    'Somebody changed this while you edited it; look at the present values, then make your change again.',
  'display-name-malformed': 'A full name has at most 100 characters and no control characters.',
  'email-malformed': 'Enter an e-mail address such as alice@example.com, or leave it empty.',
  'password-too-short': 'A password has at least 8 characters.',
  'password-too-long': 'A password has at most 256 characters.',
  'password-is-username': 'The password must not be the user name.',
  'password-wrong': 'This is not your present password.',
  'password-own': 'Change your own password on your account page, which asks for the present one.',
  'code-wrong':
    'This is not the present code. Enter the six digits that your authenticator shows now; if they are right, check the clock of the device.',
  'second-factor-present': 'A second factor is on already; turn it off first.',
  'second-factor-absent': 'There is no second factor to take away.',
  'second-factor-own': 'Turn off your own second factor on your account page, which asks for your password.',
  'proof-missing':
    'Enter your own password, or a code of your authenticator: your login is more than 30 minutes ago.',
  'proof-wrong': 'This is neither your own password nor the present code of your authenticator.',
  'proof-elsewhere':
    'Your login is more than 30 minutes ago, and you have no password here: log in again, then do this.',
  'too-many-attempts': 'Too many attempts; wait 15 minutes, then try again.',
  'last-administrator':
    'This is the last administrator who can log in; make somebody else an administrator first.',
  'issuer-malformed': 'Enter the issuer of the OpenID provider, such as https://id.example.com.',
  'subject-malformed': 'Enter the subject (sub) that the provider gives: 1 to 255 letters, digits and signs.',
  'identity-taken': 'Another user here has this identity already; unbind that one first.',
  'label-missing': 'Enter a label, so that you can tell this key from others.',
  'label-malformed': 'A label has at most 100 characters and no control characters.',
  'label-taken': 'You have a key with this label already; choose another one.',
  'day-malformed': 'Enter a day such as 2026-12-31, or leave it empty.',
  'day-past': 'This day is over; choose a later one, or leave it empty.',
  'scope-not-allowed': 'Only administrators make keys for the administration.',
  'providers-missing': 'Choose at least one provider, or all of them.',
  'provider-unknown': 'One of these providers is not there any more; choose again.',
  'too-many-keys': 'You have 50 keys already; revoke one that you do not need any more.',
} as const;

/** A code of the catalogue. */
export type AccountMistakeCode = keyof typeof ACCOUNT_MISTAKES;

/** The form field (and JSON member) a mistake belongs to; '' when it is about the request as a whole. */
export type AccountField =
  | 'username'
  | 'displayName'
  | 'email'
  | 'password'
  | 'currentPassword'
  | 'code'
  | 'issuer'
  | 'subject'
  | 'label'
  | 'lastDay'
  | 'providers'
  | 'scope'
  | 'proof'
  | '';

/** One thing that is wrong. */
export interface AccountMistake {
  readonly field: AccountField;
  readonly code: AccountMistakeCode;
}

/** Nothing was changed, because of these mistakes. */
export class AccountRefused extends Error {
  readonly mistakes: readonly AccountMistake[];

  constructor(mistakes: readonly AccountMistake[]) {
    super(mistakes.map(({ code }) => ACCOUNT_MISTAKES[code]).join(' '));
    this.name = 'AccountRefused';
    this.mistakes = mistakes;
  }
}

/** @throws {AccountRefused} when there is at least one mistake */
export function refuseMistakes(mistakes: readonly (AccountMistake | null)[]): void {
  const found = mistakes.filter((mistake) => mistake !== null);
  if (found.length > 0) throw new AccountRefused(found);
}
