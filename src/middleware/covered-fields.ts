/**
 * What becomes of a body that was read to be verified, where the framework's own parsers come too late: the fields of
 * a form without the OAuth parameters, the value of a JSON text, or the bytes of anything else.
 */
import { parse } from 'node:querystring';
import { withoutProtocolParameters } from '../oauth/index.ts';

/** Most fields of a form; what comes after them would be dropped unseen, so more are an error. */
const MOST_FIELDS = 2_000;

/** A body that does not parse as what it says it is. */
export class UnreadableBody extends Error {
  constructor(what: string) {
    super(`The body is not ${what}.`);
    this.name = 'UnreadableBody';
  }
}

/** @throws {UnreadableBody} */
export function readCoveredBody(contentType: string, body: Uint8Array): unknown {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  const mediaType = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') return readForm(text);
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return readJson(text);
  return body;
}

function readForm(text: string): unknown {
  const own = withoutProtocolParameters(text);
  if (own.split('&').length > MOST_FIELDS)
    throw new UnreadableBody(`a form of at most ${MOST_FIELDS} fields`);
  return parse(own, '&', '=', { maxKeys: MOST_FIELDS });
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new UnreadableBody('JSON');
  }
}
