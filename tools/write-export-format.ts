/** Writes docs/reference/export-format.md from the table of record types: `node tools/write-export-format.ts`. */
import { writeFileSync } from 'node:fs';
import { exportFormatPage } from '../src/server/index.ts';

writeFileSync(new URL('../docs/reference/export-format.md', import.meta.url), await exportFormatPage());
