/** Waits for the operator: the first SIGTERM or SIGINT asks for an orderly end, a second one ends at once. */

/** Resolves at the first signal. From then on, another one leaves with the shell's code for it. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      process.on(signal, () => {
        if (isAsked) process.exit(code);
        isAsked = true;
        resolve();
      });
    }
  });
}
