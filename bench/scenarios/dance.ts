/**
 * The whole three-legged dance through the real addresses and pages: request token, consent page, approval, access
 * token. Each step is on the disk before it is answered, so beside the rate stands how often that disk can write
 * durably at all, measured in turn in the same directory.
 */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { startGrantedInstallation } from '../../test/support/granted-installation.ts';
import { median } from '../compare.ts';
import { pin } from '../processes.ts';

const SECONDS = 2;
const AT_ONCE = 8;

/** What the database writes at a time. */
const PAGE = Buffer.alloc(4096, 1);

/** Medians of the rounds, each in a second. */
export interface DancesMeasured {
  readonly alone: number;
  readonly together: number;
  /** Appended pages that the disk acknowledged one after another. */
  readonly syncs: number;
}

/** How many took part in `together`. */
export const DANCERS = AT_ONCE;

/** All three in turn, each for two seconds. */
export async function measureDances(rounds: number): Promise<DancesMeasured> {
  const { installation, grant } = await startGrantedInstallation();
  const kinds = { alone: [] as number[], together: [] as number[], syncs: [] as number[] };
  try {
    await pin(installation.processId);
    await grant();
    for (let round = 0; round < rounds; round += 1) {
      kinds.syncs.push(syncsPerSecond(join(installation.dataDirectory, 'bench-syncs')));
      kinds.alone.push(await perSecond(1, grant));
      kinds.together.push(await perSecond(AT_ONCE, grant));
    }
  } finally {
    await installation.stop();
  }
  return { alone: median(kinds.alone), together: median(kinds.together), syncs: median(kinds.syncs) };
}

async function perSecond(dancers: number, dance: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  const until = begin + SECONDS * 1000;
  let danced = 0;
  const goOn = async () => {
    while (performance.now() < until) {
      await dance();
      danced += 1;
    }
  };
  await Promise.all(Array.from({ length: dancers }, goOn));
  return (danced * 1000) / (performance.now() - begin);
}

function syncsPerSecond(file: string): number {
  const descriptor = openSync(file, 'a');
  const begin = performance.now();
  let synced = 0;
  while (performance.now() - begin < SECONDS * 1000) {
    writeSync(descriptor, PAGE);
    fdatasyncSync(descriptor);
    synced += 1;
  }
  const took = performance.now() - begin;
  closeSync(descriptor);
  rmSync(file);
  return (synced * 1000) / took;
}
