/** What keeps a file from being written, read or put in: one sentence for each mistake, each saying what to do. */

/** A transfer that was refused, or that could not be finished. */
export class TransferRefused extends Error {
  readonly mistakes: readonly string[];

  constructor(...mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'TransferRefused';
    this.mistakes = mistakes;
  }
}
