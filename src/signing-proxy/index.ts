/** Signing proxy: requests of users' programs and pages to service providers, signed on their way. */
export { createSigningProxy, type SigningProxy } from './signing-proxy.ts';
