import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatsOf } from './formats.ts';
import type { Locale } from './reader.ts';

const MOMENT = Date.UTC(2026, 10, 9, 14, 5);

/** As something reads to whoever is there; narrow blanks are blanks. */
function written(locale: Locale, region: string | null): string[] {
  const { absolute, day, number } = formatsOf({ locale, region });
  return [absolute.format(MOMENT), day.format(MOMENT), number.format(1234.5)].map((text) =>
    text.replaceAll(/\s/gu, ' '),
  );
}

describe('dates, times and numbers', () => {
  it('are written as where the reader is, in the words of the page', () => {
    assert.deepEqual(written('en', 'GB'), ['9 November 2026 at 14:05 UTC', '9 Nov 2026', '1,234.5']);
    assert.deepEqual(written('en', 'US'), ['November 9, 2026 at 02:05 PM UTC', 'Nov 9, 2026', '1,234.5']);
    assert.deepEqual(written('en', 'DE'), ['9 November 2026 at 14:05 UTC', '9 Nov 2026', '1.234,5']);
    assert.deepEqual(written('ja', 'JP'), ['2026年11月9日 14:05 UTC', '2026年11月9日', '1,234.5']);
  });

  it('are written one way where nothing tells a region, or the language has no ways of it', () => {
    assert.deepEqual(written('en', null), written('en', 'GB'));
    assert.deepEqual(written('en', 'QQ'), written('en', 'GB'));
    assert.deepEqual(written('ja', 'GB'), written('ja', 'JP'));
  });

  it('have no formats of their own for regions that requests make up', () => {
    assert.equal(formatsOf({ locale: 'en', region: 'QQ' }), formatsOf({ locale: 'en', region: null }));
  });
});
