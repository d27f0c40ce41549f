/** What keeps the server, or a command, from starting: told in one line that says what to do. */

/** The program cannot start as it was asked to. */
export class StartRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartRefused';
  }
}

/** The code of a system error (`EADDRINUSE`, `EACCES`, …), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
