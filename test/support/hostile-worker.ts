/**
 * One kind of hostile load, made in a thread of its own so that honest users beside it are not slowed down by the
 * attacker's own work. Says when its first connection is open, and goes on until it is told to stop.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Attack } from './hostile-load.ts';

const { attack, port } = workerData as { readonly attack: Attack; readonly port: number };

const HOST = `Host: 127.0.0.1:${port}\r\n`;
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n';
const POST = `POST /oauth/request-token HTTP/1.1\r\n${HOST}${FORM}`;
const FORGED =
  'Authorization: OAuth oauth_consumer_key="wiki", oauth_token="guess", oauth_signature_method="HMAC-SHA1", ' +
  'oauth_signature="AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D", oauth_nonce="n", oauth_version="1.0", oauth_timestamp=';
const LOGIN = 'username=alice&password=a+guess';

let isStopping = false;
let isUnderWay = false;

/** What is done on a connection; it goes on until the other side ends it. */
type Work = (socket: Socket) => Promise<unknown>;

/** Opens a connection, does its worst on it, and waits for its end. */
function onConnection(work: Work): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', async () => {
      if (!isUnderWay) parentPort!.postMessage('under way');
      isUnderWay = true;
      await work(socket).catch(() => undefined);
      if (isStopping) socket.destroy();
    });
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', () => isStopping && socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}

/** Keeps so many connections busy with the same. */
async function keepBusy(connections: number, work: Work) {
  const again = async () => {
    while (!isStopping) {
      await onConnection(work);
      await pause(1);
    }
  };
  await Promise.all(Array.from({ length: connections }, again));
}

/** Sends a little at a time, for as long as it is let. */
async function drip(socket: Socket, begin: string, drop: string): Promise<void> {
  socket.write(begin);
  while (!isStopping && socket.writable) {
    await pause(200);
    socket.write(drop);
  }
  socket.destroy();
}

const send = (bytes: string) => async (socket: Socket) => socket.end(bytes);
const now = () => Math.floor(Date.now() / 1000);

const ATTACKS: Readonly<Record<Attack, () => Promise<void>>> = {
  'slow heads': () => keepBusy(400, (socket) => drip(socket, `GET / HTTP/1.1\r\n${HOST}`, 'X-A: b\r\n')),
  'slow bodies': () =>
    keepBusy(200, (socket) => drip(socket, `${POST}Content-Length: 60000\r\n\r\n`, 'a=b&')),
  'large heads': () =>
    keepBusy(16, send(`GET / HTTP/1.1\r\n${HOST}${`X-A: ${'a'.repeat(20)}\r\n`.repeat(1100)}\r\n`)),
  'large bodies': () =>
    keepBusy(16, send(`${POST}Content-Length: 8000000\r\n\r\n${'a=b&'.repeat(2_000_000)}`)),
  connections: () => keepBusy(100, async (socket) => socket.destroy()),
  'forged requests': () =>
    keepBusy(16, (socket) =>
      send(`GET /oauth/whoami HTTP/1.1\r\n${HOST}${FORGED}"${now()}"\r\n\r\n`.repeat(20))(socket),
    ),
  'guessed passwords': () =>
    keepBusy(
      16,
      send(
        `POST /oauth/login HTTP/1.1\r\n${HOST}${FORM}Connection: close\r\nContent-Length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
      ),
    ),
  'readers that stop': () =>
    keepBusy(100, (socket) => {
      socket.pause();
      socket.write(`GET /oauth/login HTTP/1.1\r\n${HOST}\r\n`.repeat(50));
      return pause(1000).then(() => socket.destroy());
    }),
  'idle connections': () =>
    keepBusy(600, async (socket) => {
      while (!isStopping && !socket.destroyed) await pause(100);
      socket.destroy();
    }),
};

parentPort!.on('message', () => {
  isStopping = true;
});
await ATTACKS[attack]();
parentPort!.close();
