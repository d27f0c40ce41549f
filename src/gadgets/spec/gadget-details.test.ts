import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CHARACTER } from '../../../test/support/any-character.ts';
import { readXml } from '../../web/index.ts';
import { contentFor, gadgetDetails, readPinnedGadget, substitute, substitutionsFor } from './index.ts';

const BUNDLE = (words: string) => `<messagebundle>${words}</messagebundle>`;

const weather = readPinnedGadget(
  {
    specUrl: 'https://weather.example/gadgets/weather.xml',
    xml: readFileSync(new URL('../../../test/fixtures/gadgets/weather.xml', import.meta.url), 'utf8'),
    bundles: {
      'https://weather.example/gadgets/messages/ALL_ALL.xml': BUNDLE(
        '<msg name="weather">Weather in</msg><msg name="town"> Town </msg>',
      ),
      'https://weather.example/gadgets/messages/ja_ALL.xml': BUNDLE('<msg name="weather">天気:</msg>'),
    },
  },
  readXml,
);

const shown = (more: Partial<Parameters<typeof substitutionsFor>[1]> = {}) => ({
  bundles: weather.bundles,
  language: 'en',
  ...more,
});

describe('a gadget as a person is shown it', () => {
  it('speaks their language, and that of all for what is missing in it', () => {
    const details = gadgetDetails(weather.spec, shown({ language: 'ja', preferences: { town: '京都' } }));
    assert.equal(details.title, '天気: 京都');
    assert.equal(details.preferences[0]?.displayName, 'Town');
    assert.equal(gadgetDetails(weather.spec, shown({ language: 'fr' })).title, 'Weather in Bremen');
  });

  it('leads from its title to an address made of preferences', () => {
    const details = gadgetDetails(weather.spec, shown({ preferences: { town: 'a&b=c' } }));
    assert.equal(details.titleUrl, 'https://weather.example/?q=a%26b%3Dc');
  });

  it('takes only preferences that are declared and fit', () => {
    const kept = {
      town: '',
      unit: 'kelvin',
      wind: 'maybe',
      places: 'x'.repeat(9000),
      constructor: 'x',
      other: 'y',
    };
    const { preferences } = substitutionsFor(weather.spec, shown({ preferences: kept }));
    assert.deepEqual(preferences, { town: '', unit: 'c', wind: 'true', places: 'Bremen|Kyoto', last: '' });
  });

  it('has a number of its own on the page, as scripts expect it', () => {
    const numberOf = (moduleId: string) =>
      substitute('__MODULE_ID__', substitutionsFor(weather.spec, shown({ moduleId })), 'html');
    assert.match(numberOf('m1'), /^[1-9]\d*$/);
    assert.notEqual(numberOf('m1'), numberOf('m2'));
  });

  it('is read from left to right or from right to left', () => {
    const text = '__BIDI_START_EDGE__ __BIDI_END_EDGE__ __BIDI_DIR__ __BIDI_REVERSE_DIR__ __MODULE_ID__';
    const arabic = substitutionsFor(weather.spec, shown({ language: 'ar', moduleId: 'm1' }));
    assert.match(substitute(text, arabic, 'html'), /^right left rtl ltr \d+$/);
    assert.match(
      substitute(text, substitutionsFor(weather.spec, shown()), 'html'),
      /^left right ltr rtl \d+$/,
    );
  });

  it('stays of a size that can be served, however often a short spec names a long message', () => {
    const long = { ...substitutionsFor(weather.spec, shown()), messages: { m: 'x'.repeat(8000) } };
    const text = '__MSG_m__'.repeat(20_000);
    assert.ok(substitute(text, long, 'html').length <= 1_048_576);
    assert.ok(substitute(text, long, 'text').length <= 16_384);
    const quotes = { ...long, preferences: { p: '"'.repeat(8000) } };
    assert.ok(substitute('__UP_p__'.repeat(20_000), quotes, 'html').length <= 1_048_576);
  });

  it('shows the view that is wished, else the usual one; HTML of one view is put together', () => {
    const { spec } = readPinnedGadget(
      {
        specUrl: 'https://tracker.example/g.xml',
        xml: readFileSync(new URL('../../../test/fixtures/gadgets/issues.xml', import.meta.url), 'utf8'),
        bundles: {},
      },
      readXml,
    );
    assert.equal(contentFor(spec, 'home').html, '<p id="list"></p>');
    assert.equal(contentFor(spec, 'nowhere').html, '<p id="list"></p>');
    assert.equal(contentFor(spec, 'canvas').html, '<h1>All</h1>\n<p id="list"></p>');
    assert.equal(contentFor(spec, 'profile').href, 'https://tracker.example/profile.html');
  });
});

describe('what a person wrote into a preference', () => {
  const put = (text: string, town: string) =>
    substitute(text, substitutionsFor(weather.spec, shown({ preferences: { town } })), 'html');

  it('is text in HTML', () => {
    assert.equal(put('<b>__UP_town__</b>', '<img src=x>'), '<b>&#60;img src=x&#62;</b>');
  });

  it('ends no attribute and no string of a script, also by a backslash before the quote', () => {
    assert.equal(
      put(`a="__UP_town__",b='__UP_town__'`, `\\"';`),
      `a="&#92;&#34;&#39;&#59;",b='&#92;&#34;&#39;&#59;'`,
    );
  });

  it('calls nothing where a script has it bare', () => {
    for (const value of [
      'alert(1)',
      'alert`1`',
      '1;x',
      '[x]',
      '{x}',
      'a+b',
      '</script>',
      'a\nb',
      'a\u2028b',
    ]) {
      assert.doesNotMatch(put('__UP_town__', value).replaceAll(/&#\d+;/g, ''), /[^\w ,=/-]/, value);
    }
  });

  it('is no address of a script, however it is spelt', () => {
    for (const value of [
      'javascript:alert',
      ' \tJaVaScRiPt:x',
      'java\nscript:x',
      'java\tscript\r:x',
      '\u0001javascript:x',
    ]) {
      assert.match(put('__UP_town__', value), /^#/, JSON.stringify(value));
    }
    assert.equal(put('__UP_town__', 'https://x.example/?a=b'), 'https://x.example/?a=b');
  });

  it('is not looked through for placeholders again', () => {
    assert.equal(put('__UP_town__', '__MODULE_ID____MSG_weather__'), '__MODULE_ID____MSG_weather__');
  });

  it('never holds anything that markup or scripts could begin or end with', () => {
    fc.assert(
      fc.property(fc.string({ unit: ANY_CHARACTER, maxLength: 40 }), (value) => {
        const bare = put('__UP_town__', value).replaceAll(/&#\d+;/g, '');
        assert.doesNotMatch(bare, /[<>&"'`\\(){}[\];+*!|^\r\n\u2028\u2029\0]/);
      }),
    );
  });
});
