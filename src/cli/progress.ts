/** Progress of long work: one line that is written over, on stderr, only for people at a terminal. */

/** Tells how far the work is; an end without a total is not known yet. */
export type ProgressListener = (done: number, of?: number) => void;

/** Numbers come many times a second; eyes do not. */
const INTERVAL_MS = 100;

/** Runs work that tells its progress, and wipes the line at its end. */
export async function withProgress<T>(
  what: string,
  work: (onProgress: ProgressListener) => Promise<T>,
  terminal: NodeJS.WriteStream = process.stderr,
): Promise<T> {
  if (!terminal.isTTY) return work(() => undefined);
  let shownAt = Number.NEGATIVE_INFINITY;
  const show: ProgressListener = (done, of) => {
    const now = performance.now();
    if (now - shownAt < INTERVAL_MS) return;
    shownAt = now;
    const share = of === undefined || of === 0 ? '' : ` of ${of} (${Math.floor((100 * done) / of)} %)`;
    terminal.write(`\r\u001b[K${what}: ${done}${share}`);
  };
  try {
    return await work(show);
  } finally {
    terminal.write('\r\u001b[K');
  }
}
