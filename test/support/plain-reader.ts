/**
 * RFC 5849 s3.4.1 and s3.5 once more, as slowly and plainly as they read, on nothing but text whose characters are bytes.
 * It shares no line with what it is compared with, and knows nothing of how that is made fast.
 */

/** A parameter as it is meant. */
export interface PlainParameter {
  readonly name: string;
  readonly value: string;
}

/** How a byte is written where it could be written in several ways: as it is if possible, escaped, or now so, now so. */
export type Spelling = 'short' | 'canonical' | 'escaped' | 'mixed';

const UNRESERVED = /^[A-Za-z0-9._~-]$/;

function escaped(character: string, isUpper: boolean): string {
  const digits = character.charCodeAt(0).toString(16).padStart(2, '0');
  return `%${isUpper ? digits.toUpperCase() : digits}`;
}

function encoded(text: string): string {
  return Array.from(text, (one) => (UNRESERVED.test(one) ? one : escaped(one, true))).join('');
}

function spelt(text: string, spelling: Spelling, mayStand: RegExp): string {
  return Array.from(text, (one, at) => {
    const isUnreserved = UNRESERVED.test(one);
    if (spelling === 'escaped' || (spelling === 'mixed' && at % 3 === 0)) return escaped(one, at % 2 === 0);
    return isUnreserved || (spelling === 'short' && mayStand.test(one)) ? one : escaped(one, true);
  }).join('');
}

/** Parameters as a query or a form. */
export function asForm(parameters: readonly PlainParameter[], spelling: Spelling): string {
  return parameters
    .map(({ name, value }) => {
      const equals = value === '' && name !== '' && spelling === 'short' ? '' : '=';
      return spelt(name, spelling, /[^&=%+]/) + equals + spelt(value, spelling, /[^&%+]/);
    })
    .join('&');
}

/** Parameters as an Authorization header, with a realm in the middle. */
export function asHeader(parameters: readonly PlainParameter[], spelling: Spelling): string {
  const elements = parameters.map(
    ({ name, value }) =>
      `${spelt(name, spelling, /[^\0-\x20\x7f-\xff%"=,]/)}="${spelt(value, spelling, /[^%"\\]/)}"`,
  );
  elements.splice(elements.length / 2, 0, 'realm="Photos %\xff"');
  return `OAuth ${elements.join(spelling === 'short' ? ',' : ' ,\t')}`;
}

/** The text that is signed. */
export function plainlySigned(
  method: string,
  baseUri: string,
  parameters: readonly PlainParameter[],
): string {
  const pairs = parameters
    .filter(({ name }) => name !== 'oauth_signature')
    .map(({ name, value }) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)));
  const normalised = pairs.map((pair) => pair.join('=')).join('&');
  return [method, baseUri, normalised].map(encoded).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Why these parameters must not be accepted together; null where nothing speaks against them. */
export function plainRefusal(
  parameters: readonly PlainParameter[],
  known: readonly string[],
): 'repeated' | 'unreadable' | null {
  const ours = parameters.filter(({ name }) => name.startsWith('oauth_'));
  if (ours.some(({ name, value }) => known.includes(name) && plainValue(value) === null)) return 'unreadable';
  return new Set(ours.map(({ name }) => name)).size < ours.length ? 'repeated' : null;
}

/** What the value of a protocol parameter says; null for what none may be. */
export function plainValue(value: string): string | null {
  const bytes = Buffer.from(value, 'latin1');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes) || text.length > 4096) return null;
  return /[\0-\x1f\x7f-\x9f]/.test(text) ? null : text;
}
