/**
 * Which bodies are held until they are verified, and what of them goes on. A form's parameters are part of the
 * signature, and `oauth_body_hash` covers every byte, so of those nothing may reach the upstream before the
 * check. Any other body is not covered by the signature and streams once the request was let through.
 */
import type { Readable } from 'node:stream';
import { withoutProtocolParameters } from '../oauth/index.ts';
import type { WireRequest } from '../web/index.ts';

/** Most bytes of a body that is held. */
export const HELD_BODY_LIMIT = 10_485_760;

/** Laxer than the media type that is signed: what merely looks like a form is held, and judged by the parser. */
const LIKE_FORM = /x-www-form-urlencoded/i;
const FORM = /^[ \t]*application\/x-www-form-urlencoded[ \t]*(?:;|$)/i;

/** `oauth_body_hash`, or an escaped letter or underscore that could be hiding it. */
const MAY_HAVE_BODY_HASH = /oauth_body_hash|%(?:4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/i;

/** Whether the body has to be read whole before the request can be judged. */
export function mustHoldBody(wire: WireRequest): boolean {
  return wire.hasBody && mayCoverBody(wire);
}

/** Whether the signature may cover the body: what merely looks like it counts, since holding it is harmless. */
export function mayCoverBody(wire: WireRequest): boolean {
  return (
    wire.contentType.some((type) => LIKE_FORM.test(type)) ||
    wire.authorization.some((value) => MAY_HAVE_BODY_HASH.test(value)) ||
    MAY_HAVE_BODY_HASH.test(wire.query)
  );
}

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
