/** Tells what the real program reads until its end: modules of ours, and packages. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './stores.ts';

/** What was read: modules of ours as `src/oauth`, packages as `kysely`. */
export type PartsRead = ReadonlySet<string>;

/** @param run runs the program in an environment, on a data directory of its own, to its end */
export async function partsRead(run: (environment: Environment) => Promise<unknown>): Promise<PartsRead> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-parts-'));
  const list = join(directory, 'modules');
  try {
    await run({
      NODE_OPTIONS: `--import ${new URL('./note-modules.ts', import.meta.url).href}`,
      MODULES_READ: list,
      COUNTERSIGN_DATA: join(directory, 'data'),
    });
    return new Set((await readFile(list, 'utf8')).split('\n').flatMap(partOf));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function partOf(url: string): string[] {
  const found = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)|.*\/(src\/[^/]+)/.exec(url);
  return found === null ? [] : [found[1] ?? found[2]!];
}
