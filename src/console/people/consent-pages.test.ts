import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RequestChanges } from '../../../test/support/pages-world.ts';
import { KNOWN_GADGET, openPeoplePages } from '../../../test/support/people-world.ts';
import { tokenHash } from '../../model/index.ts';

const CONSENT = '/oauth/authorize?oauth_token=req';

/** Alice, logged in before a request of the Wiki. */
async function aliceBeforeRequest(changes: object = {}, consumer: object = {}) {
  const world = await openPeoplePages();
  await world.addConsumer('asker', consumer);
  await world.addRequest('req', { consumerKey: 'asker', ...changes });
  const alice = world.browser();
  await alice.logIn('alice');
  const state = async () => (await world.provider.storage.requestTokens.find(tokenHash('req')))?.state;
  return { ...world, alice, state };
}

/** The words of a page, without its markup. */
async function words(answer: Response): Promise<string> {
  const page = (await answer.text()).replace(/<head>.*?<\/head>/s, '');
  return page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

describe('the consent page', () => {
  it('sends whoever is not signed in to log in, and back to the request', async () => {
    const { addRequest, browser } = await openPeoplePages();
    await addRequest('req');
    const answer = await browser().get(CONSENT);
    assert.equal(answer.headers.get('location'), `/oauth/login?next=${encodeURIComponent(CONSENT)}`);
  });

  it('says who asks, for whom, where, until when, what follows, and how to take it back', async () => {
    const { alice } = await aliceBeforeRequest();
    const text = await words(await alice.get(CONSENT));
    for (const part of [
      'Asker wants to act for Alice Arnold in Tracker',
      '22 January 2027',
      '21 February 2027',
      'tracker.example',
      'you go back to wiki.example',
      'Applications with access',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  });

  it('quotes the consumer’s description as its own words', async () => {
    const { alice } = await aliceBeforeRequest({}, { description: '<b>Trusted</b> by Tracker' });
    const page = await (await alice.get(CONSENT)).text();
    assert.match(
      page,
      /<blockquote dir="auto">&lt;b&gt;Trusted&lt;\/b&gt; by Tracker<\/blockquote><figcaption>How Asker/,
    );
  });

  it('says what will be possible, and the warning of the old protocol, before the consumer has the word', async () => {
    const consumer = { description: 'Long words of its own. '.repeat(40), legacy10: true };
    const { alice } = await aliceBeforeRequest({ version: '1.0', callback: null }, consumer);
    const text = await words(await alice.get(CONSENT));
    const order = [
      'wants to act',
      'only if you yourself',
      'It will be able',
      'It will not',
      'Long words',
      'Until',
    ];
    const places = order.map((part) => text.lastIndexOf(part));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.ok(!places.includes(-1), String(places));
  });

  it('says the limits of the consumer', async () => {
    const limits = { readOnly: true, paths: ['/rest/**'] };
    const { alice } = await aliceBeforeRequest({}, { limits });
    const text = await words(await alice.get(CONSENT));
    assert.match(text, /will be able to read what you can read in Tracker/);
    assert.match(text, /these addresses only: \/rest\/\*\*/);
    assert.match(text, /will not be able to change, add or delete anything reach any other address/);
  });

  it('does not say read-only of a consumer that may change things', async () => {
    const { alice } = await aliceBeforeRequest();
    const text = await words(await alice.get(CONSENT));
    assert.match(text, /read and change in Tracker/);
    assert.doesNotMatch(text, /delete anything/);
  });

  it('names the gadget that asked', async () => {
    const { alice } = await aliceBeforeRequest({ gadgetUrl: 'https://wiki.example/g.xml' });
    assert.match(
      await words(await alice.get(CONSENT)),
      /For a gadget, says Asker: https:\/\/wiki\.example\/g\.xml/,
    );
  });

  it('calls the gadget by the title that our own directory has for it, and shows its address with it', async () => {
    const { alice } = await aliceBeforeRequest({ gadgetUrl: KNOWN_GADGET });
    const text = await words(await alice.get(CONSENT));
    assert.ok(text.includes(`For a gadget, says Asker: Assigned to me ${KNOWN_GADGET}`));
    assert.match(await words(await alice.get(`${CONSENT}&lang=ja`)), /Asker によれば.*担当課題/u);
  });

  it('warns of a consumer of the old protocol', async () => {
    const { alice } = await aliceBeforeRequest({ version: '1.0', callback: null }, { legacy10: true });
    assert.match(await words(await alice.get(CONSENT)), /only if you yourself have just begun it/);
  });

  it('has two buttons without ids, and decides nothing by being opened', async () => {
    const { alice, state } = await aliceBeforeRequest();
    const page = await (await alice.get(CONSENT)).text();
    const buttons = [...page.matchAll(/<button[^>]*name="decision"[^>]*>/g)].map(([tag]) => tag);
    assert.equal(buttons.length, 2);
    for (const button of buttons) assert.doesNotMatch(button, / id=|autofocus/);
    for (const path of [`${CONSENT}&decision=approve`, `${CONSENT}&authorize=1&approve=yes`])
      await alice.get(path);
    assert.equal(await state(), 'undecided');
  });

  it('is never framed, and leaves the way to the consumer’s callback open', async () => {
    const { alice } = await aliceBeforeRequest();
    const { headers } = await alice.get(CONSENT);
    assert.match(headers.get('content-security-policy')!, /frame-ancestors 'none'/);
    assert.doesNotMatch(headers.get('content-security-policy')!, /form-action/);
    assert.equal(headers.get('x-frame-options'), 'DENY');
  });

  it('stands at the address of Jira, Confluence and Bitbucket, too', async () => {
    const { alice } = await aliceBeforeRequest();
    const answer = await alice.get('/plugins/servlet/oauth/authorize?oauth_token=req');
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /action="\/plugins\/servlet\/oauth\/authorize"/);
  });

  it('belongs to the first user who opens it', async () => {
    const { alice, browser, state } = await aliceBeforeRequest();
    await alice.get(CONSENT);
    const bob = browser();
    await bob.logIn('bob');
    assert.equal((await bob.get(CONSENT)).status, 401);
    assert.equal(
      (await bob.post('/oauth/authorize', { oauth_token: 'req', decision: 'approve' })).status,
      401,
    );
    assert.equal(await state(), 'undecided');
  });
});

describe('a decision', () => {
  const approve = { oauth_token: 'req', decision: 'approve' };

  it('to approve goes to the callback with token and verifier', async () => {
    const { alice, state } = await aliceBeforeRequest();
    const answer = await alice.post('/oauth/authorize', approve);
    assert.equal(answer.status, 303);
    assert.match(
      answer.headers.get('location')!,
      /^https:\/\/wiki\.example\/back\?state=1&oauth_token=req&oauth_verifier=\w{20,}$/,
    );
    assert.equal(await state(), 'approved');
  });

  it('to deny goes to the callback, saying so', async () => {
    const { alice, state } = await aliceBeforeRequest();
    const answer = await alice.post('/oauth/authorize', { ...approve, decision: 'deny' });
    assert.match(answer.headers.get('location')!, /oauth_verifier=denied&oauth_problem=permission_denied$/);
    assert.equal(await state(), 'denied');
  });

  it('counts only with the form token, from our own page', async () => {
    const { alice, state } = await aliceBeforeRequest();
    const tries: RequestChanges[] = [
      { withoutToken: true },
      { headers: { 'sec-fetch-site': 'cross-site' } },
      { headers: { origin: 'https://evil.example' } },
      { headers: { origin: 'null' } },
    ];
    for (const changes of tries) {
      assert.equal((await alice.post('/oauth/authorize', approve, changes)).status, 403);
    }
    assert.equal(await state(), 'undecided');
  });

  it('must be one of two', async () => {
    const { alice, state } = await aliceBeforeRequest();
    assert.equal((await alice.post('/oauth/authorize', { oauth_token: 'req', decision: 'yes' })).status, 400);
    assert.equal(await state(), 'undecided');
  });

  it('without a callback shows the code to type, with a button to copy it', async () => {
    const { alice } = await aliceBeforeRequest({ callback: null });
    const answer = await alice.post('/oauth/authorize', approve);
    const page = await answer.text();
    const code = /data-copy="([2-9A-Z]{8})"/.exec(page)?.[1];
    assert.ok(code !== undefined);
    assert.ok(page.includes(`<span>${code.slice(0, 4)}</span><span>${code.slice(4)}</span>`));
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });

  it('to deny without a callback says that nothing was given', async () => {
    const { alice } = await aliceBeforeRequest({ callback: null });
    assert.match(
      await words(await alice.post('/oauth/authorize', { ...approve, decision: 'deny' })),
      /got no access/,
    );
  });

  it('for the old protocol without a callback says to go back', async () => {
    const { alice } = await aliceBeforeRequest({ version: '1.0', callback: null }, { legacy10: true });
    assert.match(await words(await alice.post('/oauth/authorize', approve)), /no code is needed/);
  });

  it('for the old protocol takes the callback of the address', async () => {
    const { alice } = await aliceBeforeRequest({ version: '1.0', callback: null }, { legacy10: true });
    const page = await (await alice.get(`${CONSENT}&oauth_callback=https%3A%2F%2Fold.example%2Fcb`)).text();
    assert.match(page, /name="oauth_callback" value="https:\/\/old\.example\/cb"/);
    const answer = await alice.post('/oauth/authorize', {
      ...approve,
      oauth_callback: 'https://old.example/cb',
    });
    assert.equal(answer.headers.get('location'), 'https://old.example/cb?oauth_token=req');
  });
});

describe('a request that cannot be decided', () => {
  it('without a token, or with two, is told readably', async () => {
    const { alice } = await aliceBeforeRequest();
    for (const path of [
      '/oauth/authorize',
      '/oauth/authorize?oauth_token=',
      `${CONSENT}&oauth_token=other`,
    ]) {
      const answer = await alice.get(path);
      assert.equal(answer.status, 400, path);
      assert.match(await words(answer), /Start in the application/);
    }
  });

  for (const [code, changes, asker] of [
    ['token_expired', { expiresAt: 1_799_999_000 }, 'Asker'],
    ['token_used', { state: 'approved', userName: 'alice' }, 'Asker'],
  ] as const) {
    it(`says who, why and what to do: ${code}`, async () => {
      const { alice } = await aliceBeforeRequest(changes);
      const answer = await alice.get(CONSENT);
      const text = await words(answer);
      assert.equal(answer.status, 401);
      assert.match(
        answer.headers.get('www-authenticate')!,
        new RegExp(`^OAuth realm="https://tracker.example/", oauth_problem="${code}"$`),
      );
      for (const part of [code, asker, 'start again']) assert.ok(text.includes(part), `${part} in ${text}`);
    });
  }

  it('leads on to what was approved before, and to what the problem means', async () => {
    const { alice } = await aliceBeforeRequest({ state: 'denied' });
    for (const path of [CONSENT, '/oauth/authorize', '/oauth/authorize?oauth_token=nobody'])
      assert.match(
        await (await alice.get(path)).text(),
        /<main[\s\S]*href="\/oauth\/users\/access-tokens"/,
        path,
      );
    const page = await (await alice.get(CONSENT)).text();
    assert.match(page, /href="\/oauth\/problems\/token_used"><code>token_used/);
  });

  it('says of an unknown one nothing but that', async () => {
    const { alice } = await aliceBeforeRequest();
    const answer = await alice.get('/oauth/authorize?oauth_token=nobody');
    assert.equal(answer.status, 401);
    assert.match(await words(answer), /token_rejected/);
  });
});
