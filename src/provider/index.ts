/** Provider: the use cases of the service provider, from request token to revocation. */
export { authenticate, type Grant } from './authenticate.ts';
export { type ConsentRequest, type Decision, decide, openConsent } from './consent.ts';
export type { ProviderContext, ProviderRequest, ProviderSettings } from './context.ts';
export { Examination, type PresentedToken, type Stage } from './examination.ts';
export { type IssuedAccessToken, issueAccessToken } from './issue-access-token.ts';
export { type IssuedRequestToken, issueRequestToken } from './issue-request-token.ts';
export { revokeAllOwnTokens, revokeOwnToken } from './revoke-own-tokens.ts';
export { signedRequestKind } from './signed-request-kind.ts';
export { allowedMethods } from './stages/check-method.ts';
export { type SignedRequestKind, STAGE_TOPICS, STAGES, type StageTopic } from './stages.ts';
export { TokenUses } from './token-uses.ts';
export { UsageCounter } from './usage-counter.ts';
