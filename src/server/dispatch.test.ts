import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { pino } from 'pino';
import { createWirePolicy, type Endpoint, sendText } from '../web/index.ts';
import { type Answerer, createDispatcher, isOwnAddress, type LateFaces } from './dispatch.ts';
import { createRefusalSender } from './refusal-sender.ts';
import { RequestLog } from './request-log.ts';

describe('own addresses', () => {
  it('are everything below our prefixes', () => {
    for (const path of [
      '/oauth/',
      '/oauth/anything',
      '/plugins/servlet/oauth/authorize',
      '/plugins/servlet/gadgets/oauth-callback',
      '/gadgets/x',
      '/dashboards',
      '/dashboards/7',
      '/rest/gadgets/1.0/g/feed',
    ]) {
      assert.ok(isOwnAddress(path), path);
    }
  });

  it('are nothing else: what only resembles them belongs to the application behind', () => {
    for (const path of [
      '/',
      '/oauth',
      '/oauthx/',
      '/OAuth/login',
      '/%6fauth/login',
      '//oauth/login',
      '/x/../oauth/login',
      '/dashboardsx',
      '/rest/gadgets/1.0',
      '/rest/api/2/search',
      '/plugins/servlet/other',
    ]) {
      assert.ok(!isOwnAddress(path), path);
    }
  });
});

describe('faces that are read later', () => {
  const opened: { close(): void }[] = [];
  afterEach(() => {
    for (const one of opened.splice(0)) one.close();
  });

  const says =
    (text: string): Answerer =>
    (wire, response) =>
      sendText(response, wire, 200, text);

  const endpoint = (path: string): Endpoint => ({
    path,
    methods: ['GET'],
    access: 'anyone',
    handle: says(`endpoint ${path}`),
  });

  /** A server with them; gives what it answers, as status and text, and the faces that observers were told of. */
  async function serving(lateFaces: () => Promise<LateFaces>) {
    const log = pino({ enabled: false }, { write: () => {} });
    const begun: string[] = [];
    const server: Server = createServer(
      createDispatcher({
        policy: createWirePolicy({
          publicUrl: new URL('http://app.test'),
          listenAddress: () => server.address() as AddressInfo,
          trustedProxies: [],
        }),
        endpoints: [endpoint('/oauth/consumer-info')],
        signingProxy: says('proxy'),
        forwardAuth: says('forward-auth'),
        elsewhere: says('gateway'),
        lateFaces,
        noteUserHeader: () => {},
        sendRefusal: createRefusalSender(lateFaces),
        noteRefusal: () => {},
        observers: [{ onBegin: (_wire, face) => begun.push(face), onEnd: () => {} }],
        log,
        requestLog: new RequestLog(log),
      }),
    );
    opened.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return `${answer.status} ${await answer.text()}`;
    };
    return { ask, begun };
  }

  const FACES: LateFaces = {
    endpoints: [endpoint('/rest/gadgets/1.0/g/feed')],
    restApi: says('api'),
    pages: says('page'),
    troublePage: async (wire, response, { status }) => sendText(response, wire, status, 'trouble'),
  };
  const EARLY = ['/oauth/consumer-info', '/oauth/out/provider/', '/oauth/verify', '/elsewhere'];
  const LATE = ['/oauth/login', '/dashboards', '/oauth/api/v1/consumers', '/rest/gadgets/1.0/g/feed'];

  it('keep nobody waiting who asks for something else', async () => {
    const { ask } = await serving(() => new Promise(() => {}));
    assert.deepEqual(await Promise.all(EARLY.map(ask)), [
      '200 endpoint /oauth/consumer-info',
      '200 proxy',
      '200 forward-auth',
      '200 gateway',
    ]);
  });

  it('are waited for by whoever asks for them, and told apart once they are there', async () => {
    const { promise, resolve } = Promise.withResolvers<LateFaces>();
    const { ask, begun } = await serving(() => promise);
    const answers = Promise.all(LATE.map(ask));
    await ask('/elsewhere');
    assert.deepEqual(begun, ['gateway']);
    resolve(FACES);
    const expected = ['200 page', '200 page', '200 api', '200 endpoint /rest/gadgets/1.0/g/feed'];
    assert.deepEqual(await answers, expected);
    assert.deepEqual(begun.slice(1).sort(), ['api', 'console', 'console', 'endpoint']);
    assert.deepEqual(await Promise.all(LATE.map(ask)), expected);
  });

  it('cost an answer with 500 each, and nothing else, where they cannot be read', async () => {
    const { ask } = await serving(() => Promise.reject(new Error('a file is gone')));
    for (const path of LATE) {
      const answer = await ask(path);
      assert.match(answer, /^500 /);
      assert.doesNotMatch(answer, /a file is gone/);
    }
    assert.equal(await ask('/elsewhere'), '200 gateway');
  });
});
