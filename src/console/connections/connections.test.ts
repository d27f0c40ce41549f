import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../test/support/administration-pages.ts';
import { readForms, readText } from '../../../test/support/html-page.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { addServiceProvider } from '../../administration/index.ts';
import { Secret } from '../../base/index.ts';
import { BEGINNINGS_A_MINUTE, beginConnection } from '../../consumer/index.ts';
import type { Connection } from '../../model/index.ts';
import { ANSWERS_JA, REQUESTS_JA } from '../../web/index.ts';
import { connectionPages } from './index.ts';

const PATH = '/oauth/connections';
const FORUM = 'https://forum.example';
const CALLBACK = '/oauth/callback?oauth_token=rt&oauth_verifier=v';

let world: AdministrationPagesWorld;
let alice: PageBrowser;
beforeEach(async () => {
  world = await openAdministration();
  alice = world.browser();
  await alice.logIn('alice');
  answerWithTokens();
});

function answerWithTokens(
  access = 'oauth_token=at&oauth_token_secret=as&oauth_expires_in=60&oauth_session_handle=h&oauth_authorization_expires_in=600',
) {
  world.answer((url) => ({
    body: url.endsWith('/access')
      ? access
      : 'oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true',
  }));
}

async function addForum(): Promise<void> {
  const input = {
    name: 'Forum',
    consumerKey: 'us',
    secret: new Secret('their-secret'),
    requestTokenUrl: `${FORUM}/request`,
    authorizeUrl: `${FORUM}/authorize`,
    accessTokenUrl: `${FORUM}/access`,
    baseUrl: `${FORUM}/`,
  };
  await addServiceProvider(world.context, input, 'root');
}

const begin = (browser: PageBrowser = alice, returnTo = '') =>
  browser.post(`${PATH}/connect`, { provider: 'Forum', ...(returnTo && { returnTo }) });

async function connect(): Promise<Connection> {
  await addForum();
  await begin();
  await alice.get(CALLBACK);
  return (await world.context.storage.connections.findFor('alice', 'Forum', null))!;
}

const textOf = async (answer: Response | Promise<Response>) => readText(await (await answer).text());

describe('connecting', () => {
  it('is offered for every provider that has its addresses', async () => {
    assert.match(await textOf(alice.get(PATH)), /Nothing to connect to yet As soon as an administrator/u);
    assert.match(await textOf(world.root.get(PATH)), /Link an installation/u);
    await addForum();
    await addServiceProvider(
      world.context,
      { name: 'Bare', consumerKey: 'k', secret: new Secret('s') },
      'root',
    );
    const page = await (await alice.get(PATH)).text();
    assert.match(page, /aria-label="Connect to Forum"/u);
    assert.ok(!page.includes('Bare'));
  });

  it('leads to the provider, and back to where it began with a connection', async () => {
    await addForum();
    const away = await begin(alice, '/oauth/account?x=1');
    assert.equal(away.headers.get('location'), `${FORUM}/authorize?oauth_token=rt`);
    const back = await alice.get(CALLBACK);
    assert.equal(back.headers.get('location'), '/oauth/account?x=1');
    assert.match(await textOf(alice.get(PATH)), /You are connected to Forum\..*Forum connected not told/u);
    const list = await (await alice.get(PATH)).text();
    for (const secret of ['their-secret', '>at<', '"at"', '>as<', '"as"']) assert.ok(!list.includes(secret));
  });

  it('never leads to another site afterwards', async () => {
    await addForum();
    for (const returnTo of ['https://evil.example/', '//evil.example', '/\\evil.example', '/../x']) {
      await begin(alice, returnTo);
      assert.equal((await alice.get(CALLBACK)).headers.get('location'), PATH, returnTo);
    }
  });

  it('says why it did not work, in both languages, and leads administrators to the test', async () => {
    await addForum();
    world.answer(() => ({ status: 401, body: 'oauth_problem=consumer_key_unknown' }));
    const refused = await begin();
    assert.equal(refused.status, 502);
    assert.match(await textOf(refused), /does not know our consumer key.*tell your administrator/u);
    assert.match(await textOf(begin(world.root)), /Test this provider/u);
    const japanese = alice.post(`${PATH}/connect?lang=ja`, { provider: 'Forum' });
    assert.match(
      await textOf(japanese),
      /Forum に接続できませんでした.*コンシューマキーが登録されていません/u,
    );
  });

  it('has Japanese words for everything that can go wrong', () => {
    for (const sentence of [...Object.values(ANSWERS_JA), ...Object.values(REQUESTS_JA)])
      assert.match(sentence, /[ぁ-んァ-ン]/u);
  });
});

describe('the callback', () => {
  it('leads a gadget on to where it waits, and tells how it went', async () => {
    await addForum();
    const owner = { userName: 'alice', sessionHash: (await world.sessionOf(alice)).hash };
    const beginForGadget = () =>
      beginConnection(world.consumer, {
        ...owner,
        providerName: 'Forum',
        callbackUrl: 'https://tracker.example/oauth/callback',
        returnTo: '/gadgets/oauth/done?ticket=t',
        gadgetUrl: 'https://wiki.example/g.xml',
      });
    const ends = async (query: string) => {
      await beginForGadget();
      return (await alice.get(`/oauth/callback?oauth_token=rt&${query}`)).headers.get('location');
    };
    const done = '/gadgets/oauth/done?ticket=t&outcome=';
    assert.equal(await ends('oauth_verifier=v'), `${done}connected`);
    assert.equal(await ends('oauth_verifier=denied'), `${done}denied&problem=permission_denied`);
    world.answer((url) => ({
      status: url.endsWith('/access') ? 500 : 200,
      body: 'oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true',
    }));
    assert.equal(await ends('oauth_verifier=v'), `${done}failed&problem=status`);
  });

  it('may live in a window that a page has opened', async () => {
    assert.equal((await alice.get(CALLBACK)).headers.get('cross-origin-opener-policy'), null);
  });

  it('stands at both addresses, and asks to log in first', async () => {
    for (const path of ['/oauth/callback', '/plugins/servlet/gadgets/oauth-callback']) {
      const answer = await world.browser().get(`${path}?oauth_token=rt&oauth_verifier=v`);
      assert.match(answer.headers.get('location')!, /^\/oauth\/login\?next=/u);
      assert.match(decodeURIComponent(answer.headers.get('location')!), /oauth_verifier=v/u);
    }
    await addForum();
    await begin();
    const old = await alice.get('/plugins/servlet/gadgets/oauth-callback?oauth_token=rt&oauth_verifier=v');
    assert.equal(old.status, 303);
  });

  const unknown =
    /does not belong to anything you began here.*the page was reloaded.*somebody sent you the link/u;

  it('works once', async () => {
    await connect();
    const again = await alice.get(CALLBACK);
    assert.equal(again.status, 400);
    assert.match(await textOf(again), unknown);
  });

  it('finishes nothing for another user, or another session of the same user', async () => {
    await addForum();
    await begin();
    const elsewhere = world.browser();
    await elsewhere.logIn('alice');
    for (const browser of [world.root, elsewhere]) {
      const answer = await browser.get(CALLBACK);
      assert.equal(answer.status, 400);
      assert.match(await textOf(answer), unknown);
    }
    assert.equal((await alice.get(CALLBACK)).status, 303);
  });

  it('explains what names no token, or was never begun', async () => {
    for (const query of ['', '?oauth_token=a&oauth_token=b', '?oauth_token=never&oauth_verifier=v']) {
      assert.match(await textOf(alice.get(`/oauth/callback${query}`)), unknown);
    }
  });

  it('says that access was not given, and offers to begin again', async () => {
    await addForum();
    await begin();
    const answer = await alice.get('/oauth/callback?oauth_token=rt&oauth_verifier=denied');
    assert.equal(answer.status, 200);
    const page = await answer.text();
    assert.match(readText(page), /You did not give access/u);
    assert.ok(readForms(page).some(({ action }) => action === `${PATH}/connect`));
    assert.equal(await world.context.storage.connections.findFor('alice', 'Forum', null), null);
  });

  it('says when the provider approved and then gave no token', async () => {
    await addForum();
    answerWithTokens('oauth_problem=token_rejected');
    await begin();
    const answer = await alice.get(CALLBACK);
    assert.equal(answer.status, 502);
    assert.match(await textOf(answer), /approved, but gave no access token/u);
  });
});

describe('a connection', () => {
  it('is renewed by hand while the provider lets us', async () => {
    const { id } = await connect();
    answerWithTokens('oauth_token=at2&oauth_token_secret=as2&oauth_expires_in=60');
    assert.equal((await alice.post(`${PATH}/renew`, { id })).status, 303);
    const renewed = await world.context.storage.connections.find(id);
    assert.equal(renewed?.token.reveal(), 'at2');
    assert.match(await textOf(alice.get(PATH)), /The connection to Forum was renewed/u);
  });

  it('that the provider refuses to renew asks for "Login & approve"', async () => {
    const { id } = await connect();
    world.answer(() => ({ status: 401, body: 'oauth_problem=token_revoked' }));
    const answer = await alice.post(`${PATH}/renew`, { id });
    assert.equal(answer.status, 409);
    assert.match(await textOf(answer), /asks you to approve again.*Login & approve/u);
    assert.match(await textOf(alice.get(PATH)), /Forum Log in at Forum and approve again.*approval needed/u);
  });

  it('ends after a question that says what may remain', async () => {
    const { id } = await connect();
    const question = await textOf(alice.get(`${PATH}/disconnect?id=${id}`));
    assert.match(question, /deletes its access token.*Your approval at Forum may stay on record there/u);
    assert.equal((await alice.post(`${PATH}/disconnect`, { id })).status, 303);
    assert.equal(await world.context.storage.connections.find(id), null);
    assert.match(await textOf(alice.get(PATH)), /You are disconnected from Forum/u);
  });

  it('is nobody else’s to see, renew or end', async () => {
    const { id } = await connect();
    assert.doesNotMatch(await (await world.root.get(PATH)).text(), new RegExp(id, 'u'));
    assert.equal((await world.root.get(`${PATH}/disconnect?id=${id}`)).status, 404);
    assert.equal((await world.root.post(`${PATH}/disconnect`, { id })).status, 404);
    assert.equal((await world.root.post(`${PATH}/renew`, { id })).status, 404);
    assert.ok(await world.context.storage.connections.find(id));
  });
});

describe('access to the connections’ pages', () => {
  for (const { method, path, access } of connectionPages({} as never).routes) {
    it(`${method} ${path} is for users, and a form needs their token`, async () => {
      assert.equal(access, 'user');
      const stranger = world.browser();
      const answer = await (method === 'GET' ? stranger.get(path) : stranger.post(path, {}));
      assert.equal(answer.status, 303);
      assert.match(answer.headers.get('location')!, /^\/oauth\/login/u);
      if (method === 'GET') return;
      const forged = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
      assert.equal((await alice.post(path, {}, { withoutToken: true })).status, 403);
      assert.equal((await alice.post(path, {}, forged)).status, 403);
    });
  }
});

describe('what users enter by hand', () => {
  const MAAS = { name: 'MAAS', handEntry: 'api-key', signatureMethod: 'PLAINTEXT', baseUrl: `${FORUM}/api` };
  const enter = (fields: Readonly<Record<string, string>>, browser: PageBrowser = alice) =>
    browser.post(`${PATH}/enter`, { provider: 'MAAS', ...fields });

  it('is asked for by the provider’s record, kept as a connection, and shown on no page', async () => {
    await addServiceProvider(world.context, MAAS, 'root');
    const list = await (await alice.get(PATH)).text();
    assert.match(
      list,
      /href="\/oauth\/connections\/enter\?provider=MAAS" aria-label="Enter an API key of MAAS"/u,
    );
    assert.match(await textOf(alice.get(`${PATH}/enter?provider=MAAS`)), /Your API key of MAAS/u);
    assert.equal((await enter({ apiKey: 'ck:t0ken-of-maas:ts3cret' })).status, 303);
    const after = await (await alice.get(PATH)).text();
    assert.match(readText(after), /connected to MAAS/u);
    assert.ok(!after.includes('ts3cret') && !after.includes('t0ken-of-maas'));
    const kept = (await world.context.storage.connections.findFor('alice', 'MAAS', null))!;
    assert.deepEqual([kept.consumerKey, kept.secret.reveal()], ['ck', 'ts3cret']);
    assert.deepEqual(world.fetched, []);
  });

  it('is refused beside its field, and never repeated', async () => {
    await addServiceProvider(world.context, MAAS, 'root');
    const refused = await enter({ apiKey: 'half:s3cret' });
    assert.equal(refused.status, 422);
    const page = await refused.text();
    assert.match(readText(page), /CONSUMER:TOKEN:SECRET/u);
    assert.ok(!page.includes('s3cret'));
    const ja = await alice.get(`${PATH}/enter?provider=MAAS`, { 'accept-language': 'ja' });
    assert.match(await textOf(ja), /MAAS の API キー/u);
  });

  it('needs the form token, a provider that takes it, and one’s own session', async () => {
    await addForum();
    assert.equal((await alice.get(`${PATH}/enter?provider=Forum`)).status, 404);
    assert.equal((await enter({ provider: 'Forum', token: 't', tokenSecret: 's' })).status, 404);
    const forged = await alice.post(
      `${PATH}/enter`,
      { provider: 'MAAS', apiKey: 'a:b:c' },
      { withoutToken: true },
    );
    assert.equal(forged.status, 403);
  });
});

describe('the limit on beginnings', () => {
  it('lets a user begin so many a minute, and others go on', async () => {
    await addForum();
    for (let i = 0; i < BEGINNINGS_A_MINUTE; i += 1) await begin();
    const sent = world.fetched.length;
    const refused = await begin();
    assert.equal(refused.status, 429);
    assert.match(await textOf(refused), /Wait a moment/u);
    assert.equal(world.fetched.length, sent);
    const bob = world.browser();
    await bob.logIn('bob');
    await bob.get(PATH);
    assert.notEqual((await begin(bob)).status, 429);
  });
});

describe('a gadget’s connection', () => {
  const GADGET = 'https://wiki.example/g/issues.xml';

  it('is listed by the gadget’s name, and asks on the dashboard when it is over', async () => {
    await addForum();
    await connectGadget();
    assert.match(
      await textOf(alice.get(PATH)),
      new RegExp(`Forum for the gadget ${GADGET}.*You can connect to`, 'u'),
    );
    const { connections } = world.context.storage;
    const { id, version } = (await connections.findFor('alice', 'Forum', GADGET))!;
    await connections.markDead(id, version, 'token_revoked', AUDIT);
    assert.match(await textOf(alice.get(PATH)), /Approve again at the gadget on your dashboard/u);
  });

  it('ends alone, and the question says what ends', async () => {
    await connect();
    await connectGadget();
    const { connections } = world.context.storage;
    const { id } = (await connections.findFor('alice', 'Forum', GADGET))!;
    const question = await textOf(alice.get(`${PATH}/disconnect?id=${id}`));
    assert.match(
      question,
      /access token of the gadget.*asks you again.*Your other connections to Forum stay/u,
    );
    await alice.post(`${PATH}/disconnect`, { id });
    assert.equal(await connections.findFor('alice', 'Forum', GADGET), null);
    assert.notEqual(await connections.findFor('alice', 'Forum', null), null);
  });

  async function connectGadget(): Promise<void> {
    const sessionHash = (await world.sessionOf(alice)).hash;
    const owner = { userName: 'alice', sessionHash, gadgetUrl: GADGET };
    const callbackUrl = 'https://tracker.example/oauth/callback';
    await beginConnection(world.consumer, { ...owner, providerName: 'Forum', callbackUrl, returnTo: '/' });
    await alice.get(CALLBACK);
  }
});

const AUDIT = {
  at: 0,
  actor: 'alice',
  action: 'connection.die',
  object: 'x',
  before: null,
  after: null,
  note: null,
} as const;
