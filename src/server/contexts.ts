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
import { ownGadgets } from '../dashboard/index.ts';
import type { GadgetsContext } from '../gadgets/index.ts';
import type { Installation } from '../model/index.ts';
import type { ProviderContext, TokenUses, UsageCounter } from '../provider/index.ts';
import { type Settings, writtenAddress } from '../settings/index.ts';
import { createOutbound, createOutboundStreams, type Outbound, type OutboundStreams } from '../web/index.ts';
import { oneTimeCodes } from './one-time-codes.ts';
import type { OpenGuards } from './open-guards.ts';
import type { OpenInstallation } from './open-installation.ts';
import { providerSettings } from './provider-settings.ts';
import { RequestLog } from './request-log.ts';
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
  readonly gadgets: GadgetsContext;
  readonly outbound: Outbound;
  readonly streams: OutboundStreams;
  readonly requestLog: RequestLog;
}

/** Makes them. */
export function createContexts(ingredients: Ingredients): Contexts {
  const { settings, open, publicUrl, log, meters } = ingredients;
  const requestLog = new RequestLog(log);
  const noteLogin = (outcome: LoginVerdict) => meters?.logins.count(outcome);
  const bare = publicUrl.href.replace(/\/$/, '');
  const allowHosts = settings.allowHost.map(writtenAddress);
  const outbound = watchedOutbound(createOutbound({ allowHosts }), meters);
  return {
    provider: providerContext(ingredients, requestLog),
    accounts: { ...open, passwords: createPasswordHasher(open.random), codes: oneTimeCodes, noteLogin },
    administration: { ...open, allowPlainHttpCallbacks: publicUrl.protocol === 'http:' },
    consumer: createConsumerContext({ ...open, fetch: outbound.fetch, pause }),
    gadgets: { ...open, publicUrl: bare, ownGadgets: ownGadgets(bare) },
    outbound,
    streams: watchedStreams(createOutboundStreams({ allowHosts }), meters),
    requestLog,
  };
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
