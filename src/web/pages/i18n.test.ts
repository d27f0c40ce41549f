import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { html } from './html.ts';
import { count, differingPlaceholders, fill, fillHtml } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';

const READER = { locale: 'en', region: null } as const;

describe('sentences', () => {
  it('take texts and numbers', () => {
    assert.equal(fill('{a} of {b}{c}', { a: 'x', b: 2 }), 'x of 2{c}');
    assert.equal(count(READER, { one: 'One user', other: '{n} users' }, 1), 'One user');
    assert.equal(count(READER, { one: 'One user', other: '{n} users' }, 1200), '1,200 users');
  });

  it('count as people do where the reader is', () => {
    const users = { one: 'One user', other: '{n} users' };
    assert.equal(count({ locale: 'en', region: 'DE' }, users, 1200), '1.200 users');
    assert.equal(count({ locale: 'en', region: 'IN' }, users, 120_000), '1,20,000 users');
  });

  it('stay in their order around a name that runs from right to left', () => {
    assert.equal(fill('{name} has {n} users', { name: 'לוח', n: 3 }), '\u2068לוח\u2069 has 3 users');
    assert.equal(fill('{name}', { name: 'Zoë 山田' }), 'Zoë 山田');
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
