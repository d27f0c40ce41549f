import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readXml } from '../../web/index.ts';
import {
  bundleUrls,
  type GadgetSpec,
  readBundleText,
  readSpecText,
  SPEC_MISTAKES,
  type SpecMistakeCode,
  SpecRefused,
  specMistakeWords,
  specNoteWords,
} from './index.ts';

const URL_OF_SPEC = 'https://weather.example/gadgets/weather.xml';

function fixture(name: string): string {
  return readFileSync(new URL(`../../../test/fixtures/gadgets/${name}.xml`, import.meta.url), 'utf8');
}

function read(xml: string): GadgetSpec {
  return readSpecText(xml, URL_OF_SPEC, (text) => readXml(text));
}

/** A spec that is whole but for what a test puts in. */
function spec({ prefs = '', module = '', content = '<Content type="html">x</Content>' } = {}): string {
  return `<Module>\n<ModulePrefs title="T">${prefs}</ModulePrefs>\n${module}\n${content}\n</Module>`;
}

describe('a gadget spec in the manner of the first years', () => {
  const weather = read(fixture('weather'));

  it('says what the directory shows, with absolute addresses', () => {
    assert.equal(weather.title, '__MSG_weather__ __UP_town__');
    assert.equal(weather.directoryTitle, 'Weather');
    assert.equal(weather.description, 'Shows "today"');
    assert.equal(weather.thumbnailUrl, 'https://weather.example/gadgets/weather.png');
    assert.equal(weather.screenshotUrl, 'https://pictures.example/weather-big.png');
    assert.equal(weather.iconUrl, 'https://weather.example/icon.png');
    assert.deepEqual(weather.categories, ['lifestyle', 'news']);
    assert.deepEqual(weather.links, [{ rel: 'canvas', href: 'https://weather.example/full' }]);
    assert.deepEqual([weather.height, weather.width, weather.isScrolling], [180, null, true]);
  });

  it('declares preferences of every datatype', () => {
    assert.deepEqual(
      weather.preferences.map(({ name, datatype, isRequired }) => [name, datatype, isRequired]),
      [
        ['town', 'string', true],
        ['unit', 'enum', false],
        ['wind', 'bool', false],
        ['places', 'list', false],
        ['last', 'hidden', false],
      ],
    );
    assert.deepEqual(weather.preferences[1]?.choices, [
      { value: 'c', displayValue: 'Celsius' },
      { value: 'f', displayValue: 'f' },
    ]);
    assert.equal(weather.preferences[0]?.urlParameter, 'where');
  });

  it('has messages at addresses and of its own', () => {
    assert.deepEqual(bundleUrls(weather), [
      'https://weather.example/gadgets/messages/ALL_ALL.xml',
      'https://weather.example/gadgets/messages/ja_ALL.xml',
    ]);
    assert.deepEqual(weather.locales[2], {
      language: 'ar',
      country: 'ALL',
      direction: 'rtl',
      messages: { weather: 'الطقس' },
      messagesUrl: null,
    });
  });

  it('is taken without what may be left out, and that is said', () => {
    assert.deepEqual(
      weather.notes.map(({ code, line }) => [code, line]),
      [
        ['optional-feature-unknown', 9],
        ['preload-ignored', 13],
      ],
    );
    assert.equal(
      specNoteWords('en', weather.notes[0]!),
      'Line 9, column 5: The optional feature “analytics” is not here; the gadget has to do without it.',
    );
    assert.deepEqual(
      weather.features.map(({ name }) => name),
      ['dynamic-height', 'setprefs'],
    );
  });
});

describe('a gadget spec in the manner of an issue tracker', () => {
  const issues = readSpecText(fixture('issues'), 'https://tracker.example/g/issues.xml', readXml);

  it('names its service, with absolute addresses and the usual method and place where it gives none', () => {
    assert.deepEqual(issues.oauthServices, [
      {
        name: 'tracker',
        request: {
          url: 'https://tracker.example/plugins/servlet/oauth/request-token',
          method: 'POST',
          paramLocation: 'uri-query',
        },
        access: {
          url: 'https://tracker.example/plugins/servlet/oauth/access-token',
          method: 'POST',
          paramLocation: 'auth-header',
        },
        authorizationUrl:
          'https://tracker.example/plugins/servlet/oauth/authorize?oauth_callback=http%3A%2F%2Fplaces',
      },
    ]);
  });

  it('has categories by its feature', () => {
    assert.deepEqual(issues.categories, ['Issues', 'Charts']);
  });

  it('has contents for views', () => {
    assert.deepEqual(
      issues.contents.map(({ views, kind, preferredHeight }) => [views, kind, preferredHeight]),
      [
        [['default', 'home'], 'html', 200],
        [['canvas'], 'html', null],
        [['canvas'], 'html', null],
        [['profile'], 'url', null],
      ],
    );
    assert.equal(issues.contents[3]?.href, 'https://tracker.example/profile.html');
  });
});

describe('a gadget spec that is not taken', () => {
  const service = (inner: string) => spec({ prefs: `<OAuth><Service name="s">${inner}</Service></OAuth>` });
  const cases: readonly (readonly [what: string, xml: string, code: SpecMistakeCode, line: number])[] = [
    ['is no XML', '<Module>\n<a></b>', 'not-xml', 2],
    ['declares an entity', `<!DOCTYPE x>${spec()}`, 'declares-types', 1],
    ['is too deep', '<a>'.repeat(100), 'too-large', 1],
    ['is something else', '<html/>', 'no-module', 1],
    ['has no ModulePrefs', '<Module/>', 'no-module-prefs', 1],
    ['has no title', '<Module>\n<ModulePrefs title=" "/></Module>', 'no-title', 2],
    ['has no content', '<Module><ModulePrefs title="T"/></Module>', 'no-content', 1],
    ['has content of another type', spec({ content: '<Content type="flash"/>' }), 'content-type-unknown', 4],
    ['has empty content', spec({ content: '<Content/>' }), 'content-empty', 4],
    ['has a page without address', spec({ content: '<Content type="url"/>' }), 'content-without-href', 4],
    [
      'has a page whose address is a script',
      spec({ content: '<Content type="url" href="javascript:alert(1)"/>' }),
      'address-invalid',
      4,
    ],
    [
      'has a page at an address with a password',
      spec({ content: '<Content type="url" href="https://listed:1337@evil.example/"/>' }),
      'address-invalid',
      4,
    ],
    [
      'has its HTML elsewhere',
      spec({ content: '<Content type="html" href="https://x.example/"/>' }),
      'content-elsewhere',
      4,
    ],
    ['is a template of a publisher', fixture('unrendered'), 'template-unrendered', 4],
    ['requires what is not here', spec({ prefs: '\n<Require feature="flash"/>' }), 'feature-unknown', 3],
    ['requires nothing by name', spec({ prefs: '<Require/>' }), 'name-missing', 2],
    ['has a preference without name', spec({ module: '<UserPref/>' }), 'name-missing', 3],
    [
      'has a preference with a wrong name',
      spec({ module: '<UserPref name="a b"/>' }),
      'preference-name-invalid',
      3,
    ],
    [
      'has a preference twice',
      spec({ module: '<UserPref name="a"/>\n<UserPref name="a"/>' }),
      'preference-twice',
      4,
    ],
    ['has another datatype', spec({ module: '<UserPref name="a" datatype="date"/>' }), 'datatype-unknown', 3],
    [
      'has an enum of nothing',
      spec({ module: '<UserPref name="a" datatype="enum"/>' }),
      'enum-without-values',
      3,
    ],
    ['has messages at no address', spec({ prefs: '<Locale messages="ftp://x/"/>' }), 'address-invalid', 2],
    ['has a wrong language', spec({ prefs: '<Locale lang="../../etc"/>' }), 'language-invalid', 2],
    ['has a service twice', spec({ prefs: '<OAuth><Service/><Service/></OAuth>' }), 'service-twice', 2],
    ['has half a service', service('<Authorization url="https://a.example/"/>'), 'service-incomplete', 2],
    ['asks for tokens by DELETE', service('<Request url="/" method="DELETE"/>'), 'method-unknown', 2],
    [
      'has parameters elsewhere',
      service('<Request url="/" param_location="cookie"/>'),
      'param-location-unknown',
      2,
    ],
    ['has too many preferences', spec({ module: '<UserPref name="a"/>'.repeat(65) }), 'too-many', 3],
    ['has too long a title', `<Module><ModulePrefs title="${'x'.repeat(300)}"/></Module>`, 'too-long', 1],
  ];

  for (const [what, xml, code, line] of cases) {
    it(`${what}: says what, where and what to do`, () => {
      assert.throws(
        () => read(xml),
        (error: SpecRefused) => {
          assert.equal(error.mistake.code, code);
          assert.equal(error.mistake.line, line);
          for (const locale of ['en', 'ja'] as const) {
            assert.doesNotMatch(specMistakeWords(locale, error.mistake), /[{}]/);
          }
          return true;
        },
      );
    });
  }

  it('is told in the reader’s language alone where it is no XML', () => {
    assert.throws(
      () => read('<Module>\n<a></b>'),
      ({ mistake }: SpecRefused) => {
        const [en, ja] = [specMistakeWords('en', mistake), specMistakeWords('ja', mistake)];
        assert.match(en, /: a closing tag does not belong to the element that is open\. Repair it/);
        assert.match(ja, /終了タグが、開いている要素のものではありません。その箇所/);
        return true;
      },
    );
  });

  it('is told by the feature’s name', () => {
    try {
      read(spec({ prefs: '\n  <Require feature="flash"/>' }));
      assert.fail('was taken');
    } catch (error) {
      assert.equal(
        specMistakeWords('en', (error as SpecRefused).mistake),
        'Line 3, column 3: The gadget requires the feature “flash”, which there is not here. If it can do without, write <Optional feature="flash"/>.',
      );
    }
  });

  it('has each of the mistakes but one among these; that one is of bundles', () => {
    const seen = new Set<string>(cases.map(([, , code]) => code));
    assert.deepEqual(
      SPEC_MISTAKES.filter((code) => !seen.has(code)),
      ['no-message-bundle'],
    );
    assert.throws(() => readBundleText('<Module/>', readXml), { message: 'no-message-bundle at 1:1' });
  });
});

describe('whatever stands at a gadget’s address', () => {
  it('is a spec or a mistake with a place', () => {
    const word = fc.constantFrom(
      'title',
      'feature',
      'name',
      'datatype',
      'enum',
      'url',
      '__proto__',
      'href',
      'lang',
    );
    const tag = fc.constantFrom(
      'UserPref',
      'Content',
      'Require',
      'Locale',
      'OAuth',
      'Service',
      'ModulePrefs',
      'msg',
    );
    const element = (depth: number): fc.Arbitrary<string> =>
      fc
        .tuple(tag, word, fc.string({ maxLength: 8 }), depth === 0 ? fc.constant([]) : parts(depth - 1))
        .map(([name, attribute, value, inner]) => {
          const quoted = value.replace(/[^\w #:/]/g, (one) => `&#${Math.max(32, one.charCodeAt(0))};`);
          return `<${name} ${attribute}="${quoted}">${inner.join('')}</${name}>`;
        });
    const parts = (depth: number): fc.Arbitrary<string[]> => fc.array(element(depth), { maxLength: 4 });
    fc.assert(
      fc.property(parts(3), fc.boolean(), (some, isWhole) => {
        const xml = isWhole
          ? spec({ prefs: some.join(''), module: some.join('') })
          : `<Module>${some.join('')}</Module>`;
        try {
          assert.ok(read(xml).title.length > 0);
        } catch (error) {
          if (!(error instanceof SpecRefused)) throw error;
          assert.ok(error.mistake.line >= 1);
          assert.ok(specMistakeWords('en', error.mistake).length > 0);
        }
      }),
      { numRuns: 400 },
    );
  });
});
