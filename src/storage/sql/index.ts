/** Storage over SQL: schema, migrations and stores, the same for every database that kysely speaks to. */
import type { Storage } from '../../model/index.ts';
import { sqlAccessTokens } from './access-tokens.ts';
import { sqlApiKeys } from './api-keys.ts';
import { sqlAttempts } from './attempts.ts';
import { sqlAudit } from './audit.ts';
import { sqlConnections } from './connections.ts';
import { sqlConsumers } from './consumers.ts';
import type { SqlContext } from './context.ts';
import { sqlDashboards } from './dashboards.ts';
import { sqlEndings } from './endings.ts';
import { sqlAllowList, sqlGadgetFeeds, sqlGadgets } from './gadgets.ts';
import { sqlInstallation } from './installation.ts';
import { sqlRefusals } from './refusals.ts';
import { sqlRequestTokens } from './request-tokens.ts';
import { sqlSecondFactors } from './second-factors.ts';
import { sqlServiceProviders } from './service-providers.ts';
import { sqlSessions } from './sessions.ts';
import { sqlUsage } from './usage.ts';
import { sqlUsers } from './users.ts';

export { recordEvent } from './audit.ts';
export { consumerFromRow, consumerToRow } from './consumer-rows.ts';
export type { Queries } from './context.ts';
export { FACTS, readFact, removeFact, writeFact } from './facts.ts';
export type { DatabaseHealth } from './health.ts';
export { searchText } from './lists/search.ts';
export { type Locks, NO_LOCKS, ROW_LOCKS } from './locks.ts';
export { type NonceKindNote, nonceKindNote } from './nonce-kind.ts';
export { endNonceLease, sqlNonceLease } from './nonce-lease.ts';
export { openSealer } from './open-sealer.ts';
export { migrate, type SchemaStatus, schemaStatus } from './schema/migrate.ts';
export type { AccessTokenRow, ConsumerRow, Database, UserRow } from './schema/schema.ts';
export type { CountedTable } from './schema/table-versions.ts';
export { toMigrate } from './schema/to-migrate.ts';
export { accessTokenFromRow, accessTokenToRow } from './token-rows.ts';
export { CommitUnknown, TransactionUndone, transact } from './transact.ts';
export { userFromRow, userToRow } from './user-rows.ts';

/** All stores but the hot path's, which each database fills in its own way. */
export function sqlStores(context: SqlContext): Omit<Storage, 'grounds' | 'close'> {
  return {
    consumers: sqlConsumers(context),
    requestTokens: sqlRequestTokens(context),
    accessTokens: sqlAccessTokens(context),
    users: sqlUsers(context),
    sessions: sqlSessions(context),
    secondFactors: sqlSecondFactors(context),
    serviceProviders: sqlServiceProviders(context),
    connections: sqlConnections(context),
    apiKeys: sqlApiKeys(context),
    installation: sqlInstallation(context),
    audit: sqlAudit(context),
    attempts: sqlAttempts(context),
    refusals: sqlRefusals(context),
    usage: sqlUsage(context),
    dashboards: sqlDashboards(context),
    gadgets: sqlGadgets(context),
    gadgetFeeds: sqlGadgetFeeds(context),
    allowList: sqlAllowList(context),
    endings: sqlEndings(context),
  };
}
