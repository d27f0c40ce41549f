/** Dashboard: gadgets in their frames, the dashboards they stand on, and what they ask for. */
export { dashboardPages } from './dashboard-pages.ts';
export { feedTroubleWords, fetchFeed } from './fetch-feed.ts';
export { fetchSpec, fetchTroubleWords } from './fetch-spec.ts';
export { gadgetSources } from './gadget-sources.ts';
export { dashboardEndpoints } from './own-gadgets/endpoints.ts';
export { ownGadgets } from './own-gadgets/own-gadgets.ts';
export { PAGE_SCRIPTS } from './scripts.ts';
