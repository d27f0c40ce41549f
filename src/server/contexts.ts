/** What the use cases work with in a running server: storage, time and network, watched where somebody watches. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  type ApiKeysContext,
  createPasswordHasher,
  type LoginVerdict,
  type SecondFactorContext,
} from '../accounts/index.ts';
import type { AdministrationContext } from '../administration/index.ts';
import { type ConsumerContext, createConsumerContext } from '../consumer/index.ts';
import type { Installation, User } from '../model/index.ts';
import type { ProviderContext, TokenUses, UsageCounter } from '../provider/index.ts';
import { type Settings, writtenAddress } from '../settings/index.ts';
import {
  createOutbound,
  createOutboundStreams,
  type Outbound,
  type OutboundStreams,
  readUserHeader,
  viewerFinder,
  type WireRequest,
} from '../web/index.ts';
import { oneTimeCodes } from './one-time-codes.ts';
import type { OpenGuards } from './open-guards.ts';
import type { OpenInstallation } from './open-installation.ts';
import { providerSettings } from './provider-settings.ts';
import { RequestLog } from './request-log.ts';
import { secondFactorRule } from './second-factor-rule.ts';
import { type Watchers, watchedOutbound, watchedProvider, watchedStreams } from './watchers.ts';

/** What a server is made from. */
export interface Ingredients extends Watchers {
  readonly settings: Settings;
  readonly open: OpenInstallation;
  readonly identity: Installation;
  readonly guards: Pick<OpenGuards, 'nonces' | 'requestRate'>;
  readonly uses: TokenUses;
  readonly usage: UsageCounter;
  readonly publicUrl: URL;
  readonly listenAddress: { readonly address: string; readonly port: number };
  readonly log: Logger;
}

/** The contexts of the use cases, each made once. */
export interface Contexts {
  readonly provider: ProviderContext;
  readonly accounts: SecondFactorContext & ApiKeysContext;
  readonly administration: AdministrationContext;
  readonly consumer: ConsumerContext;
  readonly outbound: Outbound;
  readonly streams: OutboundStreams;
  readonly requestLog: RequestLog;
  /** Whether a user may do nothing before a second factor is turned on. */
  readonly lacksSecondFactor: (user: User) => Promise<boolean>;
  /** Whose session came in the cookies of a request; null for nobody. */
  readonly findUser: (cookieHeader: string | undefined, wire: WireRequest) => Promise<User | null>;
}

/** Makes them. */
export function createContexts(ingredients: Ingredients): Contexts {
  const { settings, open, publicUrl, log, meters } = ingredients;
  const requestLog = new RequestLog(log);
  const noteLogin = (outcome: LoginVerdict) => meters?.logins.count(outcome);
  const allowHosts = settings.allowHost.map(writtenAddress);
  const outbound = watchedOutbound(createOutbound({ allowHosts }), meters);
  const accounts = { ...open, passwords: createPasswordHasher(open.random), codes: oneTimeCodes, noteLogin };
  const lacksSecondFactor = secondFactorRule(settings, accounts);
  const findViewer = viewerFinder({ publicUrl, accounts, isHeld: lacksSecondFactor });
  return {
    provider: providerContext(ingredients, requestLog),
    accounts,
    administration: { ...open, allowPlainHttpCallbacks: publicUrl.protocol === 'http:' },
    consumer: createConsumerContext({ ...open, fetch: outbound.fetch, pause }),
    outbound,
    streams: watchedStreams(createOutboundStreams({ allowHosts }), meters),
    requestLog,
    lacksSecondFactor,
    // A session that is bound to a proxy's word counts with that word only; by itself the word is nobody here.
    findUser: async (cookies, wire) => (await findViewer(cookies, readUserHeader(wire)))?.user ?? null,
  };
}

/** What endpoints work with. */
export function endpointContext({ open }: Ingredients, { provider, findUser }: Contexts) {
  return {
    provider,
    readInstallation: async () => (await open.storage.installation.read())!,
    findSessionUser: (wire: WireRequest) => findUser(wire.header('cookie'), wire),
  };
}

/** The public URL without a slash at its end. */
export function bareUrl({ href }: URL): string {
  return href.replace(/\/$/, '');
}

function providerContext(
  { open, guards, uses, usage, settings, meters }: Ingredients,
  requestLog: RequestLog,
): ProviderContext {
  const context: ProviderContext = {
    storage: open.storage,
    nonces: guards.nonces,
    requestRate: guards.requestRate,
    clock: open.clock,
    random: open.random,
    settings: providerSettings(settings),
    noteUse: (tokenId, at) => uses.note(tokenId, at),
    noteAccepted(consumerKey, method, version, at) {
      usage.note(consumerKey, method, version, at);
      requestLog.noteAccepted(consumerKey);
    },
  };
  return watchedProvider(context, meters);
}
