/** A request off the wire, with its body, as the provider judges it. */
import { NO_BYTES } from '../base/index.ts';
import type { ProviderRequest } from '../provider/index.ts';
import { readBody } from './request-body.ts';
import type { WireRequest } from './wire-request.ts';

/** Reads the body, if there is one; without one the request is ready at once. */
export function readProviderRequest(wire: WireRequest): ProviderRequest | Promise<ProviderRequest> {
  if (!wire.hasBody) return withBody(wire, NO_BYTES);
  return readBody(wire.incoming).then((body) => withBody(wire, body));
}

function withBody(wire: WireRequest, body: Uint8Array): ProviderRequest {
  const { method, baseUri, query, authorization, contentType, isSecureTransport, localPath } = wire;
  return { method, baseUri, query, authorization, contentType, body, isSecureTransport, path: localPath };
}
