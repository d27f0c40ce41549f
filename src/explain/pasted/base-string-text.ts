/**
 * Base strings in a text: the line that a client printed, found by its form wherever it stands, and read back into
 * the request that it was made of when there is nothing else.
 */
import type { PastedReading } from './pasted-request.ts';

/** Method, ampersand, an address that is encoded (once, or by mistake not at all or twice), ampersand. */
const BASE_STRING =
  /(?:^|[\s"'`=:>(])([A-Za-z]{3,10}&https?(?:%(?:25)?3A%(?:25)?2F%(?:25)?2F|:\/\/)[^\s"'`<>]{1,65536})/i;

/** The first base string in a text; null if there is none. */
export function findBaseString(text: string): string | null {
  return BASE_STRING.exec(text)?.[1] ?? null;
}

/** The text without its base string. */
export function withoutBaseString(text: string, baseString: string): string {
  const at = text.indexOf(baseString);
  if (at === -1) return text;
  const lineStart = text.lastIndexOf('\n', at) + 1;
  const lineEnd = text.indexOf('\n', at);
  return text.slice(0, lineStart) + (lineEnd === -1 ? '' : text.slice(lineEnd + 1));
}

/** The request behind a base string: protocol parameters go to the header, all others to the query. */
export function readBaseString(baseString: string): PastedReading {
  const [method = '', address = '', ...rest] = baseString.split('&', 2000);
  const url = decode(address);
  if (!/^https?:\/\/[^/?]/i.test(url)) return { ok: false, mistake: 'base-string-malformed' };
  const pairs = decode(rest.join('&'))
    .split('&')
    .filter((piece) => piece !== '');
  const protocol = pairs.filter((piece) => piece.startsWith('oauth_'));
  const query = pairs.filter((piece) => !piece.startsWith('oauth_')).join('&');
  const authorization = `OAuth ${protocol.map(asHeaderParameter).join(', ')}`;
  return {
    ok: true,
    request: {
      kind: 'base-string',
      method,
      url: query === '' ? url : `${url}?${query}`,
      hasScheme: true,
      headers: protocol.length === 0 ? [] : [['Authorization', authorization]],
      body: new Uint8Array(0),
      baseString,
      ignored: [],
    },
  };
}

function asHeaderParameter(piece: string): string {
  const equals = piece.indexOf('=');
  return equals === -1
    ? `${piece}=""`
    : `${piece.slice(0, equals)}="${piece.slice(equals + 1).replaceAll('"', '%22')}"`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
