/**
 * Reads an answer within its bounds. The limit counts decoded bytes while they come out of the decompressor,
 * so a small body that unfolds into gigabytes is cut off at the limit, not after it.
 */
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { OutboundRefused } from './refused.ts';
import type { OutboundAnswer } from './request.ts';

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** @throws {OutboundRefused} too-large, unreadable */
export async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Omit<OutboundAnswer, 'finalUrl'>> {
  const names = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  const flat: Record<string, string> = Object.fromEntries(names);
  const bytes = await readBounded(decoded(body, flat['content-encoding']), maxBytes);
  return { status: statusCode, headers: flat, body: bytes };
}

function decoded(body: Dispatcher.ResponseData['body'], encoding: string | undefined): AsyncIterable<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const create = DECODERS.get(name);
  if (create === undefined) {
    body.on('error', () => undefined);
    throw new OutboundRefused(
      'unreadable',
      `The answer is encoded as ${name.slice(0, 40)}, which is not accepted.`,
    );
  }
  return pipeline(body, create(), () => undefined);
}

async function readBounded(chunks: AsyncIterable<Buffer>, maxBytes: number): Promise<Uint8Array> {
  const kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes)
      throw new OutboundRefused('too-large', `The answer is larger than ${maxBytes} bytes.`);
    kept.push(chunk);
  }
  return Buffer.concat(kept, length);
}
