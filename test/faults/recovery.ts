/** How soon a server has to be itself again when what was wrong is over, and how a test waits for it. */
import { setTimeout as pause } from 'node:timers/promises';

const PROMISED_MS = 2000;

/** A machine that is slow itself gives so many answers time, also beyond what is promised. */
const FEWEST_ANSWERS = 10;

/** Asks again and again until it is well or ought to be. Gives the last status. @param withinMs two seconds by default */
export async function statusAfterRecovery(
  ask: () => Promise<number>,
  isWell: (status: number) => boolean,
  withinMs = PROMISED_MS,
): Promise<number> {
  const end = performance.now() + withinMs;
  for (let answers = 1; ; answers += 1) {
    const status = await ask();
    if (isWell(status) || (answers >= FEWEST_ANSWERS && performance.now() > end)) return status;
    await pause(20);
  }
}
