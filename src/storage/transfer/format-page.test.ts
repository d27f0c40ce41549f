import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { exportFormatPage } from './format-page.ts';

describe('the reference page of the export format', () => {
  it('is what tools/write-export-format.ts writes', () => {
    const page = readFileSync(new URL('../../../docs/reference/export-format.md', import.meta.url), 'utf8');
    assert.equal(page, exportFormatPage());
  });
});
