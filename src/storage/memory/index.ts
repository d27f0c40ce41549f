/**
 * Storage that lives in this process and ends with it: for tests, and for programs that use the library
 * without a database. It keeps every rule of the ports save one: nothing survives the process.
 */
import type { Clock } from '../../base/index.ts';
import type { Storage } from '../../model/index.ts';
import { memoryAccessTokens } from './access-tokens.ts';
import { memoryApiKeys, memoryConnections } from './connections.ts';
import { memoryConsumers } from './consumers.ts';
import { memoryAttempts, memoryAudit } from './counting.ts';
import { memoryDashboards } from './dashboards.ts';
import { memoryEndings } from './endings.ts';
import { memoryAllowList, memoryGadgetFeeds, memoryGadgets } from './gadgets.ts';
import { memoryGrounds } from './grounds.ts';
import { memoryInstallation, memoryServiceProviders } from './installation.ts';
import { memoryRefusals } from './refusals.ts';
import { memoryRequestTokens } from './request-tokens.ts';
import { memorySecondFactors } from './second-factors.ts';
import { Tables } from './tables.ts';
import { memoryUsage } from './usage.ts';
import { memorySessions, memoryUsers } from './users.ts';

export { createMemoryNonces, type MemoryNoncesOptions } from './nonces.ts';
export { createMemoryRequestRate } from './request-rate.ts';

/** What memory storage needs. */
export interface MemoryStorageOptions {
  readonly clock: Clock;
}

/** Opens an empty storage. */
export function createMemoryStorage(options: MemoryStorageOptions): Storage {
  const tables = new Tables(options.clock);
  return {
    consumers: memoryConsumers(tables),
    requestTokens: memoryRequestTokens(tables),
    accessTokens: memoryAccessTokens(tables),
    grounds: memoryGrounds(tables),
    users: memoryUsers(tables),
    sessions: memorySessions(tables),
    secondFactors: memorySecondFactors(tables),
    serviceProviders: memoryServiceProviders(tables),
    connections: memoryConnections(tables),
    apiKeys: memoryApiKeys(tables),
    installation: memoryInstallation(tables),
    audit: memoryAudit(tables),
    attempts: memoryAttempts(tables),
    refusals: memoryRefusals(tables),
    usage: memoryUsage(tables),
    dashboards: memoryDashboards(tables),
    gadgets: memoryGadgets(tables),
    gadgetFeeds: memoryGadgetFeeds(tables),
    allowList: memoryAllowList(tables),
    endings: memoryEndings(tables),
    async close() {},
  };
}
