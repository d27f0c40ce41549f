import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { html } from './html.ts';
import { chooseLocale, count, differingPlaceholders, fill, fillHtml } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';

describe('the language of a page', () => {
  it('is the one that was chosen', () => {
    assert.equal(chooseLocale('ja', 'en'), 'ja');
  });

  it('is else the best of those the browser accepts', () => {
    assert.equal(chooseLocale(undefined, 'fr, en;q=0.5, ja-JP;q=0.9'), 'ja');
    assert.equal(chooseLocale('xx', 'ja;q=0, en-GB'), 'en');
  });

  it('is else English', () => {
    for (const header of [undefined, '', 'fr', '*;q=x', 'constructor'])
      assert.equal(chooseLocale(undefined, header), 'en');
  });
});

describe('sentences', () => {
  it('take texts and numbers', () => {
    assert.equal(fill('{a} of {b}{c}', { a: 'x', b: 2 }), 'x of 2{c}');
    assert.equal(count('en', { one: 'One user', other: '{n} users' }, 1), 'One user');
    assert.equal(count('en', { one: 'One user', other: '{n} users' }, 1200), '1,200 users');
  });

  it('take markup without letting anything else be markup', async () => {
    const filled = await fillHtml('<b>{name}</b> & {other}', { name: html`<i>x</i>`, other: '<script>' });
    assert.equal(String(filled), '&lt;b&gt;<i>x</i>&lt;/b&gt; &amp; &lt;script&gt;');
  });

  it('of the kit have the same placeholders in both languages', () => {
    assert.deepEqual(differingPlaceholders(kitMessages.en, kitMessages.ja), []);
  });

  it('that differ in placeholders are named', () => {
    const [a, b] = [
      { x: { one: '{n}', other: '{n}' }, y: '{a}' },
      { x: { one: '{n}', other: '{m}' }, y: '{a} {a}' },
    ];
    assert.deepEqual(differingPlaceholders(a, b), ['x.other']);
  });
});
