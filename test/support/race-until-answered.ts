/** Races for what may be given once, on a machine that may be so busy that storage does not answer in time. */
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/**
 * Runs a race, and again while all of it is told to come later (503): nobody was given anything then, and nothing may be
 * lost either. Whoever is told anything else ends it.
 * @param race gives the statuses of all who took part; signs anew each time
 */
export async function raceUntilAnswered(race: () => Promise<readonly number[]>): Promise<readonly number[]> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const statuses = await race();
    if (statuses.some((status) => status !== 503) || Date.now() > end) return statuses;
    await pause(PAUSE_MS);
  }
}
