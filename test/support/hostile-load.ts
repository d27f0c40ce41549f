/** Hostile load on a server while something else is measured beside it; what it consists of is in the worker. */
import { Worker } from 'node:worker_threads';

/** The kinds of attack. */
export const ATTACKS = [
  'slow heads',
  'slow bodies',
  'large heads',
  'large bodies',
  'connections',
  'forged requests',
  'guessed passwords',
  'readers that stop',
  'idle connections',
] as const;

export type Attack = (typeof ATTACKS)[number];

/** An attack under way. */
export interface HostileLoad {
  /** Ends it; gives how many connections it opened. */
  stop(): Promise<number>;
}

/** Begins it. */
export function startHostileLoad(attack: Attack, port: number): HostileLoad {
  const worker = new Worker(new URL('./hostile-worker.ts', import.meta.url), {
    workerData: { attack, port },
  });
  const ended = new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return {
    stop() {
      worker.postMessage('stop');
      return ended;
    },
  };
}
