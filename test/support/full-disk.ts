/**
 * A small disk of its own that can be filled to the last byte: a tmpfs where mounting is allowed. Where it is not,
 * every call of the process that needs room is made to fail as on a full disk.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attached, attachStrace } from './strace.ts';

/** A directory on a disk that can be full. */
export interface SmallDisk {
  readonly directory: string;
  /** Whether it is really a disk of its own. */
  readonly isMounted: boolean;
  fill(processId: number): Promise<void>;
  empty(): Promise<void>;
  remove(): void;
}

/** Makes it, of so many MiB. */
export function makeSmallDisk(megabytes: number): SmallDisk {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-disk-'));
  const mount = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory];
  const isMounted = spawnSync('mount', mount, { stdio: 'ignore' }).status === 0;
  const ballast = join(directory, 'ballast');
  let failing: Attached | null = null;
  return {
    directory,
    isMounted,
    async fill(processId) {
      if (isMounted) fillWith(ballast);
      else {
        const calls = 'pwrite64,write,ftruncate,fallocate,openat';
        const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=ENOSPC`, '-o', '/dev/null'];
        failing = await attachStrace(processId, ['-P', directory, ...inject]);
      }
    },
    async empty() {
      rmSync(ballast, { force: true });
      await failing?.detach();
      failing = null;
    },
    remove() {
      if (isMounted) spawnSync('umount', [directory], { stdio: 'ignore' });
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Writes until there is no room for one more byte. */
function fillWith(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let size = 65_536; size >= 1; ) {
      try {
        writeSync(descriptor, Buffer.alloc(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
