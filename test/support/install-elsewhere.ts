/** The package as it would be installed somewhere else: packed, unpacked, and beside the packages that it depends on. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;

/** Gives the directory in which it is installed. */
export function installElsewhere(): string {
  const scratch = mkdtempSync(join(tmpdir(), 'countersign-elsewhere-'));
  const packages = join(scratch, 'node_modules');
  mkdirSync(packages);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch], { cwd: ROOT });
  const [archive = ''] = readdirSync(scratch).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', join(scratch, archive), '-C', scratch]);
  renameSync(join(scratch, 'package'), join(packages, 'countersign'));
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((name) => !name.startsWith('.')))
    symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
  return scratch;
}
