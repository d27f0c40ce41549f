/**
 * Callback URIs (RFC 5849 s2.1): where a user's browser is sent after the decision, so the one place where a
 * token could be sent astray. A URI is parsed as browsers parse it and kept as it was serialised again: what was
 * checked is what will be followed. Whatever a browser and another parser could read differently (user names,
 * fragments, control characters, backslashes, missing slashes) is refused rather than repaired.
 */

/** Why a text is no callback URI. */
export type CallbackMistake =
  | 'empty'
  | 'too-long'
  | 'forbidden-character'
  | 'not-absolute-http'
  | 'malformed'
  | 'has-userinfo'
  | 'has-fragment'
  | 'plain-http';

/** A callback that may be kept and followed, or why not. */
export type CallbackReading =
  | { readonly ok: true; readonly uri: string }
  | { readonly ok: false; readonly reason: CallbackMistake };

/** What depends on who is asking. */
export interface CallbackRules {
  /** Whether `http` is accepted for hosts other than this machine (loopback). @defaultValue true */
  readonly allowPlainHttp?: boolean;
}

/** One sentence per mistake, fit for `oauth_problem_advice`, the API and the command line. */
export const CALLBACK_MISTAKES: Readonly<Record<CallbackMistake, string>> = {
  empty: 'The callback is empty.',
  'too-long': 'The callback is longer than 2000 characters.',
  'forbidden-character': 'The callback contains a blank, a backslash or a control character.',
  'not-absolute-http': 'The callback must be an absolute address that begins with https:// or http://.',
  malformed: 'The callback is not a well-formed address.',
  'has-userinfo': 'The callback must not contain a user name or password before the host.',
  'has-fragment': 'The callback must not contain a fragment (#).',
  'plain-http': 'The callback must use https; http is accepted for this machine (localhost) only.',
};

const MAXIMUM_LENGTH = 2000;
const FORBIDDEN = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/u;
const ABSOLUTE_HTTP = /^https?:\/\/(?<authority>[^/?#]+)/iu;

/** Reads a callback URI; the accepted one comes back as browsers serialise it. @see RFC 5849 s2.1 */
export function parseCallbackUri(text: string, rules: CallbackRules = {}): CallbackReading {
  const reason = mistakeInText(text);
  if (reason !== null) return { ok: false, reason };
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return { ok: false, reason: 'malformed' };
  const isPlain = url.protocol === 'http:' && !isLoopbackHost(url.hostname);
  if (isPlain && rules.allowPlainHttp === false) return { ok: false, reason: 'plain-http' };
  return { ok: true, uri: url.href };
}

/** Whether a host, as `URL.hostname` gives it, is this machine: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/u.test(hostname)
  );
}

/**
 * Whether a callback lies within a registered one: the same scheme and host, the same port (any port on loopback,
 * where native applications listen on whichever is free), and the registered path or one below it.
 * @param uri a callback that `parseCallbackUri` accepted
 * @param registered the consumer's registered callback, accepted the same way
 */
export function callbackWithin(uri: string, registered: string): boolean {
  const sent = new URL(uri);
  const base = new URL(registered);
  if (sent.protocol !== base.protocol || sent.hostname !== base.hostname) return false;
  if (sent.port !== base.port && !isLoopbackHost(base.hostname)) return false;
  if (sent.pathname === base.pathname) return true;
  return sent.pathname.startsWith(base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`);
}

/** What can be told before parsing, while the parser has not yet thrown anything away. */
function mistakeInText(text: string): CallbackMistake | null {
  if (text === '') return 'empty';
  if (text.length > MAXIMUM_LENGTH) return 'too-long';
  if (FORBIDDEN.test(text)) return 'forbidden-character';
  const authority = ABSOLUTE_HTTP.exec(text)?.groups?.authority;
  if (authority === undefined) return 'not-absolute-http';
  if (authority.includes('@')) return 'has-userinfo';
  if (text.includes('#')) return 'has-fragment';
  return null;
}
