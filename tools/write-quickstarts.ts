/** Writes docs/guide/quickstarts.md from the programs: `node tools/write-quickstarts.ts`. */
import { writeFileSync } from 'node:fs';
import { QUICKSTARTS_PAGE, quickstartsPage } from './quickstarts-page.ts';

writeFileSync(new URL(`../docs/${QUICKSTARTS_PAGE}`, import.meta.url), quickstartsPage());
