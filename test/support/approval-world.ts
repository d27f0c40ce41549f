/**
 * Gadgets that ask for approval, over memory storage: the approval's pages and the callback, with a stub in the place
 * of the provider `Tracker`, and the gadgets that stand on a dashboard. For tests only.
 */
import { connectionPages, peoplePages, problemPages } from '../../src/console/index.ts';
import { createConsumerContext, type FetchAnswer, type FetchRequest } from '../../src/consumer/index.ts';
import {
  type ApprovalDependencies,
  approvalRoutes,
  createAuthorizedFetch,
} from '../../src/dashboard/approval/index.ts';
import { PAGE_SCRIPTS } from '../../src/dashboard/index.ts';
import { type AskedRequest, LastRefusals, ticketKey } from '../../src/gadgets/index.ts';
import { USUAL_CONDUCT } from '../../src/model/index.ts';
import type { ProviderContext } from '../../src/provider/index.ts';
import { createMemoryNonces } from '../../src/storage/memory/index.ts';
import { peopledAccounts } from './accounts-world.ts';
import { becomeInstallation } from './own-identity.ts';
import { openPages, type PageBrowser, PUBLIC_URL } from './pages-world.ts';

/** Where the provider is. */
export const TRACKER = 'https://issues.example';

/** The gadget that stands on the dashboard `home` as module `m1`; another one is `m2`. */
export const ISSUES = `${PUBLIC_URL}/g/issues.xml`;

/** Answers in the provider's place; what it throws is thrown. */
export type ProviderStub = (
  url: string,
  request: FetchRequest,
) => Partial<Omit<FetchAnswer, 'body'>> & { readonly body?: string };

/** A provider that gives the tokens it is asked for, and data to whoever signs. */
export const willingProvider: ProviderStub = (url) => {
  if (url.startsWith(`${TRACKER}/request`)) {
    return { body: 'oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true' };
  }
  if (url.startsWith(`${TRACKER}/access`)) return { body: 'oauth_token=at&oauth_token_secret=as' };
  return { body: 'data' };
};

/** Opens it; alice is signed in. */
export async function openApprovals(options: { readonly publicUrl?: string } = {}) {
  const accounts = await peopledAccounts();
  const { storage, clock, random } = accounts;
  const administration = { storage, clock, random };
  const installation = await becomeInstallation(administration, 'Wiki');
  await addTracker(storage);
  const sent: { readonly url: string; readonly request: FetchRequest }[] = [];
  let stub = willingProvider;
  const fetch = async (url: string, request: FetchRequest): Promise<FetchAnswer> => {
    sent.push({ url, request });
    const { body = '', ...answer } = stub(url, request);
    return { status: 200, headers: {}, ...answer, body: Buffer.from(body) };
  };
  const consumer = createConsumerContext({ storage, clock, random, fetch, pause: async () => {} });
  const placed = new Map([
    ['home m1', { specUrl: ISSUES, title: 'Assigned to me' }],
    ['home m2', { specUrl: `${PUBLIC_URL}/g/other.xml`, title: 'Another' }],
  ]);
  const deps: ApprovalDependencies = {
    oauth: { consumer, storage, lastRefusals: new LastRefusals() },
    storage,
    ticketKey: ticketKey(installation),
    publicUrl: new URL(options.publicUrl ?? PUBLIC_URL),
    findGadget: async (_viewer, place) => placed.get(`${place.dashboardId} ${place.moduleId}`) ?? null,
  };
  const provider: ProviderContext = {
    ...administration,
    nonces: createMemoryNonces({ clock, windowSeconds: 300 }),
    settings: {
      accessTokenTtlSeconds: 604_800,
      requestTokenTtlSeconds: 600,
      sessionTtlSeconds: 3_196_800,
      timestampWindowSeconds: 300,
    },
    noteUse: () => undefined,
    noteAccepted: () => undefined,
  };
  const { pages, browser, errors } = await openPages(
    () => [
      { routes: approvalRoutes(deps), navigation: [], scripts: PAGE_SCRIPTS },
      peoplePages({ accounts, provider }),
      connectionPages({ storage, consumer }),
      problemPages(),
    ],
    { accounts, ...options },
  );
  const ask = createAuthorizedFetch(deps);
  const viewerOf = async ({ cookies }: PageBrowser) =>
    (await pages.findViewer([...cookies].map((pair) => pair.join('=')).join('; ')))!;
  const alice = browser();
  await alice.logIn('alice');
  return {
    ...{ accounts, storage, sent, placed, errors, browser, alice },
    answer: (next: ProviderStub) => {
      stub = next;
    },
    /** What a gadget is answered whose page somebody looks at. */
    ask: async (who: PageBrowser = alice, changes: Partial<AskedRequest> = {}) =>
      ask({ ...ASKED, viewer: await viewerOf(who), ...changes }),
  };
}

const ASKED: Omit<AskedRequest, 'viewer'> = {
  gadget: {
    specUrl: ISSUES,
    title: 'Assigned to me',
    spec: {
      oauthServices: [{ name: 'Tracker', request: null, access: null, authorizationUrl: null }],
      features: [],
    },
  },
  dashboardId: 'home',
  moduleId: 'm1',
  serviceName: 'Tracker',
  tokenName: '',
  useToken: 'always',
  request: {
    method: 'GET',
    url: new URL(`${TRACKER}/rest/mine`),
    headers: {},
    body: null,
    maxBytes: 10_000,
    timeoutMs: 1_000,
  },
  locale: 'en',
};

async function addTracker(storage: Awaited<ReturnType<typeof peopledAccounts>>['storage']): Promise<void> {
  await storage.serviceProviders.add(
    {
      ...USUAL_CONDUCT,
      id: 'tracker',
      name: 'Tracker',
      consumerKey: 'us',
      secret: null,
      description: '',
      signatureMethod: 'RSA-SHA1',
      requestTokenUrl: `${TRACKER}/request`,
      authorizeUrl: `${TRACKER}/authorize`,
      accessTokenUrl: `${TRACKER}/access`,
      baseUrl: TRACKER,
      createdAt: 0,
      updatedAt: 0,
    },
    {
      at: 0,
      actor: 'root',
      action: 'service-provider.add',
      object: 'Tracker',
      before: null,
      after: null,
      note: null,
    },
  );
}
