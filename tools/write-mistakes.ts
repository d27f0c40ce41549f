/** Writes docs/mistakes/ from the texts of the program: `node tools/write-mistakes.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Language } from '../src/explain/index.ts';
import { MISTAKES_PAGES, mistakesPage } from './mistakes-page.ts';

const docs = new URL('../docs/', import.meta.url);
mkdirSync(new URL('mistakes', docs), { recursive: true });
for (const [language, page] of Object.entries(MISTAKES_PAGES))
  writeFileSync(new URL(page, docs), mistakesPage(language as Language));
