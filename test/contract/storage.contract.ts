/**
 * The contract of storage: what every adapter must do, run over each of them. An adapter's own promises
 * (surviving a restart, other processes, sealing) are tested beside the adapter.
 */
import { describe } from 'node:test';
import { describeApiKeys, describeConnections } from './connections.contract.ts';
import { describeDashboards } from './dashboards.contract.ts';
import { describeEndings } from './endings.contract.ts';
import { describeAllowList, describeGadgetFeeds, describeGadgets } from './gadgets.contract.ts';
import type { OpenStorage } from './opened-storage.ts';
import { describeConsumers, describeUsers } from './owners.contract.ts';
import { describePaging } from './paging.contract.ts';
import {
  describeAttempts,
  describeAudit,
  describeInstallation,
  describeServiceProviders,
} from './records.contract.ts';
import { describeRefusals } from './refusals.contract.ts';
import { describeSecondFactors } from './second-factors.contract.ts';
import { describeAccessTokens, describeGrounds, describeRequestTokens } from './tokens.contract.ts';
import { describeUsage } from './usage.contract.ts';

/** Runs the contract over one kind of storage. */
export function describeStorage(name: string, open: OpenStorage): void {
  describe(`storage in ${name}`, () => {
    describeConsumers(open);
    describeUsers(open);
    describeSecondFactors(open);
    describeRequestTokens(open);
    describeAccessTokens(open);
    describeGrounds(open);
    describeServiceProviders(open);
    describeConnections(open);
    describeApiKeys(open);
    describeEndings(open);
    describeInstallation(open);
    describeAudit(open);
    describeAttempts(open);
    describeRefusals(open);
    describeUsage(open);
    describeDashboards(open);
    describeGadgets(open);
    describeGadgetFeeds(open);
    describeAllowList(open);
    describePaging(open);
  });
}
