/**
 * Makes a port of a standard `fetch` function: for programs that use the library without the server's guarded client.
 * Redirects are handed back, not followed, and answers are cut off where the port says.
 */
import type { FetchAnswer, FetchPort, FetchRequest } from './context.ts';

/** As much of the standard `fetch` as is used. */
export type StandardFetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: Uint8Array<ArrayBuffer>;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<StandardResponse>;

interface StandardResponse {
  readonly status: number;
  readonly headers: { forEach(callback: (value: string, name: string) => void): void };
  readonly body: AsyncIterable<Uint8Array> | null;
}

const MAX_BYTES = 10_485_760;
const TIMEOUT_MS = 30_000;

/** An answer that is longer than was asked for. */
class AnswerTooLarge extends Error {
  readonly code = 'too-large';
}

/** The port over a standard `fetch`; the guarding of addresses is then the program's own affair. */
export function standardFetchPort(standard: StandardFetch): FetchPort {
  return async (url, request) => {
    const response = await standard(url, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body !== null && { body: new Uint8Array(request.body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS),
    });
    return readResponse(response, request);
  };
}

async function readResponse(response: StandardResponse, { maxBytes }: FetchRequest): Promise<FetchAnswer> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value;
  });
  const limit = maxBytes ?? MAX_BYTES;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limit) throw new AnswerTooLarge(`The answer is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return { status: response.status, headers, body: Buffer.concat(chunks, length) };
}
