/** Hostile load on a server while something else is measured beside it; what it consists of is in the worker. */
import { once } from 'node:events';
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
  /** Ends it. */
  stop(): Promise<void>;
}

/** Begins it; it is under way as soon as its first connection is. */
export async function startHostileLoad(attack: Attack, port: number): Promise<HostileLoad> {
  const worker = new Worker(new URL('./hostile-worker.ts', import.meta.url), {
    workerData: { attack, port },
  });
  const ended = once(worker, 'exit');
  await once(worker, 'message');
  return {
    async stop() {
      worker.postMessage('stop');
      await ended;
    },
  };
}
