/**
 * The port of storage for dashboards. They go with their owner, and favourites with their user; which user may see or
 * change one, the use cases decide.
 */
import type { AuditEvent } from './audit-event.ts';
import type { Dashboard } from './dashboard.ts';
import type { ListQuery, Page } from './list-query.ts';

/** A dashboard as a user's list shows it. */
export interface DashboardSummary {
  readonly dashboard: Dashboard;
  /** Of the user who asks. */
  readonly isFavourite: boolean;
  /** Users who have it among their favourites. */
  readonly favourites: number;
}

/** Which of them: one's own, those that are shared, or those among one's favourites that one may see. */
export type DashboardChoice = 'own' | 'shared' | 'favourite';

export interface DashboardStore {
  find(id: string): Promise<Dashboard | null>;
  /** What the user sees of users' dashboards; the system default is in no list. Searches name, description and owner. */
  listVisible(
    userName: string,
    choice: DashboardChoice,
    query: ListQuery<'name' | 'updated' | 'popular'>,
  ): Promise<Page<DashboardSummary>>;
  /** How many dashboards, anybody's, have a gadget of that spec. */
  countWith(specUrl: string): Promise<number>;
  /** False if the id is taken, or the owner is gone. @param event null: no matter for the audit log */
  add(dashboard: Dashboard, event: AuditEvent | null): Promise<boolean>;
  /** Replaces the record, but never its owner. False if there is none, or if it changed since `expectedUpdatedAt`. */
  update(dashboard: Dashboard, expectedUpdatedAt: number, event: AuditEvent | null): Promise<boolean>;
  /** False if there was none. */
  remove(id: string, event: AuditEvent | null): Promise<boolean>;
  isFavourite(userName: string, id: string): Promise<boolean>;
  /** False if the user or the dashboard is gone. */
  setFavourite(userName: string, id: string, isFavourite: boolean): Promise<boolean>;
}
