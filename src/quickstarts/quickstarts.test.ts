import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QUICKSTART_WORDS, QUICKSTARTS, quickstartLanguage } from './index.ts';

const FACTS = { publicUrl: 'https://tracker.example.com/a', consumerKey: 'wiki' };

describe('the quickstarts', () => {
  for (const [language, { code }] of Object.entries(QUICKSTARTS)) {
    it(`sign in ${language} by the credential that the consumer has, and by no other`, () => {
      const [secret, key] = (['shared-secret', 'public-key'] as const).map((credential) =>
        code({ ...FACTS, credential }),
      );
      assert.match(secret ?? '', /CONSUMER_SECRET/);
      assert.doesNotMatch(secret ?? '', /private-key\.pem|RSA/);
      assert.match(key ?? '', /private-key\.pem/);
      assert.doesNotMatch(key ?? '', /CONSUMER_SECRET|HMAC/);
    });

    it(`have in ${language} the consumer’s key and the public URL`, () => {
      const text = code({ ...FACTS, credential: 'shared-secret' });
      assert.match(text, /["']wiki["']/);
      assert.match(text, /["']https:\/\/tracker\.example\.com\/a["']/);
      assert.doesNotMatch(text, /undefined|\[object|\s\n$/);
    });
  }

  it('let no key out of its literal', () => {
    const consumerKey = `it's "\\`;
    const literals = { shell: `'it'\\''s "\\'`, python: `"it's \\"\\\\"`, perl: `'it\\'s "\\\\'` };
    for (const [language, literal] of Object.entries(literals)) {
      const text = QUICKSTARTS[quickstartLanguage(language)].code({
        ...FACTS,
        consumerKey,
        credential: 'public-key',
      });
      assert.ok(text.includes(literal), text);
    }
  });

  it('begin with the first language where another one is asked for that there is not', () => {
    for (const text of [null, '', 'cobol', 'constructor']) assert.equal(quickstartLanguage(text), 'shell');
    assert.equal(quickstartLanguage('ruby'), 'ruby');
  });

  it('say the same things in both languages', () => {
    const [en, ja] = [QUICKSTART_WORDS.en, QUICKSTART_WORDS.ja];
    assert.deepEqual(Object.keys(en), Object.keys(ja));
    assert.match(ja.save, /\{file\}/);
  });
});
