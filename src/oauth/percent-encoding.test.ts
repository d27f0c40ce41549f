import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonicalise, decodePercent, encodePercent, encodeWireBytes } from './percent-encoding.ts';
import { Problem } from './problem.ts';

describe('canonical percent-encoding', () => {
  it('brings every spelling of a byte into one', () => {
    for (const spelling of ['%2d', '%2D', '-']) assert.equal(canonicalise(spelling, true), '-');
    for (const spelling of ['%2f', '%2F', '/']) assert.equal(canonicalise(spelling, true), '%2F');
  });

  it('reads a plus as a space in queries and forms, and as a plus in the header', () => {
    assert.equal(canonicalise('a+b', true), 'a%20b');
    assert.equal(canonicalise('a+b', false), 'a%2Bb');
  });

  it('keeps bytes apart that are not UTF-8 and would decode to the same replacement character', () => {
    assert.equal(canonicalise('%ff', true), '%FF');
    assert.equal(canonicalise('%FE', true), '%FE');
    assert.equal(canonicalise('%C0%AF', true), '%C0%AF');
  });

  it('takes the characters of a wire text as bytes', () => {
    assert.equal(canonicalise(Buffer.from('é☃').toString('latin1'), true), '%C3%A9%E2%98%83');
    assert.equal(canonicalise('☃', true), null);
  });

  for (const malformed of [
    '%',
    'a%',
    '%4',
    '%zz',
    '%4g',
    '%g4',
    '%%41',
    '100%',
    '%u0041',
    '% 41',
    '%-1',
    '%`0',
    '%@0',
  ]) {
    it(`refuses the escape in ${malformed}`, () => assert.equal(canonicalise(malformed, true), null));
  }

  it('refuses a value that is not UTF-8 when text is asked for', () => {
    assert.throws(
      () => decodePercent('%FF'),
      (error) => error instanceof Problem && error.code === 'parameter_rejected',
    );
    assert.throws(() => decodePercent('%ED%A0%80'), Problem);
  });

  it('encodes what stands in a path as it is, escapes and all', () => {
    assert.equal(encodeWireBytes('/a%2fb/c'), '%2Fa%252fb%2Fc');
    assert.equal(encodeWireBytes('/\xc3\xa9!'), '%2F%C3%A9%21');
  });

  it('never fails on text, whatever it holds', () => {
    assert.equal(encodePercent('\ud800'), '%EF%BF%BD');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => decodePercent(encodePercent(text)) === text.toWellFormed(),
      ),
    );
  });

  it('is canonical: reading it again changes nothing, and different bytes never come out equal', () => {
    const bytes = fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [first, second] = [encodeWireBytes(a), encodeWireBytes(b)];
        assert.equal(canonicalise(first, true), first);
        assert.equal(first === second, a === b);
      }),
    );
  });
});
