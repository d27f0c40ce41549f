/**
 * A value that must not be seen: it prints as `[redacted]` wherever it is logged, serialised, inspected or
 * put into a template. `reveal()` is the one way to its text, so each use can be found by searching for it.
 */
import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/** Holds a secret text. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The secret itself. Never log, echo or compare it with `===`. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
