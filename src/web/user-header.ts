/**
 * Whom a reverse proxy in front names, in the header field of the settings. The field is evidence only if the very peer
 * of this connection is a listed proxy: anybody else can write it. What has two readings is refused, never guessed: a
 * field that came twice or in another spelling, which programs of the CGI family take for the same, a name with control
 * characters or bytes of an unknown encoding, none at all.
 */
import { plainFieldName } from './header-names.ts';
import { isFromListedProxy, type WireRequest } from './wire-request.ts';

/** Why what a listed proxy says cannot be used. */
export type UserHeaderFault = 'twice' | 'spelling' | 'empty' | 'nobody' | 'characters';

/** What came. */
export type UserHeaderWord =
  /** Nobody says anything, or nobody is asked. */
  | { readonly kind: 'silent' }
  /** Somebody else than a listed proxy sent the field; it counts for nothing. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unusable'; readonly fault: UserHeaderFault }
  | {
      readonly kind: 'named';
      readonly userName: string;
      /** '' for none that can be used, here and below. */
      readonly displayName: string;
      readonly email: string;
    };

const SILENT: UserHeaderWord = { kind: 'silent' };

/** Whom a proxy names; null: nobody. */
export function nameIn(word: UserHeaderWord): string | null {
  return word.kind === 'named' ? word.userName : null;
}

/** What proxies and their scripts print where nobody is logged in: Apache `(null)`, nginx's log `-`, others their language's word. */
const NOBODY = new Set(['-', '(null)', '(none)', 'null', 'nil', 'none', 'undefined', 'anonymous']);

/** Longer names are nobody's. */
const LONGEST_NAME = 255;

/** Reads the word of the proxy. */
export function readUserHeader(wire: WireRequest): UserHeaderWord {
  const { userHeaders } = wire.policy;
  if (userHeaders === null) return SILENT;
  const sent = fieldsLike(wire, userHeaders.userName);
  if (sent.length === 0) return SILENT;
  if (!isFromListedProxy(wire)) return { kind: 'ignored' };
  const fault = faultOf(sent, userHeaders.userName);
  if (fault !== null) return { kind: 'unusable', fault };
  return {
    kind: 'named',
    userName: withoutBlanks(sent[0]!.value),
    displayName: textOf(wire, userHeaders.displayName),
    email: textOf(wire, userHeaders.email),
  };
}

/** Whether a field, by its name in lower case, is one by which a proxy names people, in any spelling. */
export function isUserHeader({ policy }: WireRequest, lowerCase: string): boolean {
  const { userHeaders } = policy;
  if (userHeaders === null) return false;
  const plain = plainFieldName(lowerCase);
  return Object.values(userHeaders).some((name) => name !== null && plainFieldName(name) === plain);
}

interface SentField {
  readonly name: string;
  readonly value: string;
}

/** Every field of that name, in whatever spelling. */
function fieldsLike({ incoming: { rawHeaders } }: WireRequest, wanted: string): SentField[] {
  const plain = plainFieldName(wanted);
  const found: SentField[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    if (plainFieldName(name) === plain) found.push({ name, value: rawHeaders[i + 1]! });
  }
  return found;
}

/** Only the blanks that HTTP has around a value: a no-break space is part of a name, and makes it another one. */
function withoutBlanks(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '');
}

/** Commas: proxies join fields that came twice. */
function faultOf(sent: readonly SentField[], wanted: string): UserHeaderFault | null {
  if (sent.some(({ name }) => name !== wanted)) return 'spelling';
  const value = withoutBlanks(sent[0]!.value);
  if (sent.length > 1 || value.includes(',')) return 'twice';
  if (value === '') return 'empty';
  if (NOBODY.has(value.toLowerCase())) return 'nobody';
  return /^[\x21-\x7e]+$/.test(value) && value.length <= LONGEST_NAME ? null : 'characters';
}

/** A field that is shown only, in UTF-8 where it is not ASCII. */
function textOf(wire: WireRequest, name: string | null): string {
  const sent = name === null ? [] : fieldsLike(wire, name);
  if (sent.length !== 1) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(sent[0]!.value, 'latin1')).trim();
  } catch {
    return '';
  }
}
