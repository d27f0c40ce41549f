import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { SETTINGS, settingsReferencePage } from './index.ts';

describe('reference page of the settings', () => {
  it('is up to date (if not: node tools/write-settings-reference.ts)', () => {
    const page = new URL('../../docs/reference/settings.md', import.meta.url);
    assert.equal(readFileSync(page, 'utf8'), settingsReferencePage());
  });

  it('tells every setting in all three forms', () => {
    const page = settingsReferencePage();
    for (const { flag, variable, name } of SETTINGS) {
      for (const form of [`## ${name}\n`, `\`${flag} `, `\`${variable}\``, `\`${name}: `])
        assert.ok(page.includes(form), form);
    }
  });
});
