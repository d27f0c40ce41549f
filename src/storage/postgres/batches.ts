/**
 * Gathers questions that come close together and sends them as one statement: those of one turn of the event loop,
 * and while all channels are busy, those that come meanwhile. So a server that is slow, or a disk that has to be
 * waited for, is asked less often and for more, and the throughput grows with the load.
 */
import type { Channel } from './channel.ts';

/** Sends a batch over a channel; gives an answer for each question, in order. */
export type SendBatch<Q, A> = (channel: Channel, batch: readonly Q[]) => Promise<readonly A[]>;

/** Longest batch: what a statement's arrays may reasonably hold. */
const MOST_AT_ONCE = 2000;

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/** Asks over one or more channels. */
export class Batches<Q, A> {
  readonly #idle: Channel[];
  readonly #channels: readonly Channel[];
  readonly #send: SendBatch<Q, A>;
  #waiting: Waiting<Q, A>[] = [];
  #isScheduled = false;
  #underWay = new Set<Promise<void>>();

  constructor(channels: readonly Channel[], send: SendBatch<Q, A>) {
    this.#channels = channels;
    this.#idle = [...channels];
    this.#send = send;
  }

  /** The question is sent after this call, never earlier: the answer knows of everything done before it. */
  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (this.#isScheduled || this.#idle.length === 0) return;
      this.#isScheduled = true;
      setImmediate(() => this.#flush());
    });
  }

  /** Answers what was asked, then closes the channels. */
  async close(): Promise<void> {
    while (this.#waiting.length > 0 || this.#underWay.size > 0) {
      this.#flush();
      await Promise.all(this.#underWay);
    }
    for (const channel of this.#channels) channel.close();
  }

  #flush(): void {
    this.#isScheduled = false;
    while (this.#waiting.length > 0) {
      const channel = this.#idle.pop();
      if (channel === undefined) return;
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      const answered = this.#answer(channel, batch).finally(() => {
        this.#underWay.delete(answered);
        this.#idle.push(channel);
        this.#flush();
      });
      this.#underWay.add(answered);
    }
  }

  async #answer(channel: Channel, batch: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.#send(
        channel,
        batch.map(({ question }) => question),
      );
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
