/**
 * Reads whatever people paste when they ask why a request is refused. The form is told by the text itself; a base
 * string beside a request is kept with it. Linear, bounded, and never throws.
 */
import { findBaseString, readBaseString, withoutBaseString } from './base-string-text.ts';
import { readCurl } from './curl-command.ts';
import { readHar } from './har-entry.ts';
import type { PastedKind, PastedReading } from './pasted-request.ts';
import { readRawHttp } from './raw-http.ts';

/** Longest text that is read, in UTF-16 units. */
const LONGEST_TEXT = 1_000_000;

/** Reads a text. @param kind how it is written; told by the text where it is left out */
export function readPastedRequest(text: string, kind?: PastedKind): PastedReading {
  if (text.length > LONGEST_TEXT) return { ok: false, mistake: 'too-long' };
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return { ok: false, mistake: 'empty' };
  const isHar = kind === 'har' || (kind === undefined && /^[{[]/.test(trimmed));
  if (isHar) return readHar(trimmed);
  const baseString = findBaseString(trimmed);
  const rest = baseString === null ? text.trimStart() : withoutBaseString(trimmed, baseString).trim();
  const reading = kind === 'base-string' ? null : readRequest(rest, kind);
  if (reading?.ok) return { ok: true, request: { ...reading.request, baseString } };
  if (baseString !== null) return readBaseString(baseString);
  return reading ?? { ok: false, mistake: 'base-string-malformed' };
}

/** A curl command behind comments, a prompt, or a path. */
const CURL = /^(?:#[^\n]*\n\s*)*(?:[$%>#] ?)?(?:\S*[/\\])?curl(?:\.exe)?\s/i;

function readRequest(text: string, kind: PastedKind | undefined): PastedReading {
  const isCurl = kind === 'curl' || (kind === undefined && CURL.test(text));
  if (isCurl) return readCurl(text);
  const looksLikeRequest =
    /^> [A-Z]+ \S+ HTTP\//m.test(text) || /^(?::\w+:|[A-Za-z]{3,16}[ \t]+\S|[\w-]+:|\/|OAuth )/i.test(text);
  return looksLikeRequest || kind !== undefined
    ? readRawHttp(text)
    : { ok: false, mistake: 'not-recognised' };
}
