/** Dashboards and their users' favourites, in memory. */
import type { Dashboard, DashboardChoice, DashboardStore, DashboardSummary } from '../../model/index.ts';
import { userNameKey } from '../../model/index.ts';
import { pageOf } from './paging.ts';
import { isSameUser, type Tables } from './tables.ts';

export function memoryDashboards(tables: Tables): DashboardStore {
  const { dashboards, favourites } = tables;
  const isOwn = ({ ownerName }: Dashboard, userName: string): boolean => isSameUser(ownerName, userName);
  const isFavourite = (userName: string, id: string): boolean =>
    favourites.get(id)?.has(userNameKey(userName)) ?? false;

  const chosen = (userName: string, choice: DashboardChoice) => (dashboard: Dashboard) => {
    if (dashboard.ownerName === null) return false;
    if (choice === 'own') return isOwn(dashboard, userName);
    if (choice === 'shared') return dashboard.sharing === 'everyone';
    const isVisible = dashboard.sharing === 'everyone' || isOwn(dashboard, userName);
    return isVisible && isFavourite(userName, dashboard.id);
  };

  const order = {
    name: ({ dashboard }: DashboardSummary) => dashboard.name.toLowerCase(),
    updated: ({ dashboard }: DashboardSummary) => dashboard.updatedAt,
    popular: (summary: DashboardSummary) => summary.favourites,
  };

  return {
    async find(id) {
      return dashboards.get(id) ?? null;
    },
    async listVisible(userName, choice, query) {
      const rows = [...dashboards.values()].filter(chosen(userName, choice)).map((dashboard) => ({
        dashboard,
        isFavourite: isFavourite(userName, dashboard.id),
        favourites: favourites.get(dashboard.id)?.size ?? 0,
      }));
      return pageOf(rows, {
        ...query,
        searched: ({ dashboard: { name, description, ownerName } }) => [name, description, ownerName],
        order: order[query.sort],
        tie: ({ dashboard }) => dashboard.id,
      });
    },
    async countWith(specUrl) {
      const has = ({ gadgets }: Dashboard) => gadgets.some((placed) => placed.specUrl === specUrl);
      return [...dashboards.values()].filter(has).length;
    },
    async add(dashboard, event) {
      const { id, ownerName } = dashboard;
      if (dashboards.has(id) || (ownerName !== null && tables.user(ownerName) === null)) return false;
      dashboards.set(id, dashboard);
      if (event !== null) tables.record(event);
      return true;
    },
    async update(dashboard, expectedUpdatedAt, event) {
      const stored = dashboards.get(dashboard.id);
      if (stored?.updatedAt !== expectedUpdatedAt) return false;
      dashboards.set(dashboard.id, { ...dashboard, ownerName: stored.ownerName });
      if (event !== null) tables.record(event);
      return true;
    },
    async remove(id, event) {
      if (!dashboards.delete(id)) return false;
      favourites.delete(id);
      if (event !== null) tables.record(event);
      return true;
    },
    async isFavourite(userName, id) {
      return isFavourite(userName, id);
    },
    async setFavourite(userName, id, isWanted) {
      if (!dashboards.has(id) || tables.user(userName) === null) return false;
      const users = favourites.get(id) ?? new Set();
      if (isWanted) users.add(userNameKey(userName));
      else users.delete(userNameKey(userName));
      favourites.set(id, users);
      return true;
    },
  };
}
