import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { methodFamily } from '../oauth/index.ts';
import { fillPreset, PRESETS } from './index.ts';

describe('presets', () => {
  it('are a dozen at least, in the order of their names, each marked as read and not tried', () => {
    assert.ok(PRESETS.size >= 12);
    const names = [...PRESETS.keys()];
    assert.deepEqual(names, names.toSorted());
    for (const preset of PRESETS.values()) assert.equal(preset.source, 'documentation');
  });

  for (const preset of PRESETS.values()) {
    it(`of ${preset.name} gives addresses over https and a method that fits its credential`, () => {
      const values = { base: 'https://tracker.example/jira/' };
      const others = preset.placeholders.filter((name) => name !== 'base').map((name) => [name, 'abc']);
      const filled = fillPreset(preset, { ...values, ...Object.fromEntries(others) });
      const { requestTokenUrl, authorizeUrl, accessTokenUrl, baseUrl } = filled;
      const dance = [requestTokenUrl, authorizeUrl, accessTokenUrl].filter((address) => address !== '');
      const isWithoutDance = filled.twoLegged !== 'off' || filled.handEntry !== 'off';
      assert.ok(dance.length === 3 || (dance.length === 0 && isWithoutDance));
      for (const address of [...dance, baseUrl]) {
        const url = new URL(address);
        assert.equal(url.protocol, 'https:');
        assert.doesNotMatch(url.pathname, /\/\//);
        assert.doesNotMatch(address, /[{}]/);
      }
      assert.equal(methodFamily(filled.signatureMethod), filled.ownKey ? 'rsa' : 'shared-secret');
      assert.ok(preset.quirks.length > 0);
    });
  }

  it('keep their braces where nothing was given', () => {
    assert.equal(fillPreset(PRESETS.get('jira')!).baseUrl, '{base}');
    assert.equal(fillPreset(PRESETS.get('jira')!, { base: ' ' }).baseUrl, '{base}');
  });
});
