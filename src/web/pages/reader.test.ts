import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseLocale, chooseRegion } from './reader.ts';

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

describe('the region of a reader', () => {
  const regions: readonly (readonly [header: string | undefined, region: string | null])[] = [
    ['en-GB,en-US;q=0.9,en;q=0.8', 'GB'],
    ['en-US,en;q=0.5', 'US'],
    ['fr;q=0.3, zh-Hant-TW', 'TW'],
    ['de,en-US;q=0.7,en;q=0.3', 'DE'],
    ['en,ja;q=0.5', 'JP'],
    ['es-419,en-US;q=0.1', 'US'],
    ['en', null],
    ['en-GB;q=0', null],
    ['*, -, e-GB, en_GB, x-GB, en-GBR', null],
    [undefined, null],
  ];
  for (const [header, region] of regions) {
    it(`is ${region} by ${header}`, () => {
      assert.equal(chooseRegion(header), region);
    });
  }
});
