import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ISSUES, openApprovals, TRACKER, willingProvider } from '../../../test/support/approval-world.ts';
import { readText } from '../../../test/support/html-page.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { BEGINNINGS_A_MINUTE } from '../../consumer/index.ts';
import type { AskedRequest, AuthorizedAnswer, GadgetNotice } from '../../gadgets/index.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

let world: Awaited<ReturnType<typeof openApprovals>>;
let alice: PageBrowser;
beforeEach(async () => {
  world = await openApprovals();
  alice = world.alice;
});

async function noticeOf(changes: Partial<AskedRequest> = {}, who = alice): Promise<GadgetNotice> {
  const answer = await world.ask(who, changes);
  assert.notEqual(answer.notice, null);
  return answer.notice!;
}

const approvalUrl = async (changes: Partial<AskedRequest> = {}, who = alice): Promise<string> =>
  (await noticeOf(changes, who)).approvalUrl!;

const textOf = async (answer: Response | Promise<Response>) => readText(await (await answer).text());

const locationOf = async (answer: Promise<Response>) => (await answer).headers.get('location') ?? '';

/** Goes there and back. */
async function back(way: 'popup' | 'page', query = 'oauth_verifier=v', address?: string): Promise<string> {
  const away = await locationOf(alice.get(`${address ?? (await approvalUrl())}&way=${way}`));
  assert.equal(away, `${TRACKER}/authorize?oauth_token=rt`);
  return locationOf(alice.get(`/oauth/callback?oauth_token=rt&${query}`));
}

async function connect(): Promise<void> {
  await alice.get(await back('popup'));
}

const problem =
  (code: string, status = 401) =>
  () => ({
    status,
    headers: { 'www-authenticate': `OAuth realm="x", oauth_problem="${code}"` },
  });

describe('approving in a window of its own', () => {
  it('leads to the provider, and to a page that tells the dashboard and closes', async () => {
    const done = await back('popup');
    assert.match(done, /^\/gadgets\/oauth\/done\?ticket=[^&]+&outcome=connected$/);
    const answer = await alice.get(done);
    assert.equal(answer.headers.get('cross-origin-opener-policy'), null);
    const page = await answer.text();
    assert.match(page, /data-approval-outcome="connected" data-module="m1" data-provider="Tracker"/);
    assert.match(page, /<script type="module" src="[^"]*approval-done\.\w+\.js"/);
    assert.match(readText(page), /“Assigned to me” can fetch your data now.*Back to the dashboard/u);
    const shown = await world.ask();
    assert.deepEqual([shown.kind, shown.notice], ['answer', null]);
  });

  it('names the gadget to the provider, and keeps the connection for it alone', async () => {
    await connect();
    const asked = new URL(world.sent.find(({ url }) => url.includes('/request'))!.url);
    assert.equal(asked.searchParams.get('xoauth_app_url'), ISSUES);
    const { connections } = world.storage;
    assert.notEqual(await connections.findFor('alice', 'Tracker', ISSUES), null);
    assert.equal(await connections.findFor('alice', 'Tracker', null), null);
  });

  it('tells that the viewer said no, with a way to think again', async () => {
    const done = await back('popup', 'oauth_problem=permission_denied&oauth_verifier=denied');
    const page = await (await alice.get(done)).text();
    assert.match(page, /data-approval-outcome="denied"/);
    assert.match(readText(page), /You did not give access.*Login & approve Back to the dashboard/u);
    const again = /href="(\/gadgets\/oauth\/approve[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&');
    assert.equal(await locationOf(alice.get(again)), `${TRACKER}/authorize?oauth_token=rt`);
  });

  it('tells why the provider gave no token, and stays open', async () => {
    const address = await approvalUrl();
    world.answer((url, request) =>
      url.startsWith(`${TRACKER}/access`)
        ? problem('timestamp_refused', 400)()
        : willingProvider(url, request),
    );
    const answer = await alice.get(await back('popup', 'oauth_verifier=v', address));
    assert.equal(answer.status, 502);
    assert.match(await textOf(answer), /timestamp_refused Its clock and ours differ/u);
  });
});

describe('approving without a window of its own', () => {
  it('leads back to the gadget on its dashboard', async () => {
    const done = await back('page');
    assert.equal(await locationOf(alice.get(done)), '/dashboards/home#gadget-m1');
  });

  it('leads there after a no, too, by a link', async () => {
    const page = await (await alice.get(await back('page', 'oauth_verifier=denied'))).text();
    assert.doesNotMatch(page, /approval-done/);
    assert.match(page, /href="\/dashboards\/home#gadget-m1"/);
  });

  it('keeps to the public URL’s path', async () => {
    world = await openApprovals({ publicUrl: 'https://host.example/wiki' });
    alice = world.alice;
    const address = await approvalUrl();
    assert.match(address, /^\/wiki\/gadgets\/oauth\/approve\?/);
    const done = await back('page', 'oauth_verifier=v', address);
    assert.equal(await locationOf(alice.get(done)), '/wiki/dashboards/home#gadget-m1');
  });
});

describe('the ticket', () => {
  it('begins nothing for another user, in another session, or changed', async () => {
    const address = await approvalUrl();
    const bob = world.browser();
    await bob.logIn('bob');
    const again = world.browser();
    await again.logIn('alice');
    for (const [browser, path] of [
      [bob, address],
      [again, address],
      [alice, `${address}x`],
      [alice, '/gadgets/oauth/approve'],
      [alice, address.replace('/approve', '/done')],
    ] as const) {
      const answer = await browser.get(path);
      assert.equal(answer.status, 403, path);
      assert.match(await textOf(answer), /If somebody sent it to you, do nothing/u);
    }
    assert.deepEqual(world.sent, []);
  });

  it('asks to log in first, and then begins nothing: it was for the session before', async () => {
    const address = await approvalUrl();
    const stranger = world.browser();
    assert.match(await locationOf(stranger.get(address)), /^\/oauth\/login\?next=/);
  });

  it('is good for an hour', async () => {
    const address = await approvalUrl();
    world.accounts.clock.advance(3_600);
    const answer = await alice.get(address);
    assert.equal(answer.status, 410);
    assert.match(await answer.text(), /href="\/dashboards\/home#gadget-m1"/);
    assert.deepEqual(world.sent, []);
  });

  it('is good while its gadget stands where it asked', async () => {
    const address = await approvalUrl();
    world.placed.set('home m1', { specUrl: `${ISSUES}?other`, title: 'Another in its place' });
    assert.equal((await alice.get(address)).status, 404);
    world.placed.delete('home m1');
    assert.equal((await alice.get(address)).status, 404);
    assert.deepEqual(world.sent, []);
  });

  it('lets nobody but the session that began finish', async () => {
    await alice.get(await approvalUrl());
    const bob = world.browser();
    await bob.logIn('bob');
    const answer = await bob.get('/oauth/callback?oauth_token=rt&oauth_verifier=v');
    assert.equal(answer.status, 400);
    assert.deepEqual(await world.storage.connections.listOfUser('bob'), []);
  });

  it('leads nowhere else afterwards, whatever the address adds', async () => {
    const done = await back('page');
    for (const more of ['returnTo=https://evil.example/', 'dashboardId=//evil.example', 'way=popup']) {
      assert.equal(await locationOf(alice.get(`${done}&${more}`)), '/dashboards/home#gadget-m1');
    }
    world.placed.set('//evil.example m1', { specUrl: ISSUES, title: 'Assigned to me' });
    await world.storage.connections.listOfUser('alice').then(async ([one]) => disconnect(one!.id));
    const strange = await back(
      'page',
      'oauth_verifier=v',
      await approvalUrl({ dashboardId: '//evil.example' }),
    );
    assert.equal(await locationOf(alice.get(strange)), '/dashboards/%2F%2Fevil.example#gadget-m1');
  });

  it('is not believed about the outcome', async () => {
    const done = await back('popup', 'oauth_verifier=denied');
    const claimed = done.replace('outcome=denied&problem=permission_denied', 'outcome=connected');
    assert.match(await (await alice.get(claimed)).text(), /data-approval-outcome="failed"/);
    const problem = done.replace(
      'outcome=denied&problem=permission_denied',
      'outcome=failed&problem=<b>x</b>',
    );
    assert.doesNotMatch(await (await alice.get(problem)).text(), /x<\/b>|&lt;b/);
  });

  it('begins so many approvals a minute', async () => {
    const address = await approvalUrl();
    const begin = async () => {
      world.answer(() => ({
        body: `oauth_token=${Math.trunc(count)}&oauth_token_secret=rs&oauth_callback_confirmed=true`,
      }));
      return (await alice.get(address)).status;
    };
    let count = 0;
    for (; count < BEGINNINGS_A_MINUTE; count += 1) assert.equal(await begin(), 303);
    assert.equal(await begin(), 429);
  });
});

async function disconnect(id: string): Promise<void> {
  const event = {
    at: 0,
    actor: 'alice',
    action: 'connection.remove',
    object: id,
    before: null,
    after: null,
    note: null,
  };
  await world.storage.connections.remove(
    id,
    'alice',
    event as Parameters<typeof world.storage.connections.remove>[2],
  );
}

describe('what a gadget is answered', () => {
  const shape = (answer: AuthorizedAnswer) => [
    answer.kind === 'refused' ? answer.oauthError : answer.status,
    answer.notice?.state ?? null,
    answer.approvalUrl !== null,
  ];

  it('is an approval’s address until there is one', async () => {
    const answer = await world.ask();
    assert.deepEqual(shape(answer), [null, 'needs-approval', true]);
    assert.equal(
      answer.notice?.text,
      '“Assigned to me” shows your data of Tracker as soon as you log in there and approve.',
    );
  });

  it('is what everybody may see, with the invitation beside it', async () => {
    assert.deepEqual(shape(await world.ask(alice, { useToken: 'if_available' })), [200, 'anonymous', true]);
    assert.deepEqual(shape(await world.ask(alice, { useToken: 'never' })), [200, null, false]);
  });

  it('says why it is not the viewer’s own, where there is nothing for everybody or the approval has ended', async () => {
    world.answer(() => ({ status: 401 }));
    const closed = await world.ask(alice, { useToken: 'if_available' });
    assert.deepEqual([...shape(closed), closed.notice?.hasContent], [401, 'needs-approval', true, false]);
    world.answer(willingProvider);
    await connect();
    world.answer((_url, { headers }) =>
      headers.authorization === undefined ? {} : problem('token_expired')(),
    );
    const open = await world.ask(alice, { useToken: 'if_available' });
    assert.deepEqual([...shape(open), open.notice?.hasContent], [200, 'expired', true, true]);
  });

  it('says of each ending what it was', async () => {
    const states: Record<string, string> = {
      token_expired: 'expired',
      token_revoked: 'revoked',
      token_rejected: 'revoked',
      additional_authorization_required: 'needs-approval',
    };
    for (const [code, state] of Object.entries(states)) {
      world.answer(willingProvider);
      await connect();
      world.answer(problem(code));
      assert.deepEqual(shape(await world.ask()), [null, state, true], code);
      assert.deepEqual(shape(await world.ask()), [null, state, true], code);
    }
  });

  it('is the provider’s own no, with where to look into it', async () => {
    await connect();
    world.answer(problem('permission_denied'));
    assert.deepEqual(shape(await world.ask()), [401, 'refused', false]);
    world.answer(() => ({ status: 403 }));
    assert.deepEqual(shape(await world.ask()), [403, null, false]);
  });

  it('says that the provider is down, and keeps the approval', async () => {
    await connect();
    world.answer(() => {
      throw Object.assign(new Error('no answer'), { code: 'timeout' });
    });
    assert.deepEqual(shape(await world.ask()), ['MISSING_SERVER_RESPONSE', 'provider-down', false]);
    world.answer(() => ({ status: 503 }));
    assert.deepEqual(shape(await world.ask()), [503, 'provider-down', false]);
    world.answer(willingProvider);
    assert.deepEqual(shape(await world.ask()), [200, null, false]);
  });

  it('says that the provider failed, and asks nobody to approve what approving does not mend', async () => {
    world.answer(() => ({ status: 500 }));
    const open = await world.ask(alice, { useToken: 'if_available' });
    assert.deepEqual(shape(open), [500, 'provider-down', false]);
    world.answer(willingProvider);
    await connect();
    world.answer(() => ({ status: 500 }));
    const own = await world.ask();
    assert.deepEqual(shape(own), [500, 'provider-down', false]);
    assert.equal(
      own.notice?.text,
      'Tracker answered with an error of its own (500). Try again later. If it stays like this, tell your administrator.',
    );
  });

  it('says what an administrator has to do where the service is not known here', async () => {
    const unknown = await world.ask(alice, { serviceName: 'Nobody' });
    assert.deepEqual(shape(unknown), ['BAD_OAUTH_CONFIGURATION', 'service-unknown', false]);
    const oauthServices = [{ name: 'Photos', request: null, access: null, authorizationUrl: null }];
    const gadget = { specUrl: ISSUES, title: 'x', spec: { oauthServices, features: [] } };
    const { text } = await noticeOf({ gadget, serviceName: 'Photos' });
    assert.match(text, /“Photos”.*administrator can enter one/u);
  });

  it('says in the words of other containers what cannot be asked for', async () => {
    await connect();
    const request = { method: 'GET', headers: {}, body: null, maxBytes: 10, timeoutMs: 10 };
    const elsewhere = await world.ask(alice, {
      request: { ...request, url: new URL('https://evil.example/') },
    });
    assert.deepEqual(shape(elsewhere), ['INVALID_URL', 'refused', false]);
    const signed = await world.ask(alice, {
      request: { ...request, url: new URL(`${TRACKER}/?oauth_token=x`) },
    });
    assert.deepEqual(shape(signed), ['INVALID_PARAMETER', 'refused', false]);
  });

  it('is in Japanese for those who read it', async () => {
    assert.match((await noticeOf({ locale: 'ja' })).text, /Tracker にログインして承認/u);
    assert.deepEqual(Object.keys(ja), Object.keys(en));
  });

  it('never holds a token or a secret', async () => {
    await connect();
    for (const code of ['token_expired', 'permission_denied']) {
      world.answer(problem(code));
      assert.doesNotMatch(JSON.stringify(await world.ask()), /"at"|"as"|oauth_token=/);
    }
  });
});

describe('Inspect', () => {
  const inspect = async (who = alice) => who.get((await noticeOf({}, who)).inspectUrl!);

  it('says what the provider said, its number of the request, and where it explains the problem', async () => {
    await connect();
    world.answer(() => ({
      status: 401,
      headers: {
        'www-authenticate':
          'OAuth realm="x", oauth_problem="token_revoked", oauth_problem_advice="Ask%20again."',
        'x-request-id': 'r-17',
        link: `<${TRACKER}/oauth/problems/token_revoked>; rel="help"`,
      },
    }));
    const page = await (await inspect()).text();
    const text = readText(page);
    for (const words of [
      /it was taken back there/u,
      /token_revoked/u,
      /Ask again\./u,
      /r-17/u,
      /Your approval has ended/u,
    ])
      assert.match(text, words);
    assert.match(page, /href="https:\/\/issues\.example\/oauth\/problems\/token_revoked"/);
    assert.match(page, /href="\/oauth\/problems\/token_revoked"/);
    assert.match(page, /href="\/gadgets\/oauth\/approve\?/);
  });

  it('stands where nothing was refused yet, and shows administrators the way to the test', async () => {
    assert.match(
      await textOf(inspect()),
      /You have not approved access.*none since this server was started/u,
    );
    const root = world.browser();
    await root.logIn('root');
    assert.match(await textOf(inspect(root)), /Test this provider/u);
  });

  it('tells nobody but the viewer', async () => {
    const { inspectUrl } = await noticeOf();
    const bob = world.browser();
    await bob.logIn('bob');
    assert.equal((await bob.get(inspectUrl!)).status, 403);
  });

  it('is in Japanese, too', async () => {
    const { inspectUrl } = await noticeOf();
    const text = await textOf(alice.get(`${inspectUrl}&lang=ja`));
    assert.match(text, /現在の状態/u);
    assert.doesNotMatch(text, /approve|Problem/u);
  });
});
