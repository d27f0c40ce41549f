/**
 * A load generator on raw sockets: sends requests that were prepared as bytes, one at a time on each connection, and
 * reads answers just far enough to know where they end. It costs the client little, so the server is what is measured.
 */
import { connect, type Socket } from 'node:net';

/** What a run of requests gave. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Answers by status code. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The shortest latency in milliseconds. */
  readonly fastestMs: number;
  /** Latency in milliseconds below which half, and 99 of 100, of the answers stayed. */
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** Sends each of the prepared requests once, over so many connections. */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<LoadResult> {
  const statuses = new Map<number, number>();
  const latencies = new Float64Array(requests.length);
  const queue = { next: 0 };
  const started = performance.now();
  const workers = Array.from({ length: connections }, () => work(port, requests, queue, statuses, latencies));
  await Promise.all(workers);
  const seconds = (performance.now() - started) / 1000;
  latencies.sort();
  return {
    requests: requests.length,
    seconds,
    perSecond: requests.length / seconds,
    statuses,
    fastestMs: latencies[0] ?? 0,
    medianMs: latencies[Math.floor(requests.length * 0.5)] ?? 0,
    p99Ms: latencies[Math.floor(requests.length * 0.99)] ?? 0,
  };
}

/** One connection: takes the next request as soon as its answer is whole. */
function work(
  port: number,
  requests: readonly Buffer[],
  queue: { next: number },
  statuses: Map<number, number>,
  latencies: Float64Array,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let index = -1;
  let sentAt = 0;
  let pending = '';
  const sendNext = (): void => {
    if (queue.next >= requests.length) {
      socket.end();
      resolve();
      return;
    }
    index = queue.next;
    queue.next += 1;
    sentAt = performance.now();
    socket.write(requests[index]!);
  };
  socket.on('connect', sendNext);
  socket.on('data', (chunk: Buffer) => {
    pending += chunk.toString('latin1');
    const length = answerLength(pending);
    if (length === null || pending.length < length) return;
    latencies[index] = performance.now() - sentAt;
    const status = Number(pending.slice(9, 12));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    pending = pending.slice(length);
    sendNext();
  });
  socket.on('error', reject);
  socket.on('close', () => reject(new Error(`the server closed the connection after request ${index}`)));
  return promise;
}

/** Length of the whole answer at the beginning of the text, or null while its head is not complete. */
function answerLength(text: string): number | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd).toLowerCase();
  const at = head.indexOf('\r\ncontent-length:');
  if (at >= 0) return headEnd + 4 + Number.parseInt(head.slice(at + 17), 10);
  if (head.includes('\r\ntransfer-encoding: chunked')) {
    const end = text.indexOf('\r\n0\r\n\r\n', headEnd);
    return end < 0 ? null : end + 7;
  }
  return headEnd + 4;
}
