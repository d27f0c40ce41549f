import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from '../../../test/support/html-page.ts';
import { KNOWN_GADGET, openPeoplePages } from '../../../test/support/people-world.ts';
import { nowSeconds } from '../../base/index.ts';
import { StorageUnavailable, tokenHash } from '../../model/index.ts';
import { ACCESS_PATHS } from './paths.ts';

const LIST = '/oauth/users/access-tokens';

async function aliceWithAccess() {
  const world = await openPeoplePages();
  await world.addConsumer('board');
  await world.addAccess('own1', 'alice');
  await world.addAccess('own2', 'alice', { consumerKey: 'board', gadgetUrl: 'https://wiki.example/g.xml' });
  await world.addAccess('bobs', 'bob');
  const alice = world.browser();
  await alice.logIn('alice');
  const works = async (id: string) =>
    (await world.provider.storage.accessTokens.find(tokenHash(id)))?.revokedAt === null;
  return { ...world, alice, works };
}

describe('a gadget’s access', () => {
  it('is listed by the gadget’s title, with the consumer through which it asks', async () => {
    const { alice, addAccess } = await aliceWithAccess();
    await addAccess('gadgets', 'alice', { gadgetUrl: KNOWN_GADGET });
    const page = readText(await (await alice.get(ACCESS_PATHS[0])).text());
    assert.ok(page.includes(`Assigned to me a gadget in Wiki ${KNOWN_GADGET}`));
  });

  it('ends alone, and the question says so', async () => {
    const { alice, addAccess, works } = await aliceWithAccess();
    await addAccess('gadgets', 'alice', { gadgetUrl: KNOWN_GADGET });
    const question = await alice.get(`${ACCESS_PATHS[0]}/revoke?token=gadgets`);
    assert.match(
      readText(await question.text()),
      /the gadget “Assigned to me” alone: what you granted to Wiki besides stays/u,
    );
    await alice.post(ACCESS_PATHS[0], { token: 'gadgets' });
    assert.deepEqual([await works('gadgets'), await works('own1')], [false, true]);
  });
});

describe('applications with access', () => {
  it('end at either address for programs that name the token itself, and nobody else’s do', async () => {
    const { alice, addAccess, provider } = await aliceWithAccess();
    const revoked = async (id: string) =>
      (await provider.storage.accessTokens.findById(id))?.revokedAt !== null;
    for (const [index, path] of ACCESS_PATHS.entries()) {
      await addAccess(`id${index}`, 'alice', { hash: tokenHash(`raw${index}`) });
      assert.equal((await alice.post(path, { token: `raw${index}` })).status, 303);
      assert.equal(await revoked(`id${index}`), true);
    }
    await addAccess('id-of-bob', 'bob', { hash: tokenHash('raw-of-bob') });
    assert.equal((await alice.post(ACCESS_PATHS[0], { token: 'raw-of-bob' })).status, 404);
    assert.equal(await revoked('id-of-bob'), false);
  });

  it('are listed at both addresses, with the columns that tell one from another', async () => {
    const { alice } = await aliceWithAccess();
    for (const path of ACCESS_PATHS) {
      const page = await (await alice.get(path)).text();
      for (const part of [
        'Wiki',
        'Words of wiki',
        'gadget https://wiki.example/g.xml',
        'Issued',
        'Expires',
        'Last used',
        'never',
        'in 7 days',
        'UTC',
      ]) {
        assert.ok(page.includes(part), part);
      }
    }
  });

  it('are one’s own only', async () => {
    const { alice } = await aliceWithAccess();
    const page = await (await alice.get(LIST)).text();
    assert.ok(page.includes('token=own1') && !page.includes('bobs'));
  });

  it('can be searched and sorted by links and forms', async () => {
    const { alice, addAccess, addConsumer } = await aliceWithAccess();
    for (let n = 0; n < 30; n += 1) {
      await addConsumer(`c${n}`);
      await addAccess(`t${n}`, 'alice', { consumerKey: `c${n}` });
    }
    const first = await (await alice.get(`${LIST}?sort=consumer&order=up`)).text();
    assert.match(first, /1–25 of 32/);
    assert.match(first, /aria-sort="ascending"/);
    assert.match(await (await alice.get(`${LIST}?q=board`)).text(), /token=own2/);
    assert.doesNotMatch(await (await alice.get(`${LIST}?q=board`)).text(), /token=own1/);
    assert.match(await (await alice.get(`${LIST}?q=nowhere`)).text(), /Nothing matches/);
    assert.match(await (await alice.get(`${LIST}?page=2`)).text(), /26–32 of 32/);
  });

  it('tell, and count in the navigation, those that end soon', async () => {
    const { accounts, alice, addAccess } = await aliceWithAccess();
    const now = () => nowSeconds(accounts.clock);
    const page = async () => (await alice.get(LIST)).text();
    assert.doesNotMatch(await page(), /ends soon|class="waiting"/u);
    const day = 86_400;
    const life = { createdAt: now() - 30 * day, expiresAt: now() - day, sessionExpiresAt: now() + 6 * day };
    await addAccess('old', 'alice', life);
    assert.match(readText(await page()), /One access ends soon/u);
    assert.match(await (await alice.get('/oauth/account')).text(), /class="waiting">1</u);
  });

  it('say what comes next when there are none', async () => {
    const { browser } = await openPeoplePages();
    const alice = browser();
    await alice.logIn('alice');
    assert.match(await (await alice.get(LIST)).text(), /No application has access/);
  });
});

describe('revocation by the user', () => {
  it('is confirmed on a page of its own, and then done at once', async () => {
    const { alice, works } = await aliceWithAccess();
    const page = await (await alice.get(`${LIST}/revoke?token=own1`)).text();
    assert.match(page, /Revoke access of Wiki\?/);
    assert.equal(await works('own1'), true);
    assert.equal((await alice.post(LIST, { token: 'own1' })).status, 303);
    assert.equal(await works('own1'), false);
    assert.match(await (await alice.get(LIST)).text(), /Access revoked\./);
  });

  it('can take back all, and only one’s own', async () => {
    const { alice, works } = await aliceWithAccess();
    assert.match(await (await alice.get(`${LIST}/revoke-all`)).text(), /2 access tokens stop working/);
    await alice.post(LIST, { all: 'yes' });
    assert.deepEqual([await works('own1'), await works('own2'), await works('bobs')], [false, false, true]);
  });

  it('does not reach tokens of others, nor tell that they exist', async () => {
    const { alice, works } = await aliceWithAccess();
    const [foreign, none] = [
      await alice.post(LIST, { token: 'bobs' }),
      await alice.post(LIST, { token: 'none' }),
    ];
    assert.deepEqual([foreign.status, none.status], [404, 404]);
    assert.equal((await alice.get(`${LIST}/revoke?token=bobs`)).status, 404);
    assert.equal(await foreign.text(), await none.text());
    assert.equal(await works('bobs'), true);
  });

  it('needs a deliberate POST', async () => {
    const { alice, works } = await aliceWithAccess();
    await alice.get(`${LIST}?token=own1`);
    assert.equal((await alice.post(LIST, { token: 'own1' }, { withoutToken: true })).status, 403);
    const headers = { 'sec-fetch-site': 'cross-site' };
    assert.equal((await alice.post(LIST, { token: 'own1' }, { headers })).status, 403);
    assert.equal(await works('own1'), true);
  });

  it('that storage did not confirm is a 503, never a success', async () => {
    const { alice, provider } = await aliceWithAccess();
    const refuse = () => Promise.reject(new StorageUnavailable('disk full'));
    Object.assign(provider.storage.accessTokens, { revoke: refuse, revokeAll: refuse });
    for (const fields of [{ token: 'own1' }, { all: 'yes' }] as Record<string, string>[]) {
      const answer = await alice.post(LIST, fields);
      assert.equal(answer.status, 503);
      assert.doesNotMatch(await answer.text(), /revoked/i);
    }
  });
});
