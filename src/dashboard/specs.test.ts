import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PlacedGadget } from '../model/index.ts';
import { openSpec, shownTitle } from './specs.ts';

const GADGET = {
  specUrl: 'https://wiki.example/g.xml',
  xml: `<Module><ModulePrefs title="__MSG_title__ __UP_town__"><Locale messages="m.xml"/><Locale lang="ja" messages="ja.xml"/></ModulePrefs><UserPref name="town" default_value="Bremen"/><Content type="html">x</Content></Module>`,
  bundles: {
    'https://wiki.example/m.xml': '<messagebundle><msg name="title">Weather in</msg></messagebundle>',
    'https://wiki.example/ja.xml': '<messagebundle><msg name="title">天気</msg></messagebundle>',
  },
};

const PLACED: PlacedGadget = {
  id: 'm1',
  specUrl: GADGET.specUrl,
  column: 0,
  color: 'blue',
  preferences: {},
  isMinimised: false,
  title: null,
  refreshSeconds: null,
};

describe('what a gadget on a dashboard is called', () => {
  it('is its spec’s title, in the language asked for, with its preferences', () => {
    const read = openSpec(GADGET);
    assert.equal(shownTitle(PLACED, read, 'en'), 'Weather in Bremen');
    assert.equal(shownTitle({ ...PLACED, preferences: { town: 'Kyōto' } }, read, 'ja'), '天気 Kyōto');
  });

  it('is what its owner calls it, if that was said', () => {
    assert.equal(shownTitle({ ...PLACED, title: 'Mine' }, openSpec(GADGET), 'ja'), 'Mine');
  });
});

describe('a spec', () => {
  it('is read once, as long as nothing of it changes', () => {
    assert.equal(openSpec(GADGET), openSpec({ ...GADGET }));
    assert.notEqual(openSpec(GADGET), openSpec({ ...GADGET, bundles: {} }));
  });
});
