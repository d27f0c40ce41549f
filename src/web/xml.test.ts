import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readXml, XmlRefused } from './xml.ts';

describe('reading XML of strangers', () => {
  it('gives the tree, with character data and CDATA joined', () => {
    const root = readXml('<a x="1 &amp; 2">one<b/><![CDATA[ <two> ]]>&#33;</a>');
    assert.equal(root.name, 'a');
    assert.deepEqual({ ...root.attributes }, { x: '1 & 2' });
    assert.equal(root.text, 'one <two> !');
    assert.deepEqual(
      root.children.map(({ name }) => name),
      ['b'],
    );
  });

  it('says where each element stands', () => {
    const [child] = readXml('<?xml version="1.0"?>\n<a>\r\n   <b\n  c="1"/></a>').children;
    assert.deepEqual([child?.line, child?.column], [3, 4]);
  });

  for (const [what, xml, mistake] of [
    ['a document type', '<a/>\n <!DOCTYPE a>', 'declares-types'],
    ['an entity', '<!entity x "y"><a/>', 'declares-types'],
    ['an unclosed element', '<a>\n<b></a>', 'not-well-formed'],
    ['an unknown entity', '<a>&nbsp;</a>', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
    ['two roots', '<a/><b/>', 'not-well-formed'],
    ['bytes that are no UTF-8', Buffer.from([60, 97, 47, 62, 255]), 'not-utf-8'],
    ['too great a depth', '<a>'.repeat(40) + '</a>'.repeat(40), 'too-many-nodes'],
    ['too many elements', `<a>${'<b/>'.repeat(6000)}</a>`, 'too-many-nodes'],
    [
      'too many attributes',
      `<a ${Array.from({ length: 40 }, (_, i) => `x${i}="1"`).join(' ')}/>`,
      'too-many-nodes',
    ],
    ['too many bytes', `<a>${'x'.repeat(262_144)}</a>`, 'too-large'],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readXml(xml), { name: 'XmlRefused', mistake });
    });
  }

  for (const [what, xml, words] of [
    ['nothing', '', /it has no element/],
    ['text alone', 'hello', /before or behind its outermost element/],
    ['two roots', '<a/><b/>', /before or behind its outermost element/],
    ['an element without end', '<a><b>', /ends before everything/],
    ['a tag without end', '<a><b', /ends before everything/],
    ['a comment without end', '<a><!--', /ends before everything/],
    ['a tag that closes another element', '<a></secret>', /closing tag does not belong/],
    ['a bare “&”', '<a>x & y</a>', /“&” begins no reference/],
    ['an unknown entity', '<a>&nbsp;</a>', /“&” begins no reference/],
    ['a character that XML has not', '<a>&#0;</a>', /“&” begins no reference/],
    ['an attribute without quotes', '<a b=c/>', /attribute is written wrongly/],
    ['an attribute without value', '<a b/>', /attribute is written wrongly/],
    ['an attribute that stands there twice', '<a secret="1" secret="2"/>', /stands there twice/],
    ['a declaration behind a blank', ' <?xml version="1.0"?><a/>', /declaration/],
    ['a declaration without version', '<?xml encoding="UTF-8"?><a/>', /declaration/],
    ['a control character', '<a>\u0001</a>', /a character stands/],
    ['a name that begins with a digit', '<a><1/></a>', /a character stands/],
  ] as const) {
    it(`says what is wrong with ${what}, in words of its own and in both languages`, () => {
      assert.throws(
        () => readXml(xml),
        (error: XmlRefused) => {
          assert.match(error.message, words);
          assert.equal(error.message, error.words.en);
          assert.doesNotMatch(error.message, /secret/);
          assert.match(error.words.ja, /^文書が XML として正しくありません: [^a-z]*$/);
          assert.ok(error.cause instanceof Error);
          return true;
        },
      );
    });
  }

  it('says at which line and column it gave up', () => {
    assert.throws(() => readXml('<a>\n  <b></c>\n</a>'), { line: 2 });
    assert.throws(() => readXml('<a>\n  <!DOCTYPE b>\n</a>'), { line: 2, column: 3 });
    assert.throws(() => readXml('<a>&lt;\n x & y\n</a>'), { line: 2, column: 4 });
  });

  it('holds names that every object inherits like any other', () => {
    const root = readXml('<constructor __proto__="x" toString="y"/>');
    assert.equal(root.attributes.toString, 'y');
    assert.equal(Object.getOwnPropertyDescriptor(root.attributes, 'hasOwnProperty'), undefined);
  });

  it('gives a tree or refuses, whatever comes', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="',
      '">',
      '&lt;',
      '<![CDATA[',
      ']]>',
      '<?x',
      '?>',
      '<!--',
      '-->',
      'é',
      '\0',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((all) => all.join('')),
          fc.uint8Array(),
        ),
        (xml) => {
          try {
            assert.equal(typeof readXml(xml).name, 'string');
          } catch (error) {
            assert.ok(error instanceof XmlRefused);
            assert.ok(error.line >= 1 && error.column >= 1);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
