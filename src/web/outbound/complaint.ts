/**
 * What a streamed refusal says, for those who have to act on it before it is handed on: its WWW-Authenticate, and its
 * body if that is a short text. Most answers are handed on untouched; a 400 or 401 is short, so what is read of it
 * ahead is bounded and put back in front of the rest.
 */
import { Readable } from 'node:stream';
import type { StreamedAnswer } from './stream.ts';

/** An answer of which the complaint was read. */
export interface ComplaintRead extends StreamedAnswer {
  /** Values of WWW-Authenticate, joined; undefined if there is none. */
  readonly challenge: string | undefined;
  /** The whole body of a refusal; undefined for other answers, and if it is long, encoded or broken off. */
  readonly text: string | undefined;
}

/** Bytes that a body of OAuth parameters never exceeds. */
const MOST_BYTES = 8192;

/** Reads the complaint of a 400 or 401. The body of what comes back is the whole one, to be read in place of the other. */
export async function readComplaint(answer: StreamedAnswer): Promise<ComplaintRead> {
  const challenges = rawHeaderValues(answer.headers, 'www-authenticate');
  const challenge = challenges.length === 0 ? undefined : challenges.join(', ');
  const isRefusal = answer.status === 400 || answer.status === 401;
  if (!isRefusal || rawHeaderValues(answer.headers, 'content-encoding').length > 0) {
    return { ...answer, challenge, text: undefined };
  }
  const { start, rest } = await readStart(answer.body);
  const body = Readable.from(joined(start, rest), { objectMode: false });
  body.once('close', () => answer.body.destroy());
  // Its failure is told by the body that stands for it, and its end without an end is none.
  answer.body.on('error', () => {});
  return { ...answer, body, challenge, text: rest === null ? Buffer.concat(start).toString() : undefined };
}

/** All values of a field. @param raw names and values alternating; @param name in lower case */
export function rawHeaderValues(raw: readonly string[], name: string): string[] {
  return raw.filter((_, i) => i % 2 === 1 && raw[i - 1]!.toLowerCase() === name);
}

/** The first parts of a body, and what comes after them: null if that was all. */
async function readStart(
  body: Readable,
): Promise<{ readonly start: Uint8Array[]; readonly rest: AsyncIterable<Uint8Array> | null }> {
  const start: Uint8Array[] = [];
  const parts: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => parts };
  try {
    for (let size = 0; size <= MOST_BYTES; size += start.at(-1)!.length) {
      const next = await parts.next();
      if (next.done === true) return { start, rest: null };
      start.push(next.value);
    }
    return { start, rest };
  } catch (error) {
    return { start, rest: brokenOff(error) };
  }
}

async function* joined(start: readonly Uint8Array[], rest: AsyncIterable<Uint8Array> | null) {
  yield* start;
  if (rest !== null) yield* rest;
}

// biome-ignore lint/correctness/useYield: it stands for a body of which nothing more comes.
async function* brokenOff(error: unknown): AsyncGenerator<Uint8Array> {
  throw error;
}
