/**
 * How many requests of one user may be on their way at the same time. Connections to a provider are few: whoever asks
 * for slow answers, or leaves them unread, must not take all of them from everybody else.
 */
import { ProxyRefused } from './proxy-refused.ts';

/** Requests of one user on their way. */
const MOST_AT_ONCE = 16;

/** Counts the requests that are under way, by user. */
export class Turns {
  readonly #underWay = new Map<string, number>();

  /** Does the work, which counts until it is done. @throws {ProxyRefused} too-many-at-once */
  async take(userName: string, work: () => Promise<void>): Promise<void> {
    const count = this.#underWay.get(userName) ?? 0;
    if (count >= MOST_AT_ONCE) {
      const message = `At most ${MOST_AT_ONCE} requests of a user are carried at the same time. Send this one again.`;
      throw new ProxyRefused(429, 'too-many-at-once', message);
    }
    this.#underWay.set(userName, count + 1);
    try {
      await work();
    } finally {
      this.#leave(userName);
    }
  }

  #leave(userName: string): void {
    const left = (this.#underWay.get(userName) ?? 1) - 1;
    if (left === 0) this.#underWay.delete(userName);
    else this.#underWay.set(userName, left);
  }
}
