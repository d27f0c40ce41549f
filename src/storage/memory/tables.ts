/**
 * The tables of memory storage and the cascades between them. Records are immutable, so handing them out is
 * safe; every store changes the tables between two awaits of its caller, which makes each change atomic.
 */
import type { Clock } from '../../base/index.ts';
import {
  type AccessToken,
  type ApiKey,
  type AuditEvent,
  type Connection,
  type Consumer,
  type Dashboard,
  type Gadget,
  type GadgetFeed,
  type Installation,
  type OutboundRule,
  type PendingConnection,
  plainBase,
  type RecordedAuditEvent,
  type Refusal,
  type RequestToken,
  type SecondFactor,
  type ServiceProvider,
  type Session,
  type UsageCount,
  type User,
  userNameKey,
} from '../../model/index.ts';

/** Attempts counted in one window. */
export interface AttemptWindow {
  readonly startedAt: number;
  readonly count: number;
}

/** All records, by their primary keys. */
export class Tables {
  readonly clock: Clock;
  readonly consumers = new Map<string, Consumer>();
  /** By token hash. */
  readonly requestTokens = new Map<string, RequestToken>();
  /** By token hash. */
  readonly accessTokens = new Map<string, AccessToken>();
  /** By `userNameKey`. */
  readonly users = new Map<string, User>();
  readonly sessions = new Map<string, Session>();
  /** By `userNameKey`. */
  readonly secondFactors = new Map<string, SecondFactor>();
  readonly serviceProviders = new Map<string, ServiceProvider>();
  /** By id, with the moment until which somebody's claim to renew it runs. */
  readonly connections = new Map<string, Connection & { readonly renewingUntil?: number }>();
  /** By token hash. */
  readonly pendingConnections = new Map<string, PendingConnection>();
  /** By id. */
  readonly apiKeys = new Map<string, ApiKey>();
  readonly attempts = new Map<string, AttemptWindow>();
  /** By request id, in the order of arrival. */
  readonly refusals = new Map<string, Refusal>();
  /** By consumer, day, method and version. */
  readonly usage = new Map<string, UsageCount>();
  /** By id. */
  readonly dashboards = new Map<string, Dashboard>();
  /** `userNameKey` of those who have a dashboard among their favourites, by its id. */
  readonly favourites = new Map<string, Set<string>>();
  /** By id. */
  readonly gadgets = new Map<string, Gadget>();
  readonly hiddenGadgets = new Set<string>();
  /** By id. */
  readonly gadgetFeeds = new Map<string, GadgetFeed>();
  /** By pattern. */
  readonly outboundRules = new Map<string, OutboundRule>();
  /** In the order of their ids. */
  readonly audit: RecordedAuditEvent[] = [];
  #auditEntries = 0;
  installation: Installation | null = null;
  setupHash: string | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  record(event: AuditEvent): void {
    this.#auditEntries += 1;
    this.audit.push({ ...event, id: this.#auditEntries });
  }

  user(name: string): User | null {
    return this.users.get(userNameKey(name)) ?? null;
  }

  /** Whether a token's consumer and user are still there; what belongs to nobody is never stored. */
  hasOwners(consumerKey: string, userName: string | null): boolean {
    return this.consumers.has(consumerKey) && (userName === null || this.user(userName) !== null);
  }

  dropTokens(matches: (token: { consumerKey: string; userName: string | null }) => boolean): void {
    deleteWhere(this.requestTokens, matches);
    deleteWhere(this.accessTokens, matches);
  }

  dropConnections(matches: (connection: { providerName: string; userName: string }) => boolean): void {
    deleteWhere(this.connections, matches);
    deleteWhere(this.pendingConnections, matches);
  }

  /** Leaves the consumers of a user with no owner. */
  disown(userName: string): void {
    for (const [key, consumer] of this.consumers) {
      if (isSameUser(consumer.owner, userName)) this.consumers.set(key, { ...consumer, owner: null });
    }
  }

  /** Drops the dashboards of a user, and their favourites. */
  dropDashboards(userName: string): void {
    for (const [id, { ownerName }] of this.dashboards) {
      this.favourites.get(id)?.delete(userNameKey(userName));
      if (!isSameUser(ownerName, userName)) continue;
      this.dashboards.delete(id);
      this.favourites.delete(id);
    }
  }

  renameProvider(from: string, to: string): void {
    for (const table of [this.connections, this.pendingConnections] as const) {
      for (const [key, row] of table as Map<string, Connection & PendingConnection>) {
        if (row.providerName === from) table.set(key, { ...row, providerName: to });
      }
    }
  }
}

/** Whether two names are the same user's. */
export function isSameUser(a: string | null, b: string): boolean {
  return a !== null && userNameKey(a) === userNameKey(b);
}

/** Whether a record has that base URL, however either is written. */
export function isAtBase(record: { readonly baseUrl: string | null }, baseUrl: string): boolean {
  return record.baseUrl !== null && plainBase(record.baseUrl) === plainBase(baseUrl);
}

/** Deletes the matching rows, at most `limit`; gives how many. */
export function deleteWhere<T>(
  table: Map<string, T>,
  matches: (row: T) => boolean,
  limit: number = Number.POSITIVE_INFINITY,
): number {
  let deleted = 0;
  for (const [key, row] of table) {
    if (deleted >= limit) break;
    if (!matches(row)) continue;
    table.delete(key);
    deleted += 1;
  }
  return deleted;
}
