/**
 * A request that is refused for how it was sent, before anybody asks what it wants. It is answered in plain
 * text, because nothing about the sender (browser, consumer) can be relied on yet.
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
