/** A request off the wire as the provider judges it. */
import type { ProviderRequest } from '../provider/index.ts';
import { arrivedRequest, type WireRequest } from '../web/index.ts';

/** @param body the body's bytes, as far as they count for the signature */
export function providerRequest(wire: WireRequest, body: Uint8Array): ProviderRequest {
  return { ...arrivedRequest(wire, body), isSecureTransport: wire.isSecureTransport, path: wire.localPath };
}
