/**
 * Which bodies a signature may cover: those have to be read whole before the request can be judged. A form's
 * parameters are part of the base string (RFC 5849 s3.4.1.3.1), and `oauth_body_hash` covers every byte. Any other
 * body is not covered, and may be left to whoever reads it.
 */
import type { WireRequest } from './wire-request.ts';

/** Most bytes of a body that is held until its request was judged. */
export const HELD_BODY_LIMIT = 10_485_760;

/** Laxer than the media type that is signed: what merely looks like a form is held, and judged by the parser. */
const LIKE_FORM = /x-www-form-urlencoded/i;

/** `oauth_body_hash`, or an escaped letter or underscore that could be hiding it. */
const MAY_HAVE_BODY_HASH = /oauth_body_hash|%(?:4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/i;

/** Whether the body has to be read whole before the request can be judged. */
export function mustHoldBody(wire: WireRequest): boolean {
  if (!wire.hasBody) return false;
  return (
    looksLikeForm(wire) ||
    wire.authorization.some((value) => MAY_HAVE_BODY_HASH.test(value)) ||
    MAY_HAVE_BODY_HASH.test(wire.query)
  );
}

/** Whether the request calls its body a form, or something that could be taken for one. */
export function looksLikeForm({ contentType }: Pick<WireRequest, 'contentType'>): boolean {
  return contentType.some((type) => LIKE_FORM.test(type));
}
