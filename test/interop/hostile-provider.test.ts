import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { OurConsumer } from './foreign-provider.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Our consumer at a provider that answers every token request like that. */
async function meet(answer: RequestListener): Promise<OurConsumer> {
  const consumer = new OurConsumer(`http://127.0.0.1:${await listen(createServer(answer))}`);
  await consumer.register('HMAC-SHA1');
  return consumer;
}

function form(text: string, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-www-form-urlencoded' });
    response.end(text);
  };
}

const TOKEN = 'oauth_token=abcdefghij&oauth_token_secret=klmnopqrst';
const CONFIRMED = '&oauth_callback_confirmed=true';

const ANSWERS: readonly [what: string, answer: RequestListener, code: string][] = [
  ['does not confirm the callback', form(TOKEN), 'callback-not-confirmed'],
  [
    'says that the callback is not confirmed',
    form(`${TOKEN}&oauth_callback_confirmed=false`),
    'callback-not-confirmed',
  ],
  ['gives no secret', form(`oauth_token=abcdefghij${CONFIRMED}`), 'token-missing'],
  ['gives two tokens', form(`${TOKEN}&oauth_token=zyxwvutsrq${CONFIRMED}`), 'duplicate'],
  [
    'answers with a page',
    (_q, r) => void r.setHeader('content-type', 'text/html').end('<h1>Hi</h1>'),
    'page',
  ],
  ['answers with bytes that are no text', form('oauth_token=%ff%fe&\u0000'), 'malformed'],
  ['answers with a megabyte', form(`${TOKEN}${CONFIRMED}&x=${'x'.repeat(1_000_000)}`), 'too-large'],
  ['redirects', (_q, r) => void r.writeHead(302, { location: '/elsewhere' }).end(), 'redirected'],
  [
    'redirects to where only this machine can reach',
    (_q, r) => void r.writeHead(307, { location: 'http://169.254.169.254/latest/' }).end(),
    'redirected',
  ],
];

describe('our consumer at a provider that', () => {
  for (const [what, answer, code] of ANSWERS) {
    it(`${what} takes nothing from it: ${code}`, async () => {
      const consumer = await meet(answer);
      await assert.rejects(consumer.begin(), { name: 'ProviderAnswerRefused', code });
    });
  }

  it('answers without end hangs up on it', async () => {
    let isCut = false;
    const consumer = await meet((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(20_000)), 5);
      response.on('close', () => {
        isCut = true;
        clearInterval(timer);
      });
    });
    await assert.rejects(consumer.begin(), { code: 'too-large' });
    while (!isCut) await new Promise((resolve) => setImmediate(resolve));
  });

  it('cuts the connection says so', async () => {
    const consumer = await meet((request) => request.socket.destroy());
    await assert.rejects(consumer.begin(), { name: 'ProviderUnreachable', code: 'unreachable' });
  });

  it('speaks something else than HTTP says so', async () => {
    const consumer = await meet((request) => void request.socket.end('220 mail.example ESMTP\r\n'));
    await assert.rejects(consumer.begin(), { name: 'ProviderUnreachable' });
  });

  it('has a certificate that nobody vouches for gives it no signature', async () => {
    const pem = readFileSync(new URL('../fixtures/self-signed-tls.pem', import.meta.url));
    const heard: string[] = [];
    const server = createTlsServer({ key: pem, cert: pem }, (request, response) => {
      heard.push(request.url ?? '');
      response.end();
    });
    const consumer = new OurConsumer(`https://127.0.0.1:${await listen(server)}`);
    await consumer.register('HMAC-SHA1');
    await assert.rejects(consumer.begin(), { name: 'ProviderUnreachable', code: 'tls-failed' });
    assert.deepEqual(heard, []);
  });
});
