/** What the dashboards' pages need handed in: what the frames on them need. */
export type { FrameDependencies as DashboardPagesDependencies } from '../container/index.ts';
