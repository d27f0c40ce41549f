/**
 * Kills a command of the real program again and again, at moments spread over the time that it takes when it is left
 * alone. No moment is a fixed number of milliseconds, which on a quicker machine would come after the end of each run.
 */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { endChild, PROGRAM } from './countersign.ts';

/** The share of a run in which the program gets ready to work. */
const GETTING_READY = 0.3;

/** Multiples of it, less what is whole, are spread evenly, however many there are. */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** Runs of one command, each of which is killed at another moment. */
export class Kills {
  /** How long a run takes at most that nobody kills, in milliseconds. */
  #span: number;
  #tries = 0;
  #killed = 0;

  private constructor(span: number) {
    this.#span = span;
  }

  /** @param undisturbed does once, to its end, what is to be killed */
  static async within(undisturbed: () => Promise<unknown>): Promise<Kills> {
    const began = performance.now();
    await undisturbed();
    return new Kills(performance.now() - began);
  }

  /** How many runs did not come to their end. */
  get killed(): number {
    return this.#killed;
  }

  /** Starts `countersign` with these arguments, and kills it unless it has ended by then: then the next are killed earlier. */
  async strike(args: readonly string[]): Promise<void> {
    this.#tries += 1;
    const share = GETTING_READY + (1 - GETTING_READY) * ((this.#tries * GOLDEN_RATIO) % 1);
    const began = performance.now();
    const child = spawn(PROGRAM, args, { stdio: 'ignore' });
    const ended = new Promise<'ended'>((resolve) => child.once('exit', () => resolve('ended')));
    const late = new AbortController();
    const killed = pause(share * this.#span, 'killed' as const, { signal: late.signal });
    const outcome = await Promise.race([ended, killed]);
    late.abort();
    await endChild(child, 'SIGKILL');
    if (outcome === 'killed') this.#killed += 1;
    else this.#span = Math.min(this.#span, performance.now() - began);
  }
}
