/** Gateway: verified requests on their way to the application behind, with an identity that it can rely on. */
export { type AssertionSettings, type AssertionSigner, createAssertionSigner } from './assertion.ts';
export { createForwardAuth, FORWARD_AUTH_PATH, type ForwardAuthSettings } from './forward-auth.ts';
export type { TraceFields } from './forwarded-headers.ts';
export { createGateway, type Gateway, type GatewaySettings, type UpstreamObserver } from './gateway.ts';
export type { Identity } from './identity.ts';
