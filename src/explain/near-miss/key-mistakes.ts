/**
 * The key of the shared-secret methods: both secrets, each encoded, with an ampersand between them that stands even
 * where there is no token secret (RFC 5849 s3.4.2). Secrets are used here and appear in nothing that is given back.
 */
import { encodePercent } from '../../oauth/index.ts';
import type { AttemptKey } from './attempt.ts';
import { pairOfSecrets } from './right-way.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

/** Texts that a client may have taken for its secrets. */
export interface KeyMaterial {
  readonly consumerSecret: string;
  readonly tokenSecret: string;
  readonly consumerKey: string;
  readonly token: string;
  /** Another secret that the record still holds; null when there is none. */
  readonly otherSecret: string | null;
}

const LINE_ENDS = ['\n', '\r\n', '\r'];
const QUOTES = ['"', "'"];

/** The mistakes that can be made with these secrets. */
export function keyMistakes(material: KeyMaterial): readonly MistakeToTry[] {
  const { consumerSecret: own, tokenSecret: token, consumerKey, otherSecret } = material;
  const pair = pairOfSecrets;
  const decorated = (change: (secret: string) => string) => [
    pair(change(own), token),
    ...(token === '' ? [] : [pair(own, change(token)), pair(change(own), change(token))]),
  ];
  return [
    key('token-secret-missing', 1, token === '' ? [] : [pair(own, '')]),
    key(
      'ampersand-missing',
      1,
      token === ''
        ? [encodePercent(own)]
        : [pair(own, '').slice(0, -1), pair(own, '').slice(0, -1) + encodePercent(token)],
    ),
    key(
      'secret-with-newline',
      1,
      LINE_ENDS.flatMap((end) => decorated((secret) => secret + end)),
    ),
    key('secret-with-blanks', 2, [
      ...decorated((secret) => `${secret} `),
      ...decorated((secret) => ` ${secret}`),
      ...decorated((secret) => `${secret}\t`),
      ...decorated((secret) => `\ufeff${secret}`),
    ]),
    key(
      'secret-trimmed',
      2,
      decorated((secret) => secret.trim()),
    ),
    key(
      'secret-quoted',
      3,
      QUOTES.flatMap((quote) => decorated((secret) => quote + secret + quote)),
    ),
    key('key-not-encoded', 1, [`${own}&${token}`]),
    key('key-encoded-twice', 2, [
      pair(encodePercent(own), encodePercent(token)),
      encodePercent(pair(own, token)),
    ]),
    key('secrets-swapped', 1, [pair(token, own)]),
    key('consumer-secret-twice', 2, [pair(own, own), ...(token === '' ? [] : [pair(token, token)])]),
    key('consumer-key-for-secret', 2, [pair(consumerKey, token)]),
    key('token-for-secret', 2, material.token === '' ? [] : [pair(own, material.token)]),
    key('secret-base64-decoded', 2, decodedKeys(own, token, 'base64')),
    key('secret-hex-decoded', 3, /^(?:[0-9a-f]{2})+$/i.test(own) ? decodedKeys(own, token, 'hex') : []),
    key('old-credential', 1, otherSecret === null ? [] : [pair(otherSecret, token)]),
  ];
}

/** The secret's bytes instead of its text, as they are and with the rest of the key behind them. */
function decodedKeys(own: string, token: string, encoding: 'base64' | 'hex'): Buffer[] {
  const bytes = Buffer.from(own, encoding);
  if (bytes.length < 4) return [];
  return [Buffer.concat([bytes, Buffer.from(`&${encodePercent(token)}`)]), bytes];
}

function key(
  code: MistakeToTry['code'],
  rank: MistakeToTry['rank'],
  keys: readonly (string | Buffer)[],
): MistakeToTry {
  const variants: Variant[] = keys.map((one) => {
    const signed: AttemptKey = { kind: 'secret', key: one };
    return { apply: (attempt) => ({ ...attempt, key: signed }) };
  });
  return { code, layer: 'key', rank, variants: () => variants };
}
