/** Approval: how a gadget gets its viewer's data from a provider, and what its viewer is told on the way. */
import type { PageRoute } from '../../web/index.ts';
import { approveRoute } from './approve-page.ts';
import type { ApprovalDependencies } from './dependencies.ts';
import { doneRoute } from './done-page.ts';
import { inspectRoute } from './inspect-page.ts';

export { createAuthorizedFetch } from './authorize.ts';
export type { ApprovalDependencies, Place } from './dependencies.ts';
export { gadgetBar } from './gadget-bar.ts';

/** The pages below `/gadgets/oauth`. */
export function approvalRoutes(deps: ApprovalDependencies): readonly PageRoute[] {
  return [approveRoute(deps), doneRoute(deps), inspectRoute(deps)];
}
