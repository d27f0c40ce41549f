import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { MISTAKE_TEXTS } from '../../src/explain/index.ts';
import { MISTAKES_PAGES, mistakesPage } from '../../tools/mistakes-page.ts';

describe('the pages about mistakes', () => {
  for (const language of ['en', 'ja'] as const) {
    const page = readFileSync(new URL(`../../docs/${MISTAKES_PAGES[language]}`, import.meta.url), 'utf8');

    it(`say in ${language} what the program says: else run node tools/write-mistakes.ts`, () => {
      assert.equal(page, mistakesPage(language));
    });

    it(`have a part for each mistake in ${language}`, () => {
      for (const code of Object.keys(MISTAKE_TEXTS.en)) assert.ok(page.includes(`\n### ${code}\n`), code);
    });
  }
});
