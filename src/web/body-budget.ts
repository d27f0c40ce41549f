/**
 * How much memory all bodies together may take while they arrive. Whoever sends one need not have proved anything
 * yet, so some hundred slow senders of large forms could otherwise fill the memory of the server for minutes. The
 * first bytes of each body are free: ordinary forms and OAuth requests pass however crowded it is.
 */
import { WireRefused } from './wire-refused.ts';

/** Bytes of each body that are not counted. */
export const FREE_BODY_BYTES = 65_536;

/** Counts the bytes that are being received. */
export class BodyBudget {
  readonly #bytes: number;
  #taken = 0;

  /** @param bytes for all bodies together, beyond the free beginning of each */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** The account of one body. */
  open(): BodyAccount {
    let charged = 0;
    return {
      charge: (length) => {
        const beyond = Math.max(0, length - FREE_BODY_BYTES);
        if (beyond > charged && this.#taken + beyond - charged > this.#bytes) {
          throw new WireRefused(
            503,
            'Too many large request bodies arrive at this moment. Try again shortly.',
          );
        }
        this.#taken += beyond - charged;
        charged = beyond;
      },
      close: () => {
        this.#taken -= charged;
        charged = 0;
      },
    };
  }
}

/** What one body takes of the budget. */
export interface BodyAccount {
  /** Notes how long the body is by now. @throws {WireRefused} 503 when there is no room for that */
  charge(length: number): void;
  /** Gives everything back. */
  close(): void;
}
