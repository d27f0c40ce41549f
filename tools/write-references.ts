/** Writes docs/reference/commands.md and events.md: `node tools/write-references.ts`. */
import { writeFileSync } from 'node:fs';
import { commandsPage } from './commands-page.ts';
import { eventsPage } from './events-page.ts';

const reference = new URL('../docs/reference/', import.meta.url);
writeFileSync(new URL('commands.md', reference), await commandsPage());
writeFileSync(new URL('events.md', reference), eventsPage());
