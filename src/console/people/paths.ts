/** Addresses of the pages for everybody, below the public URL. */

export const LOGIN_PATH = '/oauth/login';
/** To the OpenID provider, and back from it. */
export const PROVIDER_LOGIN_PATH = `${LOGIN_PATH}/provider`;
export const PROVIDER_CALLBACK_PATH = `${LOGIN_PATH}/callback`;
/** The second step of a login. */
export const CODE_PATH = `${LOGIN_PATH}/code`;
export const LOGOUT_PATH = '/oauth/logout';
export const SETUP_PATH = '/oauth/setup';
export const ACCOUNT_PATH = '/oauth/account';

export const SECOND_FACTOR_PATH = `${ACCOUNT_PATH}/second-factor`;

/** Keys of one's own programs. */
export const KEYS_PATH = `${ACCOUNT_PATH}/keys`;
export const REVOKE_KEY_PATH = `${KEYS_PATH}/revoke`;

/** The consent page: ours, and the one that clients of Jira, Confluence and Bitbucket know. */
export const CONSENT_PATHS = ['/oauth/authorize', '/plugins/servlet/oauth/authorize'] as const;

/** What a user granted. */
export const ACCESS_PATH = '/oauth/users/access-tokens';
export const ACCESS_PATHS = [ACCESS_PATH, '/plugins/servlet/oauth/users/access-tokens'] as const;

/** Where an administrator begins. */
export const ADMINISTRATION_PATH = '/oauth/admin/consumers';

/** Where people's dashboards are, which another face shows. */
export const DASHBOARDS_PATH = '/dashboards';

/** The login page once more, which leads on to where somebody wanted to go; '' for nowhere. */
export function loginAgain(next: string): string {
  return next === '' ? LOGIN_PATH : `${LOGIN_PATH}?${new URLSearchParams({ next })}`;
}
