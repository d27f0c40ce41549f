/** Tells what the real program reads: modules of ours, and packages. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as turn } from 'node:timers/promises';
import type { Environment } from './stores.ts';

/** Modules of ours as `src/oauth`, packages as `kysely`. */
export type Parts = ReadonlySet<string>;

/** @param run runs the program in an environment, on a data directory of its own, to its end */
export async function partsRead(
  run: (environment: Environment) => Promise<unknown>,
): Promise<{ untilReady: Parts; untilEnd: Parts }> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-parts-'));
  const list = join(directory, 'modules');
  try {
    await run({
      NODE_OPTIONS: `--import ${new URL('./note-modules.ts', import.meta.url).href}`,
      MODULES_READ: list,
      COUNTERSIGN_DATA: join(directory, 'data'),
    });
    const modules = (await readFile(list, 'utf8')).split('\n');
    const ready = modules.indexOf('ready');
    return { untilReady: partsOf(modules.slice(0, Math.max(ready, 0))), untilEnd: partsOf(modules) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Waits until a program that runs in this environment has read the part. */
export async function untilRead(environment: Environment, part: string): Promise<void> {
  while (!partsOf((await readFile(environment.MODULES_READ!, 'utf8')).split('\n')).has(part)) await turn(20);
}

function partsOf(urls: readonly string[]): Parts {
  const found = urls.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)|.*\/(src\/[^/]+)/.exec(url));
  return new Set(found.flatMap((match) => match?.[1] ?? match?.[2] ?? []));
}
