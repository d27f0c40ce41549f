/** People's pages over memory storage, with consumers and request tokens to decide about. */
import type { IdentityProvider } from '../../src/accounts/index.ts';
import { nowSeconds, Secret } from '../../src/base/index.ts';
import { type PeoplePagesOptions, peoplePages } from '../../src/console/index.ts';
import type { GadgetTitles } from '../../src/gadgets/index.ts';
import { type AccessToken, type Consumer, type RequestToken, tokenHash } from '../../src/model/index.ts';
import type { ProviderContext } from '../../src/provider/index.ts';
import { createMemoryNonces } from '../../src/storage/memory/index.ts';
import { peopledAccounts } from './accounts-world.ts';
import { openPages } from './pages-world.ts';
import { aConsumer } from './records.ts';

type Accounts = Awaited<ReturnType<typeof peopledAccounts>>;

const DAY = 24 * 3600;

/** Opens the pages; `wiki` (Wiki) is registered. */
export async function openPeoplePages(
  options: {
    readonly accounts?: Accounts;
    readonly publicUrl?: string;
    readonly identityProvider?: IdentityProvider;
  } & Pick<PeoplePagesOptions, 'proxyLogin' | 'secondFactorFor'> = {},
) {
  const accounts = options.accounts ?? (await peopledAccounts());
  const { storage, clock, random } = accounts;
  const provider: ProviderContext = {
    storage,
    clock,
    random,
    nonces: createMemoryNonces({ clock, windowSeconds: 300 }),
    settings: {
      accessTokenTtlSeconds: 7 * DAY,
      requestTokenTtlSeconds: 600,
      sessionTtlSeconds: 37 * DAY,
      timestampWindowSeconds: 300,
    },
    noteUse: () => {},
    noteAccepted: () => {},
  };
  const now = () => nowSeconds(clock);
  const event = { at: now(), actor: 'cli', object: 'x', before: null, after: null, note: null } as const;

  async function addConsumer(key: string, changes: Partial<Consumer> = {}): Promise<Consumer> {
    const consumer = aConsumer({
      key,
      name: key[0]!.toUpperCase() + key.slice(1),
      description: `Words of ${key}`,
      credential: { kind: 'shared-secret', secret: new Secret('shared') },
      createdAt: now(),
      updatedAt: now(),
      ...changes,
    });
    await storage.consumers.add(consumer, { ...event, action: 'consumer.add' });
    return consumer;
  }

  /** A request token that nobody has opened yet. */
  function addRequest(token: string, changes: Partial<RequestToken> = {}): Promise<void> {
    return storage.requestTokens.add({
      hash: tokenHash(token),
      secret: new Secret('secret'),
      consumerKey: 'wiki',
      state: 'undecided',
      version: '1.0a',
      callback: 'https://wiki.example/back?state=1',
      userName: null,
      verifierHash: null,
      failedVerifiers: 0,
      gadgetUrl: null,
      createdAt: now(),
      expiresAt: now() + 600,
      ...changes,
    });
  }

  /** An access token that a user granted. */
  async function addAccess(id: string, userName: string, changes: Partial<AccessToken> = {}): Promise<void> {
    const hash = tokenHash(`request for ${id}`);
    const token: AccessToken = {
      id,
      hash: tokenHash(id),
      secret: new Secret('secret'),
      consumerKey: 'wiki',
      userName,
      gadgetUrl: null,
      sessionHandleHash: tokenHash(`handle of ${id}`),
      createdAt: now(),
      expiresAt: now() + 7 * DAY,
      sessionExpiresAt: now() + 37 * DAY,
      revokedAt: null,
      lastUsedAt: null,
      ...changes,
    };
    await addRequest(`request for ${id}`, { userName, consumerKey: token.consumerKey });
    const decision = { state: 'approved', userName, verifierHash: 'v' } as const;
    await storage.requestTokens.decide(hash, decision, { ...event, action: 'token.approve' });
    await storage.requestTokens.exchange(hash, token, { ...event, action: 'token.issue' });
  }

  await addConsumer('wiki');
  const { identityProvider = null } = options;
  const held = options.secondFactorFor && { secondFactorFor: options.secondFactorFor };
  const proxy = options.proxyLogin && { proxyLogin: options.proxyLogin };
  const sets = () => [peoplePages({ accounts, provider, identityProvider, gadgetTitles, ...held, ...proxy })];
  const opened = await openPages(sets, { ...options, accounts });
  return { ...opened, provider, addConsumer, addRequest, addAccess };
}

/** The one gadget that the directory of these pages has. */
export const KNOWN_GADGET = 'https://tracker.example/g/issues.xml';

const gadgetTitles: GadgetTitles = async (urls, locale) =>
  new Map(
    urls.includes(KNOWN_GADGET) ? [[KNOWN_GADGET, locale === 'ja' ? '担当課題' : 'Assigned to me']] : [],
  );
