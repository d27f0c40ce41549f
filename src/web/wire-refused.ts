/**
 * A request that is refused for how it was sent, before anybody asks what it wants. Its sentence is the whole answer
 * to a program, and stands on the page that a person gets.
 */

/** A refusal with its HTTP status and one English sentence for the sender. */
export class WireRefused extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string) {
    super(reason);
    this.name = 'WireRefused';
    this.status = status;
    this.reason = reason;
  }
}
