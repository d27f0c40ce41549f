/** What commands throw for reasons of their own. */

/** A command that cannot do what it was asked to, for a reason of its own. */
export class CommandRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandRefused';
  }
}

/** A command line that makes no sense as a whole: the exit code is that of wrong usage. */
export class UsageRefused extends CommandRefused {
  constructor(message: string) {
    super(message);
    this.name = 'UsageRefused';
  }
}
