import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../test/support/administration-pages.ts';
import { administrationRoutes } from './index.ts';

const MOST_BYTES = 50_000;

/** Every page that opens without naming a record, and those for everybody. */
const PATHS = [
  ...administrationRoutes({} as never)
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path),
  '/',
  '/oauth/account',
  '/oauth/connections',
  '/oauth/problems',
  '/oauth/search',
  '/oauth/tools/signature',
  '/oauth/users/access-tokens',
];

describe('the stylesheets and scripts of a page', () => {
  let world: AdministrationPagesWorld;
  before(async () => {
    world = await openAdministration();
  });

  /** Bytes of a file and of all that it imports, now or when it is needed. */
  async function weigh(file: string, weighed: Map<string, number>): Promise<void> {
    if (weighed.has(file)) return;
    const text = await (await world.root.get(file)).text();
    weighed.set(file, Buffer.byteLength(text));
    for (const [, name] of text.matchAll(/(?:from |import\()'\.\/([\w.-]+\.js)'/g))
      await weigh(`/oauth/assets/${name}`, weighed);
  }

  it(`stay under ${MOST_BYTES} bytes together, uncompressed, on every page`, async () => {
    const kinds = new Set<string>();
    for (const path of PATHS) {
      const page = await (await world.root.get(path)).text();
      const weighed = new Map<string, number>();
      for (const [, file] of page.matchAll(/(?:href|src)="(\/oauth\/assets\/[^"]+\.(?:css|js))"/g))
        await weigh(file!, weighed);
      for (const file of weighed.keys()) kinds.add(file.split(/[/.]/)[3]!);
      const bytes = weighed.values().reduce((sum, one) => sum + one, 0);
      assert.ok(bytes < MOST_BYTES, `${path}: ${bytes} bytes in ${[...weighed.keys()].join(', ')}`);
    }
    for (const kind of ['pages', 'palette', 'signature', 'signature-page', 'usage'])
      assert.ok(kinds.has(kind), kind);
  });
});
