/** The administration pages over memory storage, with a stub in the place of the network. For tests only. */
import type { AdministrationContext } from '../../src/administration/index.ts';
import {
  administrationPages,
  applicationPages,
  connectionPages,
  peoplePages,
  problemPages,
  searchPages,
  signaturePages,
} from '../../src/console/index.ts';
import { type ConsumerContext, createConsumerContext } from '../../src/consumer/index.ts';
import type { Session } from '../../src/model/index.ts';
import type { ProviderContext } from '../../src/provider/index.ts';
import { createMemoryNonces } from '../../src/storage/memory/index.ts';
import type { Outbound, OutboundAnswer } from '../../src/web/index.ts';
import { peopledAccounts } from './accounts-world.ts';
import { becomeInstallation } from './own-identity.ts';
import { openPages, type PageBrowser } from './pages-world.ts';

/** Answers outgoing requests instead of the network; what it throws is thrown. */
export type Stub = (url: string) => Partial<Omit<OutboundAnswer, 'body'>> & { readonly body?: string };

/** The pages, and `root`, who administers them, signed in. */
export interface AdministrationPagesWorld {
  readonly context: AdministrationContext;
  readonly consumer: ConsumerContext;
  readonly root: PageBrowser;
  readonly errors: readonly unknown[];
  /** Addresses that were fetched. */
  readonly fetched: readonly string[];
  browser(): PageBrowser;
  /** The session of whoever is signed in at a browser. */
  sessionOf(browser: PageBrowser): Promise<Session>;
  /** What the stub answers from now on. */
  answer(stub: Stub): void;
}

/** Opens the pages. */
export async function openAdministration(): Promise<AdministrationPagesWorld> {
  const accounts = await peopledAccounts();
  const { storage, clock, random } = accounts;
  const context: AdministrationContext = { storage, clock, random };
  await becomeInstallation(context, 'Tracker');
  const fetched: string[] = [];
  let stub: Stub = () => ({ status: 404 });
  const outbound: Outbound = {
    async fetch(url) {
      fetched.push(url);
      const { body = '', ...answer } = stub(url);
      return { status: 200, headers: {}, finalUrl: url, ...answer, body: Buffer.from(body) };
    },
  };
  const consumer = createConsumerContext({ ...context, fetch: outbound.fetch, pause: async () => {} });
  const nonces = createMemoryNonces({ clock, windowSeconds: 300 });
  const settings = {
    accessTokenTtlSeconds: 604_800,
    requestTokenTtlSeconds: 600,
    sessionTtlSeconds: 3_196_800,
    timestampWindowSeconds: 300,
  };
  const provider: ProviderContext = {
    ...context,
    nonces,
    settings,
    noteUse: () => undefined,
    noteAccepted: () => undefined,
  };
  const diagnosis = { settings, trustedProxies: ['10.0.0.0/8'], isCapturing: true };
  const sets = [
    peoplePages({ accounts, provider }),
    connectionPages({ storage, consumer }),
    applicationPages({ administration: context, diagnosis }),
    administrationPages({ administration: context, accounts, outbound, consumer, diagnosis }),
    problemPages(),
    signaturePages(),
  ];
  const { browser, errors, pages } = await openPages(() => [...sets, searchPages(context, sets)], {
    accounts,
  });
  const root = browser();
  await root.logIn('root');
  const sessionOf = async ({ cookies }: PageBrowser) =>
    (await pages.findViewer([...cookies].map((pair) => pair.join('=')).join('; ')))!.session;
  return {
    ...{ context, consumer, root, errors, fetched, browser, sessionOf },
    answer: (next) => (stub = next),
  };
}
