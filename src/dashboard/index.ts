/** Dashboard: gadgets in their frames, the dashboards they stand on, and what they ask for. */
export { type DashboardDependencies, dashboardPages } from './dashboard-pages.ts';
export { feedTroubleWords, fetchFeed } from './fetch-feed.ts';
export { fetchSpec, fetchTroubleWords, SpecUnavailable } from './fetch-spec.ts';
export { gadgetSources } from './gadget-sources.ts';
export { type DashboardEndpointDependencies, dashboardEndpoints } from './own-gadgets/endpoints.ts';
export { ownGadgets } from './own-gadgets/own-gadgets.ts';
export { PAGE_SCRIPTS } from './scripts.ts';
