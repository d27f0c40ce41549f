import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { QUICKSTARTS_PAGE, quickstartsPage } from '../../tools/quickstarts-page.ts';
import { ROOT } from './documents.ts';

describe('the page of quickstarts', () => {
  it('shows the programs that the console shows: else run node tools/write-quickstarts.ts', () => {
    assert.equal(readFileSync(`${ROOT}docs/${QUICKSTARTS_PAGE}`, 'utf8'), quickstartsPage());
  });
});
