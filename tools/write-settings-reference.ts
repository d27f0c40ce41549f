/** Writes docs/reference/settings.md from the definition of the settings: `node tools/write-settings-reference.ts`. */
import { writeFileSync } from 'node:fs';
import { settingsReferencePage } from '../src/settings/index.ts';

writeFileSync(new URL('../docs/reference/settings.md', import.meta.url), settingsReferencePage());
