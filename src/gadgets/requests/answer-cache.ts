/**
 * Answers that several gadgets, or one gadget again and again, may be given without asking for them anew: only those
 * to GET requests that carry nothing of anybody. How old an answer may be is for the asker to say.
 */

/** An answer that may be kept. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const MOST_ANSWERS = 500;
const MOST_BYTES = 16_777_216;

/** Keeps answers by what was asked. */
export class AnswerCache {
  readonly #answers = new Map<string, { readonly answer: KeptAnswer; readonly at: number }>();
  #bytes = 0;

  /** An answer that is not older; null when there is none. @param now seconds since 1970 */
  find(asked: string, maxAgeSeconds: number, now: number): KeptAnswer | null {
    const kept = this.#answers.get(asked);
    return kept !== undefined && now - kept.at < maxAgeSeconds && now >= kept.at ? kept.answer : null;
  }

  /** Keeps an answer; the oldest ones make room. */
  keep(asked: string, answer: KeptAnswer, now: number): void {
    this.#drop(asked);
    this.#answers.set(asked, { answer, at: now });
    this.#bytes += answer.body.length;
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MOST_ANSWERS && this.#bytes <= MOST_BYTES) break;
      this.#drop(oldest);
    }
  }

  #drop(asked: string): void {
    this.#bytes -= this.#answers.get(asked)?.answer.body.length ?? 0;
    this.#answers.delete(asked);
  }
}
