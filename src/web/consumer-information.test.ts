import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ConsumerInformationRefused,
  readConsumerInformation,
  writeConsumerInformation,
} from './consumer-information.ts';

const wiki = {
  key: 'wiki:1234567890',
  name: 'Wiki & <Notes>',
  description: '"two"\nlines',
  publicKey: 'MIIB+/=',
  callback: null,
};

describe('consumer information', () => {
  it('is written on one line, in a fixed order, escaped', () => {
    assert.equal(
      writeConsumerInformation(wiki),
      '<?xml version="1.0" encoding="UTF-8"?><consumer><key>wiki:1234567890</key>' +
        '<name>Wiki &amp; &lt;Notes&gt;</name><publicKey>MIIB+/=</publicKey>' +
        '<description>&quot;two&quot;&#10;lines</description></consumer>',
    );
    assert.match(
      writeConsumerInformation({ ...wiki, callback: 'https://w.test/cb?a=1&b=2' }),
      /<\/description><callback>https:\/\/w\.test\/cb\?a=1&amp;b=2<\/callback><\/consumer>$/,
    );
  });

  it('is read as it was written', () => {
    const full = { ...wiki, name: 'ü 😀', callback: 'https://w.test/cb' };
    assert.deepEqual(readConsumerInformation(writeConsumerInformation(full)), full);
    assert.deepEqual(readConsumerInformation(new TextEncoder().encode(writeConsumerInformation(wiki))), wiki);
  });

  it('leaves out characters that XML has no way to carry', () => {
    const written = writeConsumerInformation({ ...wiki, name: 'a\u0000\u0008\ufffe\ud800b' });
    assert.equal(readConsumerInformation(written).name, 'a\ufffdb');
  });

  it('counts the first element of each name, and only children of the root', () => {
    const xml =
      '<consumer><x><key>no</key></x><key> k </key><key>second</key><name>n<b>not this</b>!</name><publicKey><![CDATA[p]]>q</publicKey></consumer>';
    assert.deepEqual(readConsumerInformation(xml), {
      key: 'k',
      name: 'n!',
      description: '',
      publicKey: 'pq',
      callback: null,
    });
  });

  const refused: [what: string, xml: string | Uint8Array][] = [
    ['a document type', '<!DOCTYPE consumer SYSTEM "file:///etc/passwd"><consumer/>'],
    ['a document type in any case', '<!doctype consumer><consumer/>'],
    ['an entity', '<!DOCTYPE c [<!ENTITY x "y">]><consumer><key>&x;</key></consumer>'],
    ['an entity nobody declared', '<consumer><key>&x;</key></consumer>'],
    ['no XML', 'hello'],
    ['nothing', ''],
    ['an unclosed element', '<consumer><key>'],
    ['another document', '<html><key>k</key><name>n</name><publicKey>p</publicKey></html>'],
    ['no key', '<consumer><name>n</name><publicKey>p</publicKey></consumer>'],
    ['no name', '<consumer><key>k</key><publicKey>p</publicKey></consumer>'],
    ['an empty public key', '<consumer><key>k</key><name>n</name><publicKey> </publicKey></consumer>'],
    ['deep nesting', `<consumer>${'<a>'.repeat(10)}${'</a>'.repeat(10)}</consumer>`],
    ['many elements', `<consumer>${'<a/>'.repeat(300)}</consumer>`],
    ['many attributes', `<consumer ${Array.from({ length: 20 }, (_, i) => `a${i}=""`).join(' ')}/>`],
    ['a large document', `<consumer>${' '.repeat(70_000)}</consumer>`],
    ['bytes that are not UTF-8', new Uint8Array([0x3c, 0x61, 0xff])],
    [
      'UTF-16, in which a document type could hide',
      new Uint8Array(Buffer.from('\ufeff<!DOCTYPE a><consumer/>', 'utf16le')),
    ],
  ];
  for (const [what, xml] of refused) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => readConsumerInformation(xml), ConsumerInformationRefused);
    });

    it(`is refused with ${what} in the words of either language`, () => {
      assert.throws(
        () => readConsumerInformation(xml),
        ({ words, message }: ConsumerInformationRefused) => {
          assert.equal(words.en, message);
          assert.doesNotMatch(words.en, /[ぁ-ん]|The document/u);
          assert.match(words.ja, /コンシューマ情報.*。$/u);
          return true;
        },
      );
    });
  }
});
