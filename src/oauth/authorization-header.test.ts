import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasOAuthScheme, readAuthorizationHeader } from './authorization-header.ts';
import { parameterBytes } from './parameter-bytes.ts';
import { Problem } from './problem.ts';

function read(header: string): [string, string][] {
  const pairs: [string, string][] = [];
  const bytes = parameterBytes(header.length, 'GET', '');
  readAuthorizationHeader(header, bytes, { take: () => pairs.push([bytes.name(), bytes.value()]) });
  return pairs;
}

function adviceFor(header: string): string {
  try {
    read(header);
  } catch (error) {
    assert.ok(error instanceof Problem);
    assert.equal(error.code, 'parameter_rejected');
    return error.particulars.advice ?? '';
  }
  return assert.fail(`accepted ${header}`);
}

describe('Authorization header', () => {
  it('knows its scheme in any case, and no other', () => {
    for (const value of ['OAuth a="b"', 'oauth a="b"', 'OAUTH\ta="b"', 'OAuth'])
      assert.ok(hasOAuthScheme(value), value);
    for (const value of ['', 'Basic b', 'OAuth2 x', 'OAut', 'Bearer OAuth', 'OAuth,a="b"']) {
      assert.ok(!hasOAuthScheme(value), value);
    }
  });

  it('reads parameters with and without blanks around commas and equals signs, and past empty elements', () => {
    const wanted = [
      ['a', '1'],
      ['b', '2'],
    ];
    for (const list of [
      'a="1",b="2"',
      'a="1", b="2"',
      'a = "1" ,\tb= "2"',
      ',a="1",,b="2",',
      '  a="1",b="2"  ',
    ]) {
      assert.deepEqual(read(`OAuth ${list}`), wanted, list);
    }
  });

  it('leaves its realm out wherever it stands, whatever is in it', () => {
    for (const list of [
      'realm="x",a="1"',
      'a="1", realm="x"',
      'realm="a=\\"1\\", b",a="1"',
      'realm="\\\\",a="1"',
    ]) {
      assert.deepEqual(read(`OAuth ${list}`), [['a', '1']], list);
    }
  });

  it('takes base64 that was not percent-encoded, plus and all', () => {
    assert.deepEqual(read('OAuth s="a+b/c=="'), [['s', 'a%2Bb%2Fc%3D%3D']]);
    assert.deepEqual(read('OAuth s="a%2Bb%2fc%3D%3d"'), [['s', 'a%2Bb%2Fc%3D%3D']]);
  });

  it('decodes names as well as values', () => {
    assert.deepEqual(read('OAuth oauth%5Ftoken="%41"'), [['oauth_token', 'A']]);
  });

  it('reads an empty list as no parameters', () => {
    for (const header of ['OAuth', 'OAuth ', 'OAuth ,, ']) assert.deepEqual(read(header), []);
  });

  const malformed: readonly [string, RegExp][] = [
    ['a', /name="value"/],
    ['a=', /double quotes/],
    ['a=1', /double quotes/],
    ['="1"', /name="value"/],
    ['"a"="1"', /name="value"/],
    ['a="1', /closing quote/],
    ['a="1\\"', /closing quote/],
    ['a="1" b="2"', /commas/],
    ['a="1"b="2"', /commas/],
    ['a="1";b="2"', /commas/],
    ['a="%zz"', /percent-encoded/],
    ['a="%"', /percent-encoded/],
    ['a="x\\"y"', /percent-encoded/],
    ['a="x\\\\"', /percent-encoded/],
    ['%4="1"', /hexadecimal/],
    ['a b="1"', /name="value"/],
    ['realm="x", realm="y"', /realm/],
  ];
  for (const [list, advice] of malformed) {
    it(`refuses ${list} and says why`, () => assert.match(adviceFor(`OAuth ${list}`), advice));
  }

  it('is read alike however its parts are set apart: what is written closely takes a shorter way', () => {
    const piece = fc.array(
      fc.oneof(
        fc.constantFrom(
          'a',
          'oauth_token',
          'realm',
          '%',
          '%2',
          '%2F',
          '%2f',
          '%61',
          '%ff',
          '%FF',
          '~',
          '+',
          '=',
        ),
        fc.constantFrom('\\', ',', ' ', '\t', "'", '!', '\0', '\x7f', '\xe9', 'é', '\u20ac'),
      ),
      { maxLength: 4 },
    );
    const element = fc.tuple(piece, piece).map((pair) => pair.map((parts) => parts.join('')));
    const outcome = (elements: readonly string[][], equals: string, comma: string) => {
      const list = elements.map(([name, value]) => `${name}${equals}"${value}"`).join(comma);
      try {
        return read(`OAuth ${list}`);
      } catch (error) {
        assert.ok(error instanceof Problem);
        return error.particulars;
      }
    };
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), (elements) => {
        assert.deepEqual(outcome(elements, '=', ','), outcome(elements, '\t=\t', '\t,\t'));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to its length', () => {
    const hostile = [
      (n: number) => `OAuth ${'a="\\"'.repeat(n)}`,
      (n: number) => `OAuth realm="${'\\'.repeat(4 * n)}`,
      (n: number) => `OAuth ${','.repeat(4 * n)}a`,
      (n: number) => `OAuth a${' '.repeat(4 * n)}`,
      (n: number) => `OAuth ${'a="1",'.repeat(n)}`,
      (n: number) => `OAuth realm="${'\\\\"'.repeat(n)}"`,
    ];
    for (const make of hostile) {
      const header = make(500_000);
      const started = performance.now();
      try {
        readAuthorizationHeader(header, parameterBytes(header.length, 'GET', ''), { take: () => {} });
      } catch (error) {
        assert.ok(error instanceof Problem);
      }
      // Two million characters: a quadratic reader would need minutes.
      assert.ok(performance.now() - started < 5000);
    }
  });
});
