import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CHARACTER } from '../../test/support/any-character.ts';
import { baseStringUri, signatureBaseString } from './base-string.ts';
import type { Parameter } from './message.ts';
import { canonicalise, encodePercent, encodeWireBytes } from './percent-encoding.ts';

/** The RFC's own words, one after the other, without any fast path. */
function plainly(method: string, baseUri: string, parameters: readonly Parameter[]): string {
  const order = (a: string, b: string) => Number(a > b) - Number(a < b);
  const normalised = [...parameters]
    .sort((a, b) => order(a.name, b.name) || order(a.value, b.value))
    .map(({ name, value }) => [name, value].map((text) => text.split('%').join('%25')).join('%3D'))
    .join('%26');
  return [encodePercent(method.toUpperCase()), encodeWireBytes(baseUri), normalised].join('&');
}

const METHOD = 'get';
const URI = baseStringUri('https://h.example', '/a%2Fb');

function assertPlain(pairs: readonly (readonly [string, string])[]): void {
  const parameters = pairs.map(([name, value]): Parameter => ({ name, value, carrier: 'query' }));
  const given = [...parameters];
  const message = { method: METHOD, baseUri: URI, parameters };
  assert.equal(signatureBaseString(message), plainly(METHOD, URI, parameters));
  assert.deepEqual(parameters, given);
}

/** What may stand in a message: bytes, in canonical form. */
const canonical = fc
  .array(fc.oneof(fc.constantFrom(0, 0x25, 0x26, 0x3d, 0x61, 0x7e, 0xff), fc.nat(255)), { maxLength: 10 })
  .map((bytes) => canonicalise(encodeWireBytes(String.fromCharCode(...bytes)), false)!);

/** Names that begin alike for as long as the fast path looks, and go on differently, or end. */
const alike = fc
  .tuple(
    fc.constantFrom('', 'a', 'oauth_', 'oauth_c', 'oauth_cc', 'lis_person_name_', '%00%00%00'),
    canonical,
  )
  .map((parts) => parts.join(''));

describe('RFC 5849 s3.4.1.3.2 order of parameters', () => {
  it('is that of names, then values, whatever they are and however many', () => {
    const pair = fc.tuple(fc.oneof(alike, canonical), canonical);
    fc.assert(fc.property(fc.array(pair, { maxLength: 20 }), assertPlain), { numRuns: 500 });
    fc.assert(fc.property(fc.array(pair, { minLength: 60, maxLength: 70 }), assertPlain), { numRuns: 50 });
  });

  it('stays that of code units for texts that are not in canonical form', () => {
    const text = fc.oneof(
      fc.string({ unit: ANY_CHARACTER }),
      fc.constantFrom('\0', 'a\0', 'a', 'a\x7f', 'a\x80', 'é'),
    );
    fc.assert(fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), assertPlain), { numRuns: 500 });
  });

  it('tells apart what begins alike', () => {
    assertPlain([
      ['oauth_signature_method', 'b'],
      ['oauth_signature', ''],
      ['oauth_s', ''],
      ['oauth_', '2'],
      ['oauth_', '10'],
      ['oauth_signature_method', 'a'],
      ['', ''],
    ]);
  });
});
