/**
 * Sends a list as CSV while it is read. Its first rows are read before anything is sent, so that trouble of storage is
 * still a problem document; what breaks later breaks the answer off.
 */
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { csvHeaders, type WireRequest } from '../web/index.ts';

/** @param file the sheet's name, without `.csv` */
export async function sendSheet(
  wire: WireRequest,
  response: ServerResponse,
  file: string,
  text: AsyncGenerator<string>,
): Promise<void> {
  const first = await text.next();
  response.writeHead(200, { ...csvHeaders(file), 'X-Request-Id': wire.requestId });
  if (wire.method === 'HEAD') {
    response.end();
    await text.return(undefined);
    return;
  }
  try {
    await pipeline(async function* () {
      yield first.value ?? '';
      yield* text;
    }, response);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Whoever asked has gone away; that is no trouble. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
