/** OAuth for gadgets: from a spec's services to our service providers, and requests with the viewer's token. */
export type {
  AskedRequest,
  AuthorizedAnswer,
  AuthorizedFetch,
  GadgetNotice,
  NoticeState,
} from './authorized-answer.ts';
export {
  authorizedFetch,
  type GadgetOAuthContext,
  type GadgetOutcome,
  type GadgetRequest,
  type UseToken,
} from './authorized-fetch.ts';
export { carryOutPlans } from './carry-out-plans.ts';
export { LastRefusals, type NotedRefusal, type RequestOwner } from './last-refusals.ts';
export type { OAuthService, ParamLocation, ServiceAddresses, ServiceEndpoint } from './oauth-service.ts';
export { planServices } from './plan-services.ts';
export { resolveServices, type ServiceFault, type ServicePlan } from './resolve-services.ts';
export { servicePlanWords } from './service-plan-words.ts';
