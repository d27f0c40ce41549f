/**
 * The fence: a small file that is always durable *before* what it allows happens. It names a ceiling, and no
 * nonce above the ceiling is accepted until a higher one is on the disk. So after a power cut, which may have
 * taken any part of the journal, one thing is certain: everything ever accepted lies at or below the ceiling.
 * The floor is then raised to it. The ceiling runs a few seconds ahead of the newest timestamp, less than any
 * machine needs to boot, so honest consumers do not notice.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageUnavailable } from '../../model/index.ts';

/** What is known about the past of the journal. */
export interface FenceState {
  /** Boot of the machine in which the journal was last open; null if the system does not tell. */
  readonly bootId: string | null;
  /** Whether the journal was closed in order, with everything on the disk. */
  readonly isClean: boolean;
  /** Timestamps up to and including it are never accepted. */
  readonly floor: number;
  /** No timestamp above it was ever accepted. */
  readonly ceiling: number;
}

const FILE = 'fence.json';

/** Reads the state; null if there is none or it is not one. */
export async function readFence(directory: string): Promise<FenceState | null> {
  let text: string;
  try {
    text = await readFile(join(directory, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StorageUnavailable(`${join(directory, FILE)} cannot be read`, { cause: error });
  }
  return parseFence(text);
}

function parseFence(text: string): FenceState | null {
  try {
    const state = JSON.parse(text) as FenceState;
    return Number.isSafeInteger(state.floor) && Number.isSafeInteger(state.ceiling) ? state : null;
  } catch {
    return null;
  }
}

/** Replaces the state; when it resolves, the new one is on the disk. */
export async function writeFence(directory: string, state: FenceState): Promise<void> {
  const file = join(directory, FILE);
  try {
    const temporary = await open(`${file}.new`, 'w', 0o600);
    try {
      await temporary.writeFile(JSON.stringify(state));
      await temporary.sync();
    } finally {
      await temporary.close();
    }
    await rename(`${file}.new`, file);
    await syncDirectory(directory);
  } catch (cause) {
    throw new StorageUnavailable(`${file} cannot be written`, { cause });
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
