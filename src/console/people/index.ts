/** People's pages: login, set-up, consent, what one granted, one's account, the start page. */
import type { IdentityProvider } from '../../accounts/index.ts';
import type { GadgetTitles } from '../../gadgets/index.ts';
import type { User } from '../../model/index.ts';
import type { ProviderContext } from '../../provider/index.ts';
import type { PageSet } from '../../web/index.ts';
import { accessRoutes } from './access-pages.ts';
import { accountRoutes } from './account-page.ts';
import { apiKeyRoutes, type KeysContext } from './api-keys/api-key-pages.ts';
import { apiKeyMessages } from './api-keys/messages.ts';
import { consentRoutes } from './consent-pages.ts';
import { countEnding } from './ending-access.ts';
import { indexRoute } from './index-page.ts';
import { loginRoutes } from './login-pages.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH, ACCOUNT_PATH, KEYS_PATH } from './paths.ts';
import { providerLoginRoutes } from './provider-login-pages.ts';
import type { ProxyLogin } from './proxy-login.ts';
import { codeRoutes } from './second-factor/code-pages.ts';
import { secondFactorRoutes } from './second-factor/second-factor-pages.ts';
import { setupRoutes } from './setup-pages.ts';

export { SECOND_FACTOR_PATH } from './paths.ts';
export type { ProxyLogin } from './proxy-login.ts';

/** What people's pages act on. */
export interface PeoplePagesOptions {
  readonly accounts: KeysContext;
  readonly provider: ProviderContext;
  /** Who else vouches for people; nobody unless given. */
  readonly identityProvider?: IdentityProvider | null;
  /** How people log in whom a trusted proxy names; nobody is named unless given. */
  readonly proxyLogin?: ProxyLogin;
  /** What gadgets are called that ask through a consumer; without it, they are named by their addresses. */
  readonly gadgetTitles?: GadgetTitles;
  /** See `PagesOptions`. */
  readonly secondFactorFor?: (user: User) => Promise<string | null>;
}

const NO_PROXY: ProxyLogin = { createsUsers: false, logoutUrl: null, noteRefusal: () => undefined };

const NO_TITLES: GadgetTitles = async () => new Map();

/** The pages for everybody. */
export function peoplePages({
  accounts,
  provider,
  identityProvider = null,
  proxyLogin = NO_PROXY,
  gadgetTitles = NO_TITLES,
  secondFactorFor = async () => null,
}: PeoplePagesOptions): PageSet {
  return {
    routes: [
      indexRoute,
      ...loginRoutes({ accounts, identityProvider, proxyLogin, secondFactorFor }),
      ...providerLoginRoutes(accounts, identityProvider),
      ...setupRoutes(accounts),
      ...consentRoutes(provider, gadgetTitles),
      ...accessRoutes(accounts, provider, gadgetTitles),
      ...codeRoutes(accounts),
      ...accountRoutes(accounts),
      ...secondFactorRoutes(accounts),
      ...apiKeyRoutes(accounts),
    ],
    navigation: [
      {
        section: 'access',
        path: ACCESS_PATH,
        label: { en: messages.en.myAccess, ja: messages.ja.myAccess },
        access: 'user',
        also: { en: 'revoke approved tokens', ja: '許可 取り消し トークン' },
        count: ({ user }, now) => countEnding(provider.storage.accessTokens, user.name, now),
      },
    ],
    actions: [
      {
        path: ACCOUNT_PATH,
        label: { en: messages.en.accountTitle, ja: messages.ja.accountTitle },
        access: 'user',
        also: { en: 'password change me', ja: 'パスワード 変更 自分' },
      },
      {
        path: KEYS_PATH,
        label: { en: apiKeyMessages.en.title, ja: apiKeyMessages.ja.title },
        access: 'user',
        also: { en: 'program rest token', ja: 'プログラム REST トークン' },
      },
    ],
  };
}
