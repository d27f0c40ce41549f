/**
 * The tables of memory storage and the cascades between them. Records are immutable, so handing them out is
 * safe; every store changes the tables between two awaits of its caller, which makes each change atomic.
 */
import type { Clock } from '../../base/index.ts';
import {
  type AccessToken,
  type AuditEvent,
  type Consumer,
  type Installation,
  type RecordedAuditEvent,
  type RequestToken,
  type ServiceProvider,
  type Session,
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
  readonly serviceProviders = new Map<string, ServiceProvider>();
  readonly attempts = new Map<string, AttemptWindow>();
  readonly audit: RecordedAuditEvent[] = [];
  installation: Installation | null = null;
  setupHash: string | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  record(event: AuditEvent): void {
    this.audit.push({ ...event, id: this.audit.length + 1 });
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
}

/** Whether two names are the same user's. */
export function isSameUser(a: string | null, b: string): boolean {
  return a !== null && userNameKey(a) === userNameKey(b);
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
