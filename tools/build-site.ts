/** Builds the documents as a site of static pages in `dist-docs/`: `npm run docs`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeSite } from './site/make-site.ts';

const directory = new URL('../dist-docs/', import.meta.url).pathname;
const site = makeSite();
rmSync(directory, { recursive: true, force: true });
for (const [path, content] of site) {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}
console.log(`${site.size} files in dist-docs/; open dist-docs/index.html`);
