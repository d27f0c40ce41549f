/** What can be chosen in a list, and what can be done with several of them at once. */
import { disableUser, enableUser, needsProof, removeUser } from '../../../accounts/index.ts';
import { listTokens, removeConsumer, revokeToken, revokeTokens } from '../../../administration/index.ts';
import type { PageContext, SignedInContext } from '../../../web/index.ts';
import { CONSUMERS_PATH, consumerMessages } from '../consumers/words.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { TOKENS_PATH, tokenMessages } from '../tokens/words.ts';
import { userMessages } from '../users/messages.ts';
import { USERS_PATH } from '../users/words.ts';
import type { Chosen } from './each.ts';
import type { en } from './messages.en.ts';
import { selectionMessages } from './words.ts';

/** Names of what can be done, as forms send them, by the place of their words. */
type ActionId = {
  [K in keyof typeof en]: (typeof en)[K] extends { readonly submit: string } ? K : never;
}[keyof typeof en];

/** Something that can be done to several objects. */
export interface Action {
  readonly id: ActionId;
  /** Accesses end with it; when there are any, the number of objects has to be typed. */
  readonly endsAccess?: boolean;
  /** Accesses end, and the form is enough: it is said which. */
  readonly isLight?: boolean;
  /** Whether, with this object, it has to be asked anew who does it, which pages about one of them do. */
  asksAnew?(deps: AdministrationDependencies, c: SignedInContext, id: string): Promise<boolean>;
  run(deps: AdministrationDependencies, id: string, actor: string): Promise<unknown>;
}

/** Objects of a kind. */
export interface Kind {
  readonly path: string;
  readonly section: string;
  readonly actions: readonly Action[];
  title(c: PageContext): string;
  /** The object of that id as it is now; null if there is none. */
  find(deps: AdministrationDependencies, c: SignedInContext, id: string): Promise<Chosen | null>;
  /** Whether it is the one who asks, which is not done with others. */
  isOneself?(c: SignedInContext, id: string): boolean;
}

/** The words of an action. */
export function actionWords(c: PageContext, { id }: Action) {
  return c.messages(selectionMessages)[id];
}

/** What a list's form offers. */
export function offered(c: PageContext, { actions }: Kind) {
  return actions.map((action) => ({
    id: action.id,
    label: actionWords(c, action).label,
    isGrave: action.endsAccess === true,
  }));
}

export const CONSUMERS: Kind = {
  path: CONSUMERS_PATH,
  section: 'consumers',
  title: (c) => c.messages(consumerMessages).title,
  async find({ administration: { storage } }, c, id) {
    const consumer = await storage.consumers.find(id);
    return consumer && { id, name: consumer.name, ends: await storage.consumers.countActiveUsers(id, c.now) };
  },
  actions: [
    {
      id: 'revokeOfConsumers',
      endsAccess: true,
      run: ({ administration }, consumerKey, actor) => revokeTokens(administration, { consumerKey }, actor),
    },
    {
      id: 'removeConsumers',
      endsAccess: true,
      run: ({ administration }, key, actor) => removeConsumer(administration, key, actor),
    },
  ],
};

export const TOKENS: Kind = {
  path: TOKENS_PATH,
  section: 'tokens',
  title: (c) => c.messages(tokenMessages).title,
  async find({ administration: { storage } }, _c, id) {
    const token = await storage.accessTokens.findById(id);
    if (token === null || token.revokedAt !== null) return null;
    const consumer = await storage.consumers.find(token.consumerKey);
    return { id, name: `${consumer?.name ?? token.consumerKey} – ${token.userName}`, ends: 1 };
  },
  actions: [
    {
      id: 'revokeTokens',
      endsAccess: true,
      isLight: true,
      run: ({ administration }, id, actor) => revokeToken(administration, id, actor),
    },
  ],
};

export const USERS: Kind = {
  path: USERS_PATH,
  section: 'users',
  title: (c) => c.messages(userMessages).title,
  isOneself: (c, id) => c.viewer.user.name === id,
  async find({ administration }, _c, id) {
    const user = await administration.storage.users.find(id);
    if (user === null) return null;
    const query = { search: '', sort: 'created', descending: true, offset: 0, limit: 1 } as const;
    const { total } = await listTokens(administration, { userName: user.name }, query);
    return { id: user.name, name: user.name, ends: total };
  },
  actions: [
    { id: 'disableUsers', run: ({ accounts }, name, actor) => disableUser(accounts, name, actor) },
    {
      id: 'enableUsers',
      asksAnew: async ({ accounts }, c, name) =>
        needsProof(accounts, c.viewer) && (await accounts.storage.users.find(name))?.isAdministrator === true,
      run: ({ accounts }, name, actor) => enableUser(accounts, name, actor),
    },
    {
      id: 'revokeOfUsers',
      endsAccess: true,
      run: ({ administration }, userName, actor) => revokeTokens(administration, { userName }, actor),
    },
    {
      id: 'removeUsers',
      endsAccess: true,
      run: ({ accounts }, name, actor) => removeUser(accounts, name, actor),
    },
  ],
};
