/** What of a body goes on: of a held form not the protocol parameters, of any other every byte as it comes. */
import type { Readable } from 'node:stream';
import { withoutProtocolParameters } from '../oauth/index.ts';
import type { WireRequest } from '../web/index.ts';

const FORM = /^[ \t]*application\/x-www-form-urlencoded[ \t]*(?:;|$)/i;

/** A held body as it goes on: of a signed form the protocol parameters are left out, all other bytes stay. */
export function forwardedBody(wire: WireRequest, body: Uint8Array): Uint8Array {
  if (wire.contentType.length !== 1 || !FORM.test(wire.contentType[0]!)) return body;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const kept = withoutProtocolParameters(text);
  return kept === text ? body : Buffer.from(kept, 'latin1');
}

/**
 * A body that streams. When the upstream answers before it has read everything, only the reading ends: destroying
 * the request itself would cut the connection on which the answer has to travel.
 */
export function streamedBody(wire: WireRequest): Readable {
  return wire.incoming.iterator({ destroyOnReturn: false }) as unknown as Readable;
}
