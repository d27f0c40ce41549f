/**
 * The oldest Node that the published package promises to run on, from the npm registry: what runs on it and on the one
 * that the checkout brings runs on those between. It is kept beside the packages, outside of what npm counts.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;
const CACHE = join(ROOT, 'node_modules/.cache');

/** Its version, as `engines` has it, without the last number. */
export const OLDEST_VERSION = /^>=(\d+\.\d+)$/.exec(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } }).engines
    .node,
)![1]!;

/** Where it is, once it was fetched. */
export const OLDEST_NODE = join(CACHE, `node-${OLDEST_VERSION}`, 'bin/node');

/** Whether it is there. */
export function hasOldestNode(): boolean {
  return existsSync(OLDEST_NODE);
}

/** Fetches it. @throws when the registry cannot be reached, or has none for this machine */
export function fetchOldestNode(): void {
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, 'fetched-'));
  try {
    const name = `node-${process.platform}-${process.arch}@~${OLDEST_VERSION}`;
    execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch, name], { stdio: 'ignore' });
    const [archive = ''] = readdirSync(scratch);
    execFileSync('tar', ['-xzf', join(scratch, archive), '-C', scratch]);
    renameSync(join(scratch, 'package'), join(CACHE, `node-${OLDEST_VERSION}`));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
