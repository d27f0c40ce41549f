/**
 * Signing for one provider: its record says with which key, which method, where the parameters travel and what else
 * is sent. What is signed is what is sent: an address is serialised as WHATWG says before it is signed, and a form is
 * written anew from the fields that were signed.
 */
import type { KeyObject } from 'node:crypto';
import { nowSeconds, randomAlphanumeric, type Secret } from '../base/index.ts';
import { isLoopbackHost, type ServiceProvider, signingKeyOf } from '../model/index.ts';
import { type Carrier, type SignedRequest, type SigningInput, signRequest } from '../oauth/index.ts';
import type { ConsumerContext } from './context.ts';
import { RequestNotAllowed } from './errors.ts';

const NONCE_LENGTH = 32;

/** The token that a request presents; without a secret before there is one. */
export interface PresentedToken {
  /** The one that was entered with the token; null: the provider's. */
  readonly consumerKey?: string | null;
  readonly token: string;
  readonly secret: Secret | null;
}

/** What is to be signed, beside what the provider's record says. */
export interface SignedParts
  extends Pick<SigningInput, 'method' | 'form' | 'body' | 'callback' | 'verifier' | 'sessionHandle'> {
  readonly url: URL;
  readonly presented: PresentedToken | null;
}

/**
 * Signs for a provider.
 * @throws {RequestNotAllowed} plaintext-insecure, no-own-key, invalid-url
 */
export async function signFor(
  context: ConsumerContext,
  provider: ServiceProvider,
  parts: SignedParts,
): Promise<SignedRequest> {
  const { url, presented, ...rest } = parts;
  if (provider.signatureMethod === 'PLAINTEXT' && !isSecure(url)) {
    throw new RequestNotAllowed(provider.name, 'plaintext-insecure');
  }
  const isOtherBody = parts.body !== undefined && parts.body.length > 0;
  const realm = provider.realm;
  return signRequest({
    ...rest,
    url: url.href,
    consumerKey: presented?.consumerKey ?? provider.consumerKey,
    key: await signingKey(context, provider, presented?.secret ?? null),
    signatureMethod: provider.signatureMethod,
    timestamp: nowSeconds(context.clock),
    nonce: randomAlphanumeric(context.random, NONCE_LENGTH),
    carrier: carrierOf(provider, parts),
    bodyHash: isOtherBody && provider.sendsBodyHash,
    ...(presented !== null && { token: presented.token }),
    ...(realm !== null && { realm }),
  });
}

/**
 * An address that a signed request may have, as it will be sent.
 * @throws {RequestNotAllowed} invalid-url
 */
export function readSignedUrl(provider: ServiceProvider, text: string): URL {
  const url = URL.parse(text);
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === null || !isHttp || url.username !== '' || url.password !== '' || /[\s\\]/.test(text)) {
    throw new RequestNotAllowed(provider.name, 'invalid-url');
  }
  if (/%(?![0-9a-f]{2})/i.test(url.search)) throw new RequestNotAllowed(provider.name, 'invalid-url');
  return url;
}

/** Whether nobody on the way can read along. */
function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || isLoopbackHost(url.hostname);
}

/** Only a form has room in its body; and a secret that PLAINTEXT sends does not belong into an address. */
function carrierOf(provider: ServiceProvider, { method, body, form }: SignedParts): Carrier {
  const hasFormRoom = method !== 'GET' && method !== 'HEAD' && body === undefined && form !== undefined;
  if (provider.carrier === 'body' && !hasFormRoom) return 'header';
  if (provider.carrier === 'query' && provider.signatureMethod === 'PLAINTEXT') return 'header';
  return provider.carrier;
}

async function signingKey(
  context: ConsumerContext,
  provider: ServiceProvider,
  tokenSecret: Secret | null,
): Promise<SigningInput['key']> {
  if (provider.secret === null) return { kind: 'private-key', key: await ownKey(context, provider) };
  return {
    kind: 'shared-secret',
    consumerSecret: provider.secret.reveal(),
    tokenSecret: tokenSecret?.reveal() ?? '',
  };
}

async function ownKey({ storage, clock }: ConsumerContext, provider: ServiceProvider): Promise<KeyObject> {
  const installation = await storage.installation.read();
  if (installation === null) throw new RequestNotAllowed(provider.name, 'no-own-key');
  return signingKeyOf(installation, nowSeconds(clock));
}
