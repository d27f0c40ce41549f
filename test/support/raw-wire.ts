/**
 * Both ends of the wire as bytes: an upstream that records exactly what it is sent, and a client that sends exactly
 * what it is told. HTTP libraries on either side would tidy up what these tests are about.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One request as the upstream received it. */
export interface ReceivedRequest {
  readonly requestLine: string;
  /** `Name: value` lines as sent. */
  readonly headerLines: readonly string[];
  readonly body: string;
  /** All values under a name, in any case. */
  header(name: string): string[];
}

/** Writes an answer, or does something worse, when a request is complete. */
export type Answer = (request: ReceivedRequest, socket: Socket) => void;

export interface RawUpstream {
  readonly url: URL;
  /** Bytes received in all, over all connections. */
  readonly bytesReceived: number;
  readonly requests: readonly ReceivedRequest[];
  answer: Answer;
  /** Told of what stands unread on a connection, each time bytes arrive. */
  onBytes: (pending: string) => void;
  /** Told when a connection is cut in the middle of a request. */
  onAbort: () => void;
  close(): Promise<void>;
}

/** Answers `ok` and keeps the connection. */
export const answerOk: Answer = (_request, socket) => {
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
};

/** Starts an upstream on a free loopback port. Text is latin1: one character for each byte. */
export async function startRawUpstream(answer: Answer = answerOk): Promise<RawUpstream> {
  const state = {
    bytesReceived: 0,
    requests: [] as ReceivedRequest[],
    answer,
    onBytes: (_pending: string) => {},
    onAbort: () => {},
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = '';
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (pending !== '') state.onAbort();
    });
    socket.on('data', (chunk) => {
      state.bytesReceived += chunk.length;
      pending += chunk.toString('latin1');
      state.onBytes(pending);
      for (let read = readRequest(pending); read !== null; read = readRequest(pending)) {
        pending = read.rest;
        state.requests.push(read.request);
        state.answer(read.request, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: new URL(`http://127.0.0.1:${port}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

/** Sends bytes and gives everything that comes back until the other side closes (or `until` is satisfied). */
export function exchange(
  port: number,
  sent: string,
  until: (received: string) => boolean = () => false,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const finish = () => {
      socket.destroy();
      resolve(received);
    };
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (until(received)) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
    socket.write(Buffer.from(sent, 'latin1'));
  });
}

/** The status of a raw answer. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

function readRequest(text: string): { request: ReceivedRequest; rest: string } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [requestLine = '', ...headerLines] = text.slice(0, end).split('\r\n');
  const header = (name: string) =>
    headerLines
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((line) => line.slice(name.length + 1).trim());
  const framed = readBody(text.slice(end + 4), header);
  return framed === null
    ? null
    : { request: { requestLine, headerLines, body: framed.body, header }, rest: framed.rest };
}

function readBody(text: string, header: (name: string) => string[]): { body: string; rest: string } | null {
  if (header('transfer-encoding').includes('chunked')) {
    const end = text.indexOf('0\r\n\r\n');
    return end < 0 ? null : { body: dechunk(text.slice(0, end)), rest: text.slice(end + 5) };
  }
  const length = Number(header('content-length')[0] ?? 0);
  return text.length < length ? null : { body: text.slice(0, length), rest: text.slice(length) };
}

function dechunk(text: string): string {
  let body = '';
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.indexOf('\r\n', at);
    const length = Number.parseInt(text.slice(at, lineEnd), 16);
    body += text.slice(lineEnd + 2, lineEnd + 2 + length);
    at = lineEnd + 2 + length + 2;
  }
  return body;
}
